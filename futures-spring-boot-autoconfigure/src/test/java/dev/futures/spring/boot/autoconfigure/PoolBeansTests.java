// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.util.List;
import java.util.Map;

import dev.futures.Executor;
import dev.futures.process.ProcessPoolExecutor;
import dev.futures.thread.ThreadPoolExecutor;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Primary;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for how pools are injected, and for what happens beside beans of the user.
 */
class PoolBeansTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(FuturesAutoConfiguration.class));

    private final ApplicationContextRunner twoPools = this.runner
        .withPropertyValues("futures.thread-pools.reports.max-workers=1", "futures.thread-pools.mail.max-workers=1");

    @Test
    void thePoolsOfAContextAreInjectedTogether() {
        this.twoPools.withPropertyValues("futures.process-pools.documents.max-workers=1")
            .withBean(Collected.class)
            .run((context) -> {
                Collected collected = context.getBean(Collected.class);
                assertThat(collected.byName).containsOnlyKeys("reports", "mail", "documents");
                assertThat(collected.threadPools).extracting(Executor::name)
                    .containsExactlyInAnyOrder("reports", "mail");
                assertThat(collected.provider.stream().map(Executor::name)).containsExactlyInAnyOrder("reports",
                        "mail");
                assertThat(collected.documents.getObject().name()).isEqualTo("documents");
            });
    }

    @Test
    void theOnlyPoolOfAKindIsInjectedByType() {
        this.runner.withPropertyValues("futures.thread-pools.reports.max-workers=1")
            .withBean(ByType.class)
            .run((context) -> assertThat(context.getBean(ByType.class).pool().name()).isEqualTo("reports"));
    }

    @Test
    void ofSeveralPoolsNoneIsGuessed() {
        this.twoPools.withBean(ByType.class)
            .run((context) -> assertThat(context).getFailure()
                .rootCause()
                .isInstanceOf(NoUniqueBeanDefinitionException.class)
                .hasMessageContaining("reports")
                .hasMessageContaining("mail"));
    }

    @Test
    void aPrimaryBeanOfTheUserIsInjectedByType() {
        this.twoPools.withUserConfiguration(PrimaryPool.class)
            .withBean(ByType.class)
            .run((context) -> assertThat(context.getBean(ByType.class).pool().name()).isEqualTo("main"));
    }

    @Test
    void aQualifierChoosesAmongTheUsersAndTheConfigured() {
        this.twoPools.withUserConfiguration(PrimaryPool.class)
            .withBean(ByQualifier.class)
            .run((context) -> assertThat(context.getBean(ByQualifier.class).pool().name()).isEqualTo("mail"));
    }

    @Test
    void aPoolWithTheNameOfABeanIsRefusedAndExplained() {
        this.runner.withUserConfiguration(NamedReports.class)
            .withPropertyValues("futures.thread-pools.reports.max-workers=1")
            .run((context) -> {
                assertThat(context).hasFailed();
                FailureAnalysis analysis = new InvalidPoolFailureAnalyzer().analyze(context.getStartupFailure());
                assertThat(analysis).isNotNull();
                assertThat(analysis.getDescription()).contains("futures.thread-pools.reports")
                    .contains("has the name of another bean")
                    .contains(NamedReports.class.getName());
                assertThat(analysis.getAction()).contains("Rename 'futures.thread-pools.reports'");
            });
    }

    @Test
    void aBeanWithTheNameOfADefaultPoolSupersedesIt() {
        this.runner.withUserConfiguration(NamedAsTheDefault.class)
            .run((context) -> assertThat(context.getBean("futuresThreadPool", ThreadPoolExecutor.class).name())
                .isEqualTo("of the user"));
    }

    @Test
    void aPoolThatNobodyConfiguredIsMadeWhenItIsAskedFor() {
        this.runner.run((context) -> {
            assertThat(context.getBeanFactory().containsSingleton("futuresThreadPool")).isFalse();
            assertThat(context.getBeanFactory().containsSingleton("futuresProcessPool")).isFalse();
            assertThat(context.getBean(ProcessPoolExecutor.class).name()).isEqualTo("futuresProcessPool");
        });
    }

    @Test
    void aConfiguredPoolIsMadeAtStartUpSoThatItsMistakesAreFound() {
        this.twoPools.run((context) -> assertThat(context.getBeanFactory().containsSingleton("reports")).isTrue());
    }

    @Test
    void withLazyInitializationNoPoolIsMadeEarlyAndTheLifecycleWorks() {
        this.twoPools
            .withInitializer(
                    (context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
            .withPropertyValues("futures.thread-pools.reports.min-workers=1")
            .run((context) -> {
                assertThat(context.getBeanFactory().containsSingleton("reports")).isFalse();
                ThreadPoolExecutor pool = context.getBean("reports", ThreadPoolExecutor.class);
                assertThat(pool.submit(() -> 1).result()).isOne();
                context.stop();
                assertThat(pool.statistics().workers()).isEmpty();
                context.start();
                assertThat(pool.submit(() -> 2).result()).isEqualTo(2);
                assertThat(context.getBeanFactory().containsSingleton("mail")).isFalse();
            });
    }

    @Test
    void aLazyInjectionPointMakesNoPool() {
        this.runner.withBean(LazyPoint.class).run((context) -> {
            assertThat(context.getBean(LazyPoint.class)).isNotNull();
            assertThat(context.getBeanFactory().containsSingleton("futuresThreadPool")).isFalse();
            assertThat(context.getBean(LazyPoint.class).pools.getObject().name()).isEqualTo("futuresThreadPool");
        });
    }

    static class Collected {

        private final Map<String, Executor> byName;

        private final List<ThreadPoolExecutor> threadPools;

        private final ObjectProvider<ThreadPoolExecutor> provider;

        private final ObjectProvider<ProcessPoolExecutor> documents;

        Collected(Map<String, Executor> byName, List<ThreadPoolExecutor> threadPools,
                ObjectProvider<ThreadPoolExecutor> provider, ObjectProvider<ProcessPoolExecutor> documents) {
            this.byName = byName;
            this.threadPools = threadPools;
            this.provider = provider;
            this.documents = documents;
        }

    }

    record ByType(ThreadPoolExecutor pool) {

    }

    record ByQualifier(@Qualifier("mail") Executor pool) {

    }

    static class LazyPoint {

        private final ObjectProvider<ThreadPoolExecutor> pools;

        LazyPoint(ObjectProvider<ThreadPoolExecutor> pools, @Lazy Executor futuresThreadPool) {
            this.pools = pools;
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
    static class NamedReports {

        @Bean
        String reports() {
            return "the reports";
        }

    }

    @Configuration(proxyBeanMethods = false)
    static class NamedAsTheDefault {

        @Bean
        ThreadPoolExecutor futuresThreadPool() {
            return ThreadPoolExecutor.builder().name("of the user").maxWorkers(1).build();
        }

    }

}
