// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.time.Duration;
import java.util.Map;

import dev.futures.Executor;
import dev.futures.PoolStatistics;
import dev.futures.process.ProcessPoolExecutor;
import dev.futures.thread.ThreadPoolExecutor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.scheduling.annotation.AsyncConfigurer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FuturesAutoConfiguration}.
 */
class FuturesAutoConfigurationTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(FuturesAutoConfiguration.class, TaskExecutionAutoConfiguration.class,
                TaskSchedulingAutoConfiguration.class));

    @Test
    void anApplicationMayHaveABeanNamedFuturesProperties() {
        this.runner.withBean("futuresProperties", String.class, () -> "of a trading desk")
            .run((context) -> assertThat(context).hasNotFailed()
                .hasSingleBean(FuturesProperties.class)
                .hasSingleBean(ThreadPoolExecutor.class));
    }

    @Test
    void withoutPropertiesThereIsOnePoolOfEachKindAndNeitherHasAWorker() {
        this.runner.run((context) -> {
            assertThat(context).hasSingleBean(ThreadPoolExecutor.class).hasSingleBean(ProcessPoolExecutor.class);
            assertThat(context).hasBean("futuresThreadPool").hasBean("futuresProcessPool");
            assertThat(context.getBean(ThreadPoolExecutor.class).name()).isEqualTo("futuresThreadPool");
            assertThat(context.getBean(ThreadPoolExecutor.class).statistics().workers()).isEmpty();
            assertThat(context.getBean(ProcessPoolExecutor.class).statistics().workers()).isEmpty();
        });
    }

    @Test
    void bootsOwnExecutorIsUntouched() {
        this.runner
            .withPropertyValues("futures.thread-pools.reports.max-workers=3",
                    "futures.process-pools.native.max-workers=1")
            .run((context) -> {
                assertThat(context).hasBean("applicationTaskExecutor").hasBean("bootstrapExecutor");
                assertThat(context).hasSingleBean(AsyncTaskExecutor.class).hasSingleBean(AsyncConfigurer.class);
                assertThat(context.getBeansOfType(java.util.concurrent.Executor.class))
                    .containsOnlyKeys("applicationTaskExecutor");
            });
    }

    @Test
    void eachConfiguredPoolIsABeanOfItsName() {
        this.runner
            .withPropertyValues("futures.thread-pools.reports.max-workers=3", "futures.thread-pools.mail.max-workers=2",
                    "futures.process-pools.native.max-workers=1")
            .run((context) -> {
                assertThat(context.getBeansOfType(Executor.class)).containsOnlyKeys("reports", "mail", "native");
                assertThat(context.getBean("reports", ThreadPoolExecutor.class).statistics().maxWorkers()).isEqualTo(3);
                assertThat(context.getBean("native", ProcessPoolExecutor.class).name()).isEqualTo("native");
            });
    }

    @Test
    void aPoolMayLeaveEverythingToTheDefaults() {
        this.runner.withPropertyValues("futures.thread-pools.mail=", "futures.defaults.max-workers=3")
            .run((context) -> assertThat(context.getBean("mail", ThreadPoolExecutor.class).statistics().maxWorkers())
                .isEqualTo(3));
    }

    @Test
    void aMisspeltPropertyEndsTheStart() {
        this.runner.withPropertyValues("futures.process-pools.documents.serial-fliter=!*")
            .run((context) -> assertThat(find(context.getStartupFailure()))
                .hasMessageContaining("Property: futures.process-pools.documents.serial-fliter")
                .hasMessageContaining("did you mean 'serial-filter'?"));
    }

    @Test
    void poolsInheritFromTheDefaultsAndOverrideThem() {
        this.runner
            .withPropertyValues("futures.defaults.max-workers=7", "futures.defaults.queue-capacity=11",
                    "futures.thread-pools.a.queue-capacity=5", "futures.process-pools.b.max-workers=2")
            .run((context) -> {
                PoolStatistics a = context.getBean("a", Executor.class).statistics();
                PoolStatistics b = context.getBean("b", Executor.class).statistics();
                assertThat(a.maxWorkers()).isEqualTo(7);
                assertThat(a.queueCapacity()).isEqualTo(5);
                assertThat(b.maxWorkers()).isEqualTo(2);
                assertThat(b.queueCapacity()).isEqualTo(11);
            });
    }

    @Test
    void theQueueIsBoundedByDefault() {
        this.runner.run((context) -> assertThat(context.getBean(ThreadPoolExecutor.class).statistics().queueCapacity())
            .isEqualTo(1000));
    }

    @Test
    void poolsAreInjectedByNameQualifierAndMap() {
        this.runner.withUserConfiguration(Injected.class)
            .withPropertyValues("futures.thread-pools.reports.max-workers=3", "futures.thread-pools.mail.max-workers=2")
            .run((context) -> {
                Injected injected = context.getBean(Injected.class);
                assertThat(injected.byQualifier.name()).isEqualTo("mail");
                assertThat(injected.reports.name()).isEqualTo("reports");
                assertThat(injected.all).containsKeys("reports", "mail");
            });
    }

    @Test
    void aBeanOfTheUserWinsOverTheDefaultPool() {
        this.runner.withUserConfiguration(OwnPool.class)
            .run((context) -> assertThat(context.getBean(ThreadPoolExecutor.class).name()).isEqualTo("mine"));
    }

    @Test
    void aBeanOfTheUserMayHaveTheNameOfTheJdksPool() {
        this.runner
            .withBean("threadPoolExecutor", java.util.concurrent.ExecutorService.class,
                    java.util.concurrent.Executors::newSingleThreadExecutor)
            .run((context) -> assertThat(context).hasNotFailed()
                .hasBean("threadPoolExecutor")
                .hasSingleBean(ThreadPoolExecutor.class));
    }

    @ParameterizedTest
    @ValueSource(strings = { "taskExecutor", "applicationTaskExecutor", "taskScheduler", "bootstrapExecutor" })
    void namesThatSpringLooksForAreRefused(String name) {
        this.runner.withPropertyValues("futures.thread-pools." + name + ".max-workers=1")
            .run((context) -> assertThat(find(context.getStartupFailure())).hasMessageContaining("'" + name + "'"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "a/b", "../x", "a\\b" })
    void namesThatNoRequestCanHaveInItsPathAreRefused(String name) {
        this.runner.withPropertyValues("futures.thread-pools.[" + name + "].max-workers=1")
            .run((context) -> assertThat(find(context.getStartupFailure()))
                .hasMessageContaining("must not be named '" + name + "'"));
    }

    @Test
    void oneNameForTwoPoolsIsRefused() {
        this.runner
            .withPropertyValues("futures.thread-pools.same.max-workers=1", "futures.process-pools.same.max-workers=1")
            .run((context) -> assertThat(find(context.getStartupFailure())).hasMessage("Two pools are named 'same'."));
    }

    private static InvalidPoolException find(Throwable failure) {
        assertThat(failure).isNotNull();
        Throwable cause = failure;
        while (!(cause instanceof InvalidPoolException)) {
            assertThat(cause.getCause()).as("cause of %s", cause).isNotNull();
            cause = cause.getCause();
        }
        return (InvalidPoolException) cause;
    }

    @Test
    void inAWorkerProcessThereIsNothing() {
        this.runner.withPropertyValues("futures.worker=true")
            .run((context) -> assertThat(context).doesNotHaveBean(Executor.class).doesNotHaveBean(PoolLifecycle.class));
    }

    @Test
    void aPoolRunsTasksAndItsThreadsEndWithTheContext() {
        this.runner.withPropertyValues("futures.thread-pools.reports.max-workers=1").run((context) -> {
            ThreadPoolExecutor pool = context.getBean("reports", ThreadPoolExecutor.class);
            Thread worker = pool.submit(Thread::currentThread).result();
            assertThat(worker.getName()).isEqualTo("reports_0");
            context.close();
            worker.join(10_000);
            assertThat(worker.isAlive()).isFalse();
        });
    }

    @Test
    void lazyInitializationKeepsTheLifecycle() {
        this.runner
            .withInitializer((context) -> context
                .addBeanFactoryPostProcessor(new org.springframework.boot.LazyInitializationBeanFactoryPostProcessor()))
            .run((context) -> assertThat(context.getBeanFactory().containsSingleton("futuresPoolLifecycle")).isTrue());
    }

    @Test
    void timeLimitsOfThePoolApplyToItsTasks() {
        this.runner.withPropertyValues("futures.thread-pools.reports.time-limit=50ms").run((context) -> {
            ThreadPoolExecutor pool = context.getBean("reports", ThreadPoolExecutor.class);
            Throwable failure = pool.submit(() -> new java.util.concurrent.CountDownLatch(1).await())
                .exception(Duration.ofSeconds(30));
            assertThat(failure).isInstanceOf(dev.futures.TaskTimeoutException.class).hasMessageContaining("PT0.05S");
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnPool {

        @Bean
        ThreadPoolExecutor mine() {
            return ThreadPoolExecutor.builder().name("mine").maxWorkers(1).build();
        }

    }

    @Configuration(proxyBeanMethods = false)
    static class Injected {

        private final ThreadPoolExecutor reports;

        private final Executor byQualifier;

        private final Map<String, Executor> all;

        @Autowired
        Injected(ThreadPoolExecutor reports, @Qualifier("mail") Executor byQualifier, Map<String, Executor> all) {
            this.reports = reports;
            this.byQualifier = byQualifier;
            this.all = all;
        }

    }

}
