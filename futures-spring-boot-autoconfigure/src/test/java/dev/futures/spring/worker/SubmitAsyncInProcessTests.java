// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.worker;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.futures.Future;
import dev.futures.Futures;
import dev.futures.TaskSerializationException;
import dev.futures.process.ProcessPoolExecutor;
import dev.futures.process.WorkerDiedException;
import dev.futures.spring.SubmitAsync;
import dev.futures.spring.boot.autoconfigure.FuturesAutoConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SimpleCommandLinePropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SubmitAsync} on pools of processes.
 */
class SubmitAsyncInProcessTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(FuturesAutoConfiguration.class))
        .withPropertyValues("futures.process-pools.documents.max-workers=1",
                "futures.process-pools.documents.max-heap=128MB");

    @Test
    void theMethodRunsInTheChildOnABeanOfTheChild() {
        this.runner.withBean(Renderer.class).run((context) -> {
            Renderer renderer = context.getBean(Renderer.class);
            Rendered rendered = renderer.render("a.pdf", List.of(1, 2)).result();
            assertThat(rendered.pid()).isNotEqualTo(ProcessHandle.current().pid());
            assertThat(rendered.text()).isEqualTo("a.pdf [1, 2]");
            assertThat(rendered.calls()).isEqualTo(1);
            assertThat(renderer.render("b.pdf", List.of()).result().calls()).isEqualTo(2);
        });
    }

    @Test
    void theContextHasTheConfigurationPropertiesAndProfilesThatThePoolNames() {
        this.runner.withBean(Configured.class, () -> new Configured(null, null))
            .withInitializer((context) -> context.getEnvironment().addActiveProfile("night"))
            .withPropertyValues(
                    "futures.process-pools.documents.worker.configuration-classes="
                            + WorkerConfiguration.class.getName(),
                    "futures.process-pools.documents.worker.properties.greeting=hello")
            .run((context) -> assertThat(context.getBean(Configured.class).describe().result())
                .isEqualTo("hello from the child, [night]"));
    }

    @Test
    void theChildSeesTheCommandLineAndWhatIsFixedWins() {
        this.runner.withBean(Inspected.class)
            .withInitializer(commandLine("--greeting=hello", "--order=command line",
                    "--spring.main.webApplicationType=servlet", "--futures.worker=false"))
            .withSystemProperties("logging.level.some.name=debug", "secret=parent", "spring.profiles.group.a=b",
                    "logging.level.order=debug")
            .withPropertyValues("futures.process-pools.documents.worker.properties.order=worker")
            .run((context) -> {
                Inspected child = context.getBean(Inspected.class);
                assertThat(child.property("greeting").result()).isEqualTo("hello");
                assertThat(child.property("order").result()).isEqualTo("worker");
                assertThat(child.property("spring.main.web-application-type").result()).isEqualTo("none");
                assertThat(child.property("futures.worker").result()).isEqualTo("true");
                assertThat(child.property("logging.level.some.name").result()).isEqualTo("debug");
                assertThat(child.property("spring.profiles.group.a").result()).isEqualTo("b");
                assertThat(child.property("secret").result()).isNull();
            });
    }

    @Test
    void theChildReadsTheConfigurationFilesThatTheCommandLineNames(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("extra.properties"), "greeting=from the file");
        this.runner.withBean(Inspected.class)
            .withInitializer(commandLine("--spring.config.import=" + file.toUri()))
            .run((context) -> assertThat(context.getBean(Inspected.class).property("greeting").result())
                .isEqualTo("from the file"));
    }

    private static ApplicationContextInitializer<ConfigurableApplicationContext> commandLine(String... arguments) {
        return (context) -> context.getEnvironment()
            .getPropertySources()
            .addFirst(new SimpleCommandLinePropertySource(arguments));
    }

    @Test
    void theDeathOfTheChildFailsOnlyTheCall() {
        this.runner.withBean(Renderer.class).run((context) -> {
            Renderer renderer = context.getBean(Renderer.class);
            assertThat(renderer.die().exception()).isInstanceOf(WorkerDiedException.class)
                .hasMessageContaining("task 'SubmitAsyncInProcessTests.Renderer.die'");
            assertThat(renderer.render("a.pdf", List.of()).result().text()).isEqualTo("a.pdf []");
            assertThat(context.getBean(ProcessPoolExecutor.class).statistics().restarts()).isEqualTo(1);
        });
    }

    @Test
    void anArgumentThatCannotTravelFailsTheCallAndIsNamed() {
        this.runner.withBean(Renderer.class)
            .run((context) -> assertThat(context.getBean(Renderer.class).text(new Thread()).exception())
                .isInstanceOf(TaskSerializationException.class)
                .hasMessageEndingWith(
                        ": java.io.NotSerializableException: java.lang.Thread; what cannot travel is argument 1 "
                                + "(Object anything) of SubmitAsyncInProcessTests.Renderer.text, of class java.lang.Thread"));
    }

    @Test
    void aBeanThatTheChildCannotMakeIsExplained() {
        this.runner.withBean(NeedsMore.class, () -> new NeedsMore(new StringBuilder()))
            .run((context) -> assertThat(context.getBean(NeedsMore.class).call().exception())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(NeedsMore.class.getName())
                .hasMessageContaining("name them in the property "
                        + "'futures.process-pools.documents.worker.configuration-classes'"));
    }

    @Test
    void anExceptionOfTheMethodArrivesAsItIs() {
        this.runner.withBean(Renderer.class)
            .run((context) -> assertThat(context.getBean(Renderer.class).fail("torn").exception())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("torn"));
    }

    record Rendered(String text, long pid, int calls) implements Serializable {

    }

    static class Renderer {

        private int calls;

        @SubmitAsync("documents")
        public Future<Rendered> render(String name, List<Integer> pages) {
            this.calls++;
            return Futures.completed(new Rendered(name + " " + pages, ProcessHandle.current().pid(), this.calls));
        }

        @SubmitAsync("documents")
        public Future<Void> die() {
            Runtime.getRuntime().halt(9);
            return Futures.completed(null);
        }

        @SubmitAsync("documents")
        public Future<String> text(Object anything) {
            return Futures.completed(anything.toString());
        }

        @SubmitAsync("documents")
        public Future<Void> fail(String message) {
            throw new IllegalArgumentException(message);
        }

    }

    static class Inspected {

        @Autowired
        private @Nullable Environment environment;

        @SubmitAsync("documents")
        public Future<@Nullable String> property(String name) {
            return Futures.completed(this.environment.getProperty(name));
        }

    }

    static class NeedsMore {

        NeedsMore(StringBuilder dependency) {
        }

        @SubmitAsync("documents")
        public Future<Void> call() {
            return Futures.completed(null);
        }

    }

    static class Configured {

        private final String greeting;

        private final String profiles;

        Configured(String greeting, String profiles) {
            this.greeting = greeting;
            this.profiles = profiles;
        }

        @SubmitAsync("documents")
        public Future<String> describe() {
            return Futures.completed(this.greeting + " from the child, " + this.profiles);
        }

    }

    @Configuration(proxyBeanMethods = false)
    static class WorkerConfiguration {

        @Bean
        Configured configured(@Value("${greeting}") String greeting, Environment environment) {
            return new Configured(greeting, List.of(environment.getActiveProfiles()).toString());
        }

    }

}
