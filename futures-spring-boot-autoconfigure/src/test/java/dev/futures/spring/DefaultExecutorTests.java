// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring;

import dev.futures.Future;
import dev.futures.Futures;
import dev.futures.spring.boot.autoconfigure.FuturesAutoConfiguration;
import dev.futures.thread.ThreadPoolExecutor;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Primary;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DefaultExecutor}.
 */
class DefaultExecutorTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(FuturesAutoConfiguration.class))
        .withBean(Unnamed.class);

    @Test
    void withoutPropertiesItIsTheDefaultPool() {
        this.runner.run((context) -> assertThat(context.getBean(Unnamed.class).threadName().result())
            .isEqualTo("futuresThreadPool_0"));
    }

    @Test
    void twoPoolsAreFoundAtStartUp() {
        this.runner
            .withPropertyValues("futures.thread-pools.reports.max-workers=1", "futures.thread-pools.mail.max-workers=1")
            .run((context) -> assertThat(context).getFailure()
                .rootCause()
                .isInstanceOf(InvalidSubmitAsyncException.class)
                .hasMessageContaining("Unnamed.threadName names no executor")
                .hasMessageContaining("reports")
                .hasMessageContaining("mail"));
    }

    @Test
    void aPrimaryPoolWins() {
        this.runner.withUserConfiguration(PrimaryPool.class)
            .withPropertyValues("futures.thread-pools.reports.max-workers=1", "futures.thread-pools.mail.max-workers=1")
            .run((context) -> assertThat(context.getBean(Unnamed.class).threadName().result()).isEqualTo("main_0"));
    }

    @Test
    void aPoolThatIsNoFallbackWins() {
        this.runner.withUserConfiguration(OwnPool.class)
            .run((context) -> assertThat(context.getBean(Unnamed.class).threadName().result()).isEqualTo("own_0"));
    }

    @Test
    void theChoiceMakesNoPool() {
        this.runner.withUserConfiguration(LazyPool.class).run((context) -> {
            assertThat(context.getBeanFactory().containsSingleton("lazy")).isFalse();
            assertThat(context.getBean(Unnamed.class).threadName().result()).isEqualTo("lazy_0");
        });
    }

    static class Unnamed {

        @SubmitAsync
        public Future<String> threadName() {
            return Futures.completed(Thread.currentThread().getName());
        }

    }

    @Configuration(proxyBeanMethods = false)
    static class PrimaryPool {

        @Bean
        @Primary
        ThreadPoolExecutor mainPool() {
            return ThreadPoolExecutor.builder().name("main").maxWorkers(1).build();
        }

    }

    @Configuration(proxyBeanMethods = false)
    static class OwnPool {

        @Bean
        ThreadPoolExecutor own() {
            return ThreadPoolExecutor.builder().name("own").maxWorkers(1).build();
        }

    }

    @Configuration(proxyBeanMethods = false)
    static class LazyPool {

        @Bean
        @Lazy
        ThreadPoolExecutor lazy() {
            return ThreadPoolExecutor.builder().name("lazy").maxWorkers(1).build();
        }

    }

}
