// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure.metrics;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import dev.futures.Future;
import dev.futures.TaskOptions;
import dev.futures.pool.PoolExecutor;
import dev.futures.spring.boot.autoconfigure.FuturesAutoConfiguration;
import dev.futures.thread.ThreadPoolExecutor;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ExecutorServiceMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the meters of pools with threads.
 */
class PoolMetricsTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(FuturesAutoConfiguration.class, FuturesMetricsAutoConfiguration.class,
                MetricsAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class))
        .withBean(MeterRegistry.class, () -> this.registry);

    private final ApplicationContextRunner one = this.runner.withPropertyValues(
            "futures.thread-pools.reports.max-workers=1", "futures.thread-pools.reports.queue-capacity=2");

    private Set<String> meters(String pool) {
        return this.registry.getMeters()
            .stream()
            .map(Meter::getId)
            .filter((id) -> pool.equals(id.getTag("name")))
            .map(Meter.Id::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    }

    private double value(String meter) {
        return this.registry.get(meter).tag("name", "reports").meter().measure().iterator().next().getValue();
    }

    private void awaitValue(String meter, double expected) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(value(meter)).isEqualTo(expected));
    }

    private long runs(String outcome) {
        Timer timer = this.registry.find("futures.tasks")
            .tags("name", "reports", "kind", "thread", "outcome", outcome)
            .timer();
        return (timer != null) ? timer.count() : 0;
    }

    @Test
    void aPoolThatIsNotUsedHasNoTimers() {
        this.one.run((context) -> assertThat(meters("reports")).containsExactly("executor.active", "executor.completed",
                "executor.pool.core", "executor.pool.max", "executor.pool.size", "executor.queue.remaining",
                "executor.queued", "futures.pool.broken", "futures.queue.age", "futures.tasks.cancelled",
                "futures.tasks.rejected", "futures.tasks.timeouts", "futures.workers", "futures.workers.restarts"));
    }

    @Test
    void aPoolHasWhatExecutorsOfTheJdkHaveAsTheyHaveIt() {
        SimpleMeterRegistry ofJdk = new SimpleMeterRegistry();
        ExecutorService executor = Executors.newFixedThreadPool(1);
        new ExecutorServiceMetrics(executor, "reports", Set.of()).bindTo(ofJdk);
        executor.shutdown();
        this.one.run((context) -> assertThat(ofJdk.getMeters()).hasSize(7).allSatisfy((meter) -> {
            Meter.Id id = this.registry.get(meter.getId().getName()).tag("name", "reports").meter().getId();
            assertThat(id).isEqualTo(meter.getId());
            assertThat(id.getTags()).isEqualTo(meter.getId().getTags());
            assertThat(id.getBaseUnit()).isEqualTo(meter.getId().getBaseUnit());
            assertThat(id.getDescription()).isEqualTo(meter.getId().getDescription());
            assertThat(id.getType()).isEqualTo(meter.getId().getType());
        }));
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void metersSayWhatAPoolDoes(boolean virtual) {
        boolean virtualThreads = virtual && Runtime.version().feature() >= 21;
        this.one
            .withPropertyValues("futures.thread-pools.reports.min-workers=1",
                    "futures.thread-pools.reports.virtual-threads=" + virtualThreads)
            .run((context) -> {
                ThreadPoolExecutor pool = context.getBean("reports", ThreadPoolExecutor.class);
                CountDownLatch started = new CountDownLatch(1);
                CountDownLatch release = new CountDownLatch(1);
                Future<Boolean> running = pool.submit(() -> {
                    started.countDown();
                    return release.await(60, TimeUnit.SECONDS);
                });
                assertThat(started.await(60, TimeUnit.SECONDS)).isTrue();
                Future<String> waiting = pool.submit(() -> "done");
                awaitValue("executor.queued", 1);
                awaitValue("executor.active", 1);
                awaitValue("executor.pool.size", 1);
                assertThat(value("executor.pool.core")).isEqualTo(1);
                assertThat(value("executor.pool.max")).isEqualTo(1);
                awaitValue("executor.queue.remaining", 1);
                await().atMost(PATIENCE).untilAsserted(() -> assertThat(value("futures.queue.age")).isPositive());
                assertThat(this.registry.get("futures.workers")
                    .tag("name", "reports")
                    .tag("state", "busy")
                    .gauge()
                    .value()).isEqualTo(1);
                release.countDown();
                assertThat(running.result(PATIENCE)).isTrue();
                assertThat(waiting.result(PATIENCE)).isEqualTo("done");
                awaitValue("executor.completed", 2);
                awaitValue("futures.queue.age", 0);
                assertThat(value("futures.pool.broken")).isZero();
                assertThat(value("futures.workers.restarts")).isZero();
            });
    }

    @Test
    void eachTaskThatRanIsTimedWithItsOutcome() {
        this.one.run((context) -> {
            PoolExecutor pool = context.getBean("reports", PoolExecutor.class);
            pool.submit(() -> "done").result(PATIENCE);
            pool.submit(() -> {
                throw new IllegalStateException("no paper");
            }).exception(PATIENCE);
            pool.submit(PoolMetricsTests::waitForInterrupt, TaskOptions.none().withTimeLimit(Duration.ofMillis(20)))
                .exception(PATIENCE);
            CountDownLatch started = new CountDownLatch(1);
            Future<?> cancelled = pool.submit(() -> {
                started.countDown();
                return waitForInterrupt();
            });
            assertThat(started.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(cancelled.cancel(true)).isTrue();
            assertThat(new long[] { runs("SUCCESS"), runs("ERROR"), runs("TIMEOUT"), runs("CANCELLED") })
                .containsExactly(1, 1, 1, 1);
            assertThat(
                    this.registry.get("futures.tasks.wait").tags("name", "reports", "kind", "thread").timer().count())
                .isEqualTo(4);
            assertThat(this.registry.get("futures.tasks").tag("outcome", "TIMEOUT").timer().max(TimeUnit.MILLISECONDS))
                .isGreaterThanOrEqualTo(20);
            awaitValue("futures.tasks.cancelled", 1);
            awaitValue("futures.tasks.timeouts", 1);
        });
    }

    @Test
    void whatNeverRanIsCountedButNotTimed() {
        this.one.run((context) -> {
            PoolExecutor pool = context.getBean("reports", PoolExecutor.class);
            pool.pause();
            Future<?> cancelled = pool.submit(() -> "never");
            assertThatThrownBy(() -> {
                for (int i = 0; i < 10; i++) {
                    pool.submit(() -> "too many");
                }
            }).isInstanceOf(RejectedExecutionException.class);
            assertThat(cancelled.cancel(false)).isTrue();
            Future<?> late = pool.submit(() -> "never", TaskOptions.none().withQueueTimeLimit(Duration.ofMillis(1)));
            assertThat(late.exception(PATIENCE)).isNotNull();
            awaitValue("futures.tasks.cancelled", 1);
            awaitValue("futures.tasks.timeouts", 1);
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(value("futures.tasks.rejected")).isPositive());
            assertThat(meters("reports")).doesNotContain("futures.tasks", "futures.tasks.wait");
            pool.cancelAll();
        });
    }

    @Test
    void aPoolThatIsMadeLateHasItsMetersFromThenOn() {
        this.runner.run((context) -> {
            assertThat(meters("futuresThreadPool")).isEmpty();
            context.getBean("futuresThreadPool", ThreadPoolExecutor.class).submit(() -> "done").result(PATIENCE);
            assertThat(meters("futuresThreadPool")).contains("executor.active", "futures.workers", "futures.tasks",
                    "futures.tasks.wait");
            assertThat(meters("futuresProcessPool")).isEmpty();
        });
    }

    @Test
    void metersLeaveWithTheContext() {
        this.one.run((context) -> {
            context.getBean("reports", PoolExecutor.class).submit(() -> "done").result(PATIENCE);
            assertThat(meters("reports")).hasSizeGreaterThan(10).contains("futures.tasks");
        });
        assertThat(meters("reports")).isEmpty();
    }

    @Test
    void metersLeaveWhenSomebodyHasClosedThePool() {
        this.one.run((context) -> {
            PoolExecutor pool = context.getBean("reports", PoolExecutor.class);
            pool.submit(() -> "done").result(PATIENCE);
            pool.close();
            await().atMost(PATIENCE).untilAsserted(() -> {
                this.registry.getMeters().forEach((meter) -> meter.measure().forEach((each) -> each.getValue()));
                assertThat(meters("reports")).isEmpty();
            });
            assertThatThrownBy(() -> pool.submit(() -> "late")).isInstanceOf(RejectedExecutionException.class);
            assertThat(meters("reports")).isEmpty();
        });
    }

    private static String waitForInterrupt() throws InterruptedException {
        assertThat(new CountDownLatch(1).await(60, TimeUnit.SECONDS)).isTrue();
        return "";
    }

}
