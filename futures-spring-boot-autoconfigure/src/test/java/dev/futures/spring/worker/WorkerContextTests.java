// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;

import dev.futures.BrokenExecutorException;
import dev.futures.Future;
import dev.futures.Futures;
import dev.futures.process.ProcessPoolExecutor;
import dev.futures.spring.SubmitAsync;
import dev.futures.spring.boot.autoconfigure.FuturesAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.SimpleCommandLinePropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the application context of worker processes: what its beans are, what it logs
 * and what is said when it does not start.
 */
class WorkerContextTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(FuturesAutoConfiguration.class))
        .withPropertyValues("futures.process-pools.documents.max-workers=1",
                "futures.process-pools.documents.max-heap=128MB");

    @Test
    void componentsThatABeanNeedsAreThere() {
        this.runner.withUserConfiguration(Application.class)
            .withInitializer((context) -> context.getEnvironment()
                .getPropertySources()
                .addFirst(new SimpleCommandLinePropertySource("--limits.pages=3")))
            .run((context) -> assertThat(context.getBean(Inspector.class).inspect("a.pdf").result())
                .isEqualTo("a.pdf parsed, at most 3 pages, A4"));
    }

    @Test
    void aBeanThatIsMadeAfterTheWorkerHasWhatItNeeds() {
        this.runner.withUserConfiguration(Application.class)
            .withInitializer(
                    (context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
            .run((context) -> {
                ProcessPoolExecutor pool = context.getBean(ProcessPoolExecutor.class);
                long worker = pool.submit(() -> ProcessHandle.current().pid()).result();
                assertThat(context.getBeanFactory().containsSingleton(Inspector.class.getName())).isFalse();
                assertThat(context.getBean(Inspector.class).inspect("a.pdf").result()).startsWith("a.pdf parsed");
                assertThat(pool.submit(() -> ProcessHandle.current().pid()).result()).isEqualTo(worker);
            });
    }

    @Test
    void aBeanOfAChildContextHasWhatItNeedsInAWorkerOfTheParent() {
        this.runner.withUserConfiguration(ParentApplication.class)
            .run((parent) -> new ApplicationContextRunner().withParent(parent)
                .withConfiguration(AutoConfigurations.of(FuturesAutoConfiguration.class))
                .withUserConfiguration(ChildApplication.class)
                .run((child) -> {
                    assertThat(child.getBean(ProcessPoolExecutor.class))
                        .isSameAs(parent.getBean(ProcessPoolExecutor.class));
                    assertThat(child.getBean(Inspector.class).inspect("a.pdf").result())
                        .isEqualTo("a.pdf parsed, at most 7 pages, A4");
                }));
    }

    @Test
    void aComponentWithAdviceIsNotMadeWithoutIt() {
        this.runner.withUserConfiguration(Application.class)
            .withBean(SecureParsers.class)
            .run((context) -> assertThat(context.getBean(Inspector.class).inspect("a.pdf").exception())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(Parser.class.getName())
                .hasMessageContaining("without advice"));
    }

    @Test
    void configurationClassesSayItAll() {
        this.runner.withUserConfiguration(Application.class)
            .withPropertyValues("futures.process-pools.documents.worker.configuration-classes="
                    + WorkerConfiguration.class.getName())
            .run((context) -> assertThat(context.getBean(Inspector.class).inspect("a.pdf").result())
                .isEqualTo("a.pdf parsed by the worker's own, at most 7 pages, A4"));
    }

    @Test
    void whyTheContextDoesNotStartIsSaidInTheParent() {
        this.runner.withUserConfiguration(Application.class)
            .withPropertyValues("futures.process-pools.documents.worker.configuration-classes="
                    + IncompleteConfiguration.class.getName())
            .run((context) -> assertThat(context.getBean(Inspector.class).inspect("a.pdf").exception())
                .isInstanceOf(BrokenExecutorException.class)
                .hasMessageContaining("the application context of the worker process did not start")
                .hasMessageContaining("incomplete")
                .hasMessageContaining("required a bean of type '" + Parser.class.getName())
                .hasMessageContaining("Consider defining a bean"));
    }

    @Test
    void warningsAndErrorsOfTheWorkerAreWarningsOfTheApplication() {
        List<String> warnings = new CopyOnWriteArrayList<>();
        Logger logger = Logger.getLogger("dev.futures.worker.documents");
        Handler handler = new StreamHandler() {
            @Override
            public synchronized void publish(LogRecord entry) {
                if (entry.getLevel() == Level.WARNING) {
                    warnings.add(entry.getMessage());
                }
            }
        };
        logger.addHandler(handler);
        try {
            this.runner.withBean(Talker.class)
                .run((context) -> assertThat(context.getBean(Talker.class).say("hello").result()).isTrue());
        }
        finally {
            logger.removeHandler(handler);
        }
        assertThat(warnings).anyMatch((line) -> line.contains("ERROR") && line.contains("bad hello"))
            .noneMatch((line) -> line.endsWith(": hello"));
    }

    @Test
    void theWorkerLeavesTheLogFilesOfTheApplicationAlone(@TempDir Path directory) throws IOException {
        Path log = directory.resolve("application.log");
        String configuration = logback(directory, log);
        this.runner.withBean(Talker.class)
            .withInitializer((context) -> context.getEnvironment()
                .getPropertySources()
                .addFirst(new SimpleCommandLinePropertySource("--logging.config=" + configuration)))
            .run((context) -> assertThat(context.getBean(Talker.class).say("hello").result()).isTrue());
        assertThat(log).doesNotExist();
    }

    @Test
    void theLoggingConfigurationThatThePoolNamesIsUsed(@TempDir Path directory) throws IOException {
        Path log = directory.resolve("worker.log");
        this.runner.withBean(Talker.class)
            .withPropertyValues(
                    "futures.process-pools.documents.worker.properties[logging.config]=" + logback(directory, log))
            .run((context) -> assertThat(context.getBean(Talker.class).say("hello").result()).isTrue());
        assertThat(log).content().contains("hello");
    }

    private static String logback(Path directory, Path log) throws IOException {
        return Files.writeString(directory.resolve("logback.xml"), """
                <configuration>
                  <appender name="FILE" class="ch.qos.logback.core.FileAppender">
                    <file>%s</file>
                    <encoder><pattern>%%m%%n</pattern></encoder>
                  </appender>
                  <root level="INFO"><appender-ref ref="FILE"/></root>
                </configuration>
                """.formatted(log)).toUri().toString();
    }

    @Configuration(proxyBeanMethods = false)
    @Import({ Inspector.class, Parser.class, Paper.class })
    @EnableConfigurationProperties(Limits.class)
    static class Application {

    }

    @Configuration(proxyBeanMethods = false)
    @Import({ Parser.class, Paper.class })
    static class ParentApplication {

    }

    @Configuration(proxyBeanMethods = false)
    @Import(Inspector.class)
    @EnableConfigurationProperties(Limits.class)
    static class ChildApplication {

    }

    static class Inspector {

        private final Parser parser;

        private final Limits limits;

        Inspector(Parser parser, Limits limits) {
            this.parser = parser;
            this.limits = limits;
        }

        @SubmitAsync("documents")
        public Future<String> inspect(String name) {
            return Futures.completed(this.parser.parse(name) + ", at most " + this.limits.pages() + " pages, "
                    + this.parser.paper().size());
        }

    }

    static class Parser {

        private final Paper paper;

        Parser(Paper paper) {
            this.paper = paper;
        }

        String parse(String name) {
            return name + " parsed";
        }

        Paper paper() {
            return this.paper;
        }

    }

    static class Paper {

        String size() {
            return "A4";
        }

    }

    @ConfigurationProperties("limits")
    record Limits(@DefaultValue("7") int pages) {

    }

    static class SecureParsers implements BeanPostProcessor {

        @Override
        public Object postProcessAfterInitialization(Object bean, String beanName) {
            if (!(bean instanceof Parser)) {
                return bean;
            }
            ProxyFactory factory = new ProxyFactory(bean);
            factory.setProxyTargetClass(true);
            return factory.getProxy();
        }

    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(Limits.class)
    static class WorkerConfiguration {

        @Bean
        Parser parser() {
            return new Parser(new Paper()) {
                @Override
                String parse(String name) {
                    return name + " parsed by the worker's own";
                }
            };
        }

    }

    @Configuration(proxyBeanMethods = false)
    static class IncompleteConfiguration {

        @Bean
        Inspector incomplete(Parser parser) {
            return new Inspector(parser, new Limits(1));
        }

    }

    static class Talker {

        @SubmitAsync("documents")
        public Future<Boolean> say(String text) {
            LoggerFactory.getLogger(Talker.class).info(text);
            LoggerFactory.getLogger(Talker.class).error("bad {}", text);
            return Futures.completed(true);
        }

    }

}
