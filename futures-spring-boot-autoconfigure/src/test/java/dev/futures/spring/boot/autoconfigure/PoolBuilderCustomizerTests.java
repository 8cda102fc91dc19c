// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.futures.Future;
import dev.futures.process.ProcessPoolExecutor;
import dev.futures.thread.ThreadPoolExecutor;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ThreadPoolBuilderCustomizer} and {@link ProcessPoolBuilderCustomizer}.
 */
class PoolBuilderCustomizerTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(FuturesAutoConfiguration.class));

    @Test
    void customizersOfThreadPoolsComeAfterThePropertiesInTheirOrder() {
        this.runner.withUserConfiguration(ThreadCustomizers.class)
            .withPropertyValues("futures.thread-pools.a.max-workers=2", "futures.thread-pools.b.max-workers=3",
                    "futures.process-pools.c.max-workers=4")
            .run((context) -> {
                assertThat(context.getBean("a", ThreadPoolExecutor.class).statistics().maxWorkers()).isEqualTo(20);
                assertThat(context.getBean("b", ThreadPoolExecutor.class).statistics().maxWorkers()).isEqualTo(3);
                assertThat(context.getBean("c", ProcessPoolExecutor.class).statistics().maxWorkers()).isEqualTo(4);
                assertThat(context.getBean(ThreadCustomizers.class).calls).containsExactly("first a", "second a",
                        "first b", "second b");
            });
    }

    @Test
    void customizersOfProcessPoolsComeAfterThePropertiesInTheirOrder() {
        this.runner.withUserConfiguration(ProcessCustomizers.class)
            .withPropertyValues("futures.process-pools.a.max-workers=2", "futures.thread-pools.b.max-workers=3")
            .run((context) -> {
                assertThat(context.getBean("a", ProcessPoolExecutor.class).statistics().maxWorkers()).isEqualTo(20);
                assertThat(context.getBean("b", ThreadPoolExecutor.class).statistics().maxWorkers()).isEqualTo(3);
                assertThat(context.getBean(ProcessCustomizers.class).calls).containsExactly("first a", "second a");
            });
    }

    @Test
    void anInitializerThatIsSetRunsBesideTheContextOfTheProcess() {
        this.runner.withBean(ProcessPoolBuilderCustomizer.class, () -> (name, builder) -> {
            builder.initializer(() -> System.setProperty("initialized", "yes"));
        })
            .withPropertyValues("futures.process-pools.a.max-workers=1", "futures.process-pools.a.max-heap=128MB",
                    "futures.process-pools.a.worker.configuration-classes=" + InChild.class.getName(),
                    "futures.defaults.worker.properties.inherited=of all",
                    "futures.defaults.worker.properties.own=none",
                    "futures.process-pools.a.worker.properties.own=of this")
            .run((context) -> {
                Future<String> future = context.getBean("a", ProcessPoolExecutor.class)
                    .submit(() -> System.getProperty("initialized") + ", " + InChild.seen);
                assertThat(future.result(Duration.ofSeconds(60))).isEqualTo("yes, of all, of this");
            });
    }

    @Test
    void configurationClassesAreInheritedToo() {
        this.runner
            .withPropertyValues("futures.process-pools.a.max-workers=1", "futures.process-pools.a.max-heap=128MB",
                    "futures.defaults.worker.configuration-classes=" + InChild.class.getName())
            .run((context) -> assertThat(context.getBean("a", ProcessPoolExecutor.class)
                .submit(() -> InChild.seen)
                .result(Duration.ofSeconds(60))).isEqualTo("null, null"));
    }

    @Test
    void aCustomizerMayBeToBlameForWhatAPoolRefuses() {
        this.runner.withBean(ThreadPoolBuilderCustomizer.class, () -> (name, builder) -> builder.maxWorkers(0))
            .withPropertyValues("futures.thread-pools.a.max-workers=2")
            .run((context) -> {
                InvalidPoolException failure = (InvalidPoolException) context.getStartupFailure().getCause();
                assertThat(failure).hasMessageContaining("Property: futures.thread-pools.a.max-workers\n")
                    .hasMessageContaining("max-workers must be greater than 0 but was 0");
                assertThat(failure.action()).endsWith(", or correct the ThreadPoolBuilderCustomizer that changes it.");
            });
    }

    @Test
    void theExceptionOfACustomizerIsNotTakenForThatOfAProperty() {
        IllegalArgumentException thrown = new IllegalArgumentException("maxWorkers are too few");
        this.runner.withBean(ProcessPoolBuilderCustomizer.class, () -> (name, builder) -> {
            throw thrown;
        })
            .withPropertyValues("futures.process-pools.a.max-workers=2")
            .run((context) -> assertThat(context.getStartupFailure()).hasRootCause(thrown)
                .satisfies((ex) -> assertThat(new InvalidPoolFailureAnalyzer().analyze(ex)).isNull()));
    }

    @Configuration(proxyBeanMethods = false)
    static class ThreadCustomizers {

        private final List<String> calls = new CopyOnWriteArrayList<>();

        @Bean
        @Order(2)
        ThreadPoolBuilderCustomizer aSecond() {
            return (name, builder) -> this.calls.add("second " + name);
        }

        @Bean
        @Order(1)
        ThreadPoolBuilderCustomizer first() {
            return (name, builder) -> {
                this.calls.add("first " + name);
                if (name.equals("a")) {
                    builder.maxWorkers(20);
                }
            };
        }

    }

    @Configuration(proxyBeanMethods = false)
    static class ProcessCustomizers {

        private final List<String> calls = new CopyOnWriteArrayList<>();

        @Bean
        @Order(2)
        ProcessPoolBuilderCustomizer aSecond() {
            return (name, builder) -> this.calls.add("second " + name);
        }

        @Bean
        @Order(1)
        ProcessPoolBuilderCustomizer first() {
            return (name, builder) -> {
                this.calls.add("first " + name);
                builder.maxWorkers(20);
            };
        }

    }

    /** What a process knows of its properties when it is ready. */
    @Configuration(proxyBeanMethods = false)
    static class InChild {

        static volatile String seen = "nothing";

        InChild(org.springframework.core.env.Environment environment) {
            seen = environment.getProperty("inherited") + ", " + environment.getProperty("own");
        }

    }

}
