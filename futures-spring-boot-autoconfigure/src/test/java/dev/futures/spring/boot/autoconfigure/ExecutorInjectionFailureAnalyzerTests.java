// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.UnsatisfiedDependencyException;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ExecutorInjectionFailureAnalyzer}, among all other analyzers.
 */
@ExtendWith(OutputCaptureExtension.class)
class ExecutorInjectionFailureAnalyzerTests {

    private static void fail(Class<?> bean) {
        assertThatExceptionOfType(UnsatisfiedDependencyException.class)
            .isThrownBy(() -> new SpringApplicationBuilder(Application.class, bean).web(WebApplicationType.NONE)
                .run("--futures.thread-pools.mail.max-workers=1", "--futures.process-pools.my-docs.max-workers=1"));
    }

    @ParameterizedTest
    @ValueSource(classes = { ByParameter.class, ByField.class, ByQualifier.class })
    void aPoolThatIsInjectedAsAnExecutorOfTheJdkIsExplained(Class<?> bean, CapturedOutput output) {
        fail(bean);
        assertThat(output.toString().replace("\r", "")).contains("APPLICATION FAILED TO START")
            .containsPattern("(Parameter 0 of constructor|Field mail) in \\S+" + bean.getSimpleName()
                    + " required a bean of type 'java.util.concurrent.Executor(Service)?' by the name 'mail'. There is a "
                    + "pool of that name, but it is a dev.futures.Executor, which is none.\n")
            .contains(
                    """
                            Inject 'mail' as a dev.futures.Executor. Where only an executor of the JDK will do, declare a view of the pool:

                                @Bean(defaultCandidate = false, destroyMethod = "")
                                ExecutorService mailExecutorService(@Qualifier("mail") dev.futures.Executor pool) {
                                    return pool.asExecutorService();
                                }

                            and inject that with @Qualifier("mailExecutorService"). Without 'defaultCandidate = false' Spring Boot \
                            would not make its applicationTaskExecutor; without 'destroyMethod' the view would shut the pool down.
                            """);
    }

    @Test
    void aNameThatIsNoneInJavaIsNotPartOfTheExample(CapturedOutput output) {
        fail(ByOddName.class);
        assertThat(output).contains("ExecutorService poolExecutorService(@Qualifier(\"my-docs\")");
    }

    @ParameterizedTest
    @ValueSource(classes = { ByOtherName.class, ByOtherType.class })
    void whatIsMissingOtherwiseIsLeftToOthers(Class<?> bean, CapturedOutput output) {
        fail(bean);
        assertThat(output).contains("that could not be found").doesNotContain("asExecutorService");
    }

    @Test
    void theExampleLeavesThePoolAndTheExecutorOfSpringBootAlone() {
        new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(FuturesAutoConfiguration.class, TaskExecutionAutoConfiguration.class))
            .withUserConfiguration(View.class)
            .withBean(UsesView.class)
            .withPropertyValues("futures.thread-pools.mail.max-workers=1")
            .run((context) -> {
                assertThat(context).hasBean("applicationTaskExecutor");
                assertThat(
                        context.getBean(UsesView.class).executor.submit(() -> Thread.currentThread().getName()).get())
                    .isEqualTo("mail_0");
            });
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({ FuturesAutoConfiguration.class, TaskExecutionAutoConfiguration.class })
    static class Application {

    }

    @Configuration(proxyBeanMethods = false)
    static class View {

        @Bean(defaultCandidate = false, destroyMethod = "")
        ExecutorService mailExecutorService(@Qualifier("mail") dev.futures.Executor pool) {
            return pool.asExecutorService();
        }

    }

    static class UsesView {

        final ExecutorService executor;

        UsesView(@Qualifier("mailExecutorService") ExecutorService executor) {
            this.executor = executor;
        }

    }

    static class ByParameter {

        ByParameter(ExecutorService mail) {
        }

    }

    static class ByField {

        @Autowired
        ExecutorService mail;

    }

    static class ByQualifier {

        ByQualifier(@Qualifier("mail") java.util.concurrent.Executor any) {
        }

    }

    static class ByOddName {

        ByOddName(@Qualifier("my-docs") java.util.concurrent.Executor any) {
        }

    }

    static class ByOtherName {

        ByOtherName(ExecutorService letters) {
        }

    }

    static class ByOtherType {

        ByOtherType(ScheduledExecutorService mail) {
        }

    }

}
