// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.futures.Future;
import dev.futures.PoolState;
import dev.futures.pool.PoolExecutor;
import dev.futures.process.ProcessPoolExecutor;
import dev.futures.spring.support.RecordedLog;
import dev.futures.thread.ThreadPoolExecutor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for pools whose context stops, and perhaps starts again, as cached test contexts
 * and applications with a checkpoint do.
 */
class PoolRestartTests {

    private static final Duration LONG = Duration.ofSeconds(60);

    private static final ShutdownPatience PATIENCE = new ShutdownPatience(LONG, LONG);

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(FuturesAutoConfiguration.class, LifecycleAutoConfiguration.class));

    private final ApplicationContextRunner documents = this.runner.withPropertyValues(
            "futures.process-pools.documents.max-workers=2", "futures.process-pools.documents.min-workers=1",
            "futures.process-pools.documents.max-heap=64MB");

    @Test
    void afterAStopThereIsNoWorkerProcessAndAfterAStartTheMinimum() {
        this.documents.withPropertyValues("futures.process-pools.documents.warm-spares=1").run((context) -> {
            ProcessPoolExecutor pool = context.getBean(ProcessPoolExecutor.class);
            ProcessHandle before = ProcessHandle.of(pool.submit(PoolRestartTests::pid).result()).orElseThrow();
            context.stop();
            assertThat(before.isAlive()).isFalse();
            assertThat(pool.statistics().workers()).isEmpty();
            assertThat(ProcessHandle.current().children().filter(PoolRestartTests::isWorker)).isEmpty();
            context.start();
            assertThat(pool.statistics().workers()).hasSize(1);
            assertThat(pool.submit(PoolRestartTests::pid).result()).isNotEqualTo(before.pid());
            context.close();
            assertThat(ProcessHandle.current().children().filter(PoolRestartTests::isWorker)).isEmpty();
        });
    }

    private static boolean isWorker(ProcessHandle process) {
        return process.info().commandLine().orElse("").contains("dev.futures.process");
    }

    private static long pid() {
        return ProcessHandle.current().pid();
    }

    @Test
    void aPausedContextHasNoWorkersAndARestartedOneHasThemAgain() {
        this.runner
            .withPropertyValues("futures.thread-pools.reports.max-workers=2",
                    "futures.thread-pools.reports.min-workers=2")
            .run((context) -> {
                ThreadPoolExecutor pool = context.getBean(ThreadPoolExecutor.class);
                assertThat(pool.submit(() -> 1).result()).isOne();
                context.getSourceApplicationContext(ConfigurableApplicationContext.class).pause();
                assertThat(pool.statistics().state()).isEqualTo(PoolState.PAUSED);
                assertThat(pool.statistics().workers()).isEmpty();
                Future<Integer> waiting = pool.submit(() -> 2);
                context.getSourceApplicationContext(ConfigurableApplicationContext.class).restart();
                assertThat(waiting.result(LONG)).isEqualTo(2);
                assertThat(pool.statistics().workers()).hasSize(2);
            });
    }

    @Test
    void everyFutureIsDoneOnceTheContextIsClosed() {
        this.documents
            .withPropertyValues("futures.thread-pools.reports.max-workers=1", "futures.shutdown.await-termination=0s")
            .run((context) -> {
                ThreadPoolExecutor threads = context.getBean(ThreadPoolExecutor.class);
                ProcessPoolExecutor processes = context.getBean(ProcessPoolExecutor.class);
                List<Future<?>> futures = List.of(threads.submit(PoolRestartTests::endless), threads.submit(() -> 1),
                        processes.submit(PoolRestartTests::endless), processes.submit(PoolRestartTests::endless),
                        processes.submit(PoolRestartTests::pid));
                context.close();
                assertThat(futures).allSatisfy((future) -> assertThat(future.done()).isTrue());
                assertThat(threads.statistics().state()).isEqualTo(PoolState.TERMINATED);
                assertThat(processes.statistics().state()).isEqualTo(PoolState.TERMINATED);
            });
    }

    private static void endless() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    @Test
    void whatIsSubmittedToAPausedPoolIsDoneOnceItsContextIsClosed() {
        this.runner.withPropertyValues("futures.thread-pools.reports.max-workers=1").run((context) -> {
            ThreadPoolExecutor pool = context.getBean(ThreadPoolExecutor.class);
            context.stop();
            Future<Integer> waiting = pool.submit(() -> 1);
            context.close();
            assertThat(waiting.done()).isTrue();
        });
    }

    @Test
    void eachStopCallsBackOnceAndASecondIsHarmless() throws Exception {
        try (ThreadPoolExecutor pool = ThreadPoolExecutor.builder().name("own").maxWorkers(1).build()) {
            PoolLifecycle lifecycle = new PoolLifecycle(() -> List.<PoolExecutor>of(pool), PATIENCE);
            lifecycle.start();
            assertThat(lifecycle.isRunning()).isTrue();
            AtomicInteger calls = new AtomicInteger();
            for (int i = 1; i <= 2; i++) {
                CountDownLatch called = new CountDownLatch(1);
                lifecycle.stop(() -> {
                    calls.incrementAndGet();
                    called.countDown();
                });
                assertThat(called.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
                assertThat(calls).hasValue(i);
                assertThat(lifecycle.isRunning()).isFalse();
            }
            lifecycle.stop();
            lifecycle.start();
            assertThat(pool.submit(() -> 1).result(LONG)).isOne();
        }
    }

    @Test
    void theStopDoesNotBlockTheContainer() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch called = new CountDownLatch(1);
        try (ThreadPoolExecutor pool = ThreadPoolExecutor.builder().name("own").maxWorkers(1).build()) {
            Future<Boolean> running = pool.submit(() -> release.await(LONG.toSeconds(), TimeUnit.SECONDS));
            new PoolLifecycle(() -> List.<PoolExecutor>of(pool), PATIENCE).stop(called::countDown);
            assertThat(called.getCount()).isOne();
            release.countDown();
            assertThat(called.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(running.result()).isTrue();
        }
    }

    @Test
    void tasksHaveTwoThirdsOfWhatTheContainerWaits() {
        assertThat(ShutdownPatience.of(null, Duration.ofSeconds(30)).withTasks()).isEqualTo(Duration.ofSeconds(20));
        assertThat(ShutdownPatience.of(Duration.ofSeconds(25), Duration.ofSeconds(30)).withTasks())
            .isEqualTo(Duration.ofSeconds(25));
    }

    @ParameterizedTest
    @CsvSource({ "PT20S, PT30S, PT2S", "PT1S, PT2S, PT0.5S", "PT30S, PT30S, PT0S", "PT40S, PT30S, PT0S" })
    void workersHaveAtMostHalfOfWhatTasksLeaveOfThePhase(Duration tasks, Duration phase, Duration workers) {
        assertThat(ShutdownPatience.of(tasks, phase).withWorkers()).isEqualTo(workers);
    }

    @Test
    void theStopDoesNotWaitLongerForWorkersThanItMay() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        try (ThreadPoolExecutor pool = ThreadPoolExecutor.builder().name("own").maxWorkers(1).build()) {
            CountDownLatch started = new CountDownLatch(1);
            pool.submit(() -> {
                started.countDown();
                awaitUninterruptibly(release);
            });
            assertThat(started.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
            CountDownLatch called = new CountDownLatch(1);
            new PoolLifecycle(() -> List.<PoolExecutor>of(pool), new ShutdownPatience(Duration.ZERO, Duration.ZERO))
                .stop(called::countDown);
            assertThat(called.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(pool.awaitNoWorkers(Duration.ZERO)).isFalse();
            release.countDown();
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        boolean open = false;
        while (!open) {
            try {
                open = latch.await(LONG.toSeconds(), TimeUnit.SECONDS);
            }
            catch (InterruptedException ex) {
                // this thread does not listen
            }
        }
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void theTimeOfTheContainerIsRespected(CapturedOutput log) {
        this.runner
            .withPropertyValues("futures.thread-pools.reports.max-workers=1",
                    "spring.lifecycle.timeout-per-shutdown-phase=300ms")
            .run((context) -> {
                ThreadPoolExecutor pool = context.getBean(ThreadPoolExecutor.class);
                Future<?> endless = pool.submit(PoolRestartTests::endless);
                context.close();
                assertThat(endless.cancelled()).isTrue();
            });
        assertThat(log).contains("waiting up to PT0.2S for the tasks of 'reports'")
            .contains("tasks of pool 'reports' did not end within PT0.2S");
    }

    @Test
    void moreTimeThanTheContainerWaitsIsWarnedOf() {
        try (RecordedLog log = new RecordedLog(ShutdownPatience.class)) {
            this.runner
                .withPropertyValues("futures.shutdown.await-termination=40s",
                        "spring.lifecycle.timeout-per-shutdown-phase=30s")
                .run((context) -> assertThat(context).hasNotFailed());
            assertThat(log.messages()).singleElement()
                .asString()
                .contains("futures.shutdown.await-termination is PT40S")
                .contains("after PT30S; raise spring.lifecycle.timeout-per-shutdown-phase");
        }
    }

    @Test
    void aNegativeTimeIsExplained() {
        this.runner.withPropertyValues("futures.shutdown.await-termination=-1s")
            .run((context) -> assertThat(new InvalidPoolFailureAnalyzer().analyze(context.getStartupFailure()))
                .satisfies((analysis) -> assertThat(analysis.getDescription())
                    .isEqualTo("'futures.shutdown.await-termination' must not be negative but was PT-1S.")));
    }

}
