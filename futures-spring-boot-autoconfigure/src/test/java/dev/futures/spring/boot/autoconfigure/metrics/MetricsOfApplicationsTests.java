// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure.metrics;

import java.time.Duration;
import java.util.List;

import dev.futures.PoolListener;
import dev.futures.pool.PoolExecutor;
import dev.futures.process.ProcessPoolExecutor;
import dev.futures.spring.boot.autoconfigure.FuturesAutoConfiguration;
import dev.futures.spring.boot.autoconfigure.FuturesObservationAutoConfiguration;
import dev.futures.spring.observation.DefaultTaskObservationConvention;
import dev.futures.spring.observation.TaskObservationContext;
import dev.futures.spring.observation.TaskObservationConvention;
import dev.futures.thread.ThreadPoolExecutor;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for how applications have meters of pools, or not.
 */
class MetricsOfApplicationsTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ApplicationContextRunner withoutRegistry = new ApplicationContextRunner()
        .withPropertyValues("futures.thread-pools.reports.max-workers=1")
        .withConfiguration(
                AutoConfigurations.of(FuturesAutoConfiguration.class, FuturesMetricsAutoConfiguration.class));

    private final ApplicationContextRunner runner = this.withoutRegistry
        .withConfiguration(AutoConfigurations.of(MetricsAutoConfiguration.class,
                CompositeMeterRegistryAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class));

    private final ApplicationContextRunner observed = this.runner
        .withConfiguration(
                AutoConfigurations.of(ObservationAutoConfiguration.class, FuturesObservationAutoConfiguration.class))
        .withPropertyValues("futures.observations.enabled=true");

    @Test
    void withoutMicrometerNobodyListens() {
        this.runner.withClassLoader(new FilteredClassLoader("io.micrometer")).run((context) -> {
            assertThat(context).hasNotFailed().doesNotHaveBean(PoolMetrics.class);
            assertThat(context.getBean("reports", PoolExecutor.class)).isNotNull();
        });
    }

    @Test
    void withoutTheMetricsOfSpringBootNobodyListens() {
        this.withoutRegistry.withClassLoader(new FilteredClassLoader("org.springframework.boot.micrometer"))
            .run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(PoolMetrics.class));
    }

    @Test
    void withoutARegistryNobodyListens() {
        this.withoutRegistry.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(PoolMetrics.class));
    }

    @Test
    void inAWorkerNobodyListens() {
        this.runner.withPropertyValues(ProcessPoolExecutor.WORKER_PROPERTY + "=true")
            .run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(PoolMetrics.class));
    }

    @Test
    void theRegistryOfSpringBootHasTheMeters() {
        this.runner.run((context) -> {
            run(context.getBean("reports", PoolExecutor.class));
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            assertThat(registry.get("futures.tasks").tag("name", "reports").timer().count()).isOne();
            assertThat(registry.get("executor.pool.max").tag("name", "reports").gauge().value()).isOne();
        });
    }

    @Test
    void eachOfSeveralRegistriesHasTheMetersOnce() {
        SimpleMeterRegistry first = new SimpleMeterRegistry();
        SimpleMeterRegistry second = new SimpleMeterRegistry();
        this.runner.withBean("first", MeterRegistry.class, () -> first)
            .withBean("second", MeterRegistry.class, () -> second)
            .run((context) -> {
                run(context.getBean("reports", PoolExecutor.class));
                for (MeterRegistry each : new MeterRegistry[] { first, second, context.getBean(MeterRegistry.class) }) {
                    assertThat(each.get("futures.tasks").tag("name", "reports").timer().count()).isOne();
                    assertThat(each.get("executor.pool.max").tag("name", "reports").gauge().value()).isOne();
                }
            });
        assertThat(first.find("futures.tasks").meters()).isEmpty();
        assertThat(second.find("executor.pool.max").meters()).isEmpty();
    }

    @Test
    void observationsAreNotMeasuredASecondTime() {
        this.observed.run((context) -> {
            run(context.getBean("reports", PoolExecutor.class));
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            assertThat(registry.get("futures.tasks").tag("name", "reports").timer().count()).isOne();
            Observation.start("other", context.getBean(ObservationRegistry.class)).stop();
            assertThat(registry.getMeters()).extracting((meter) -> meter.getId().getName())
                .contains("other")
                .doesNotContain("futures.task", "futures.task.active");
        });
    }

    @Test
    void observationsWithAConventionOfTheApplicationAreMeasured() {
        this.observed.withBean(TaskObservationConvention.class, () -> new DefaultTaskObservationConvention() {

            @Override
            public KeyValues getLowCardinalityKeyValues(TaskObservationContext context) {
                return super.getLowCardinalityKeyValues(context).and("tenant", "acme");
            }

        }).run((context) -> {
            run(context.getBean("reports", PoolExecutor.class));
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            assertThat(registry.get("futures.task").tags("pool", "reports", "tenant", "acme").timer().count()).isOne();
        });
    }

    @Test
    void aFilterMayDenyMeters() {
        this.runner.withBean(MeterFilter.class, () -> MeterFilter.denyNameStartsWith("futures.")).run((context) -> {
            run(context.getBean("reports", PoolExecutor.class));
            assertThat(context.getBean(MeterRegistry.class).getMeters()).extracting(Meter::getId)
                .filteredOn((id) -> "reports".equals(id.getTag("name")))
                .hasSize(7)
                .allMatch((id) -> id.getName().startsWith("executor."));
        });
    }

    @Test
    void histogramsAreThereForTheAsking() {
        this.runner.withPropertyValues("management.metrics.distribution.slo.futures.tasks.wait=1ms,1s")
            .run((context) -> {
                run(context.getBean("reports", PoolExecutor.class));
                MeterRegistry registry = context.getBean(MeterRegistry.class);
                assertThat(registry.get("futures.tasks.wait").timer().takeSnapshot().histogramCounts()).hasSize(2);
                assertThat(registry.get("futures.tasks").timer().takeSnapshot().histogramCounts()).isEmpty();
            });
    }

    @Test
    void anApplicationThatInitializesLazilyMissesNothing() {
        this.runner
            .withInitializer(
                    (context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
            .run((context) -> {
                run(context.getBean("reports", PoolExecutor.class));
                assertThat(context.getBean(MeterRegistry.class).get("futures.tasks").timer().count()).isOne();
            });
    }

    @Test
    void aPoolOfTheApplicationHasGaugesAndWithTheListenerTimers() {
        this.runner.withUserConfiguration(OwnPools.class).run((context) -> {
            run(context.getBean("heard", PoolExecutor.class));
            run(context.getBean("unheard", PoolExecutor.class));
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            assertThat(registry.get("futures.tasks").tag("name", "heard").timer().count()).isOne();
            assertThat(registry.find("futures.tasks").tag("name", "unheard").meters()).isEmpty();
            assertThat(registry.get("executor.completed").tag("name", "unheard").functionCounter().count()).isOne();
        });
    }

    @Test
    void ofTwoPoolsWithOneNameTheSecondLeavesTheMetersToTheFirst() {
        SimpleMeterRegistry shared = new SimpleMeterRegistry();
        PoolMetrics metrics = new PoolMetrics(new StaticListableBeanFactory().getBeanProvider(MeterRegistry.class));
        metrics.bindTo(shared);
        try (ThreadPoolExecutor first = ThreadPoolExecutor.builder().name("twin").maxWorkers(1).build();
                ThreadPoolExecutor second = ThreadPoolExecutor.builder().name("twin").maxWorkers(2).build();
                ThreadPoolExecutor third = ThreadPoolExecutor.builder().name("twin").maxWorkers(3).build()) {
            metrics.add(first);
            metrics.add(second);
            metrics.remove(second);
            assertThat(shared.get("executor.pool.max").gauge().value()).isEqualTo(1);
            first.close();
            metrics.add(third);
            assertThat(shared.get("executor.pool.max").gauge().value()).isEqualTo(3);
        }
    }

    private static void run(PoolExecutor pool) throws Exception {
        assertThat(pool.submit(() -> "done").result(PATIENCE)).isEqualTo("done");
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnPools {

        @Bean
        ThreadPoolExecutor heard(List<PoolListener> listeners) {
            ThreadPoolExecutor.Builder builder = ThreadPoolExecutor.builder().name("heard").maxWorkers(1);
            listeners.forEach(builder::listener);
            return builder.build();
        }

        @Bean
        ThreadPoolExecutor unheard() {
            return ThreadPoolExecutor.builder().name("unheard").maxWorkers(1).build();
        }

    }

}
