// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.futures.DeadlockException;
import dev.futures.Future;
import dev.futures.PoolState;
import dev.futures.PoolStatistics;
import dev.futures.TaskOptions;
import dev.futures.TaskTimeoutException;
import dev.futures.thread.ThreadPoolExecutor;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests of how tasks with a {@link PendingResult} count as running for their pool.
 */
class PendingLifecycleTests {

    private static final Duration LONG = Duration.ofSeconds(20);

    private static final Duration NOT_AT_ALL = Duration.ZERO;

    private static final int DEPTH = 100_000;

    private final CompletableFuture<Object> stage = new CompletableFuture<>();

    private static ThreadPoolExecutor oneWorker() {
        return ThreadPoolExecutor.builder().maxWorkers(1).build();
    }

    private Future<Object> pendingIn(ThreadPoolExecutor executor) {
        return executor.submit(() -> PendingResult.of(this.stage));
    }

    /** Each task but the last submits the next one and returns its future. */
    private Future<Object> chain(ThreadPoolExecutor executor, int length, CountDownLatch lastRuns) {
        return executor.submit(() -> {
            if (length > 1) {
                return PendingResult.of(chain(executor, length - 1, lastRuns));
            }
            lastRuns.countDown();
            return PendingResult.of(this.stage);
        });
    }

    @Test
    void aLongChainEndsWhenItsLastStageDoes() throws Exception {
        CountDownLatch lastRuns = new CountDownLatch(1);
        try (ThreadPoolExecutor executor = oneWorker()) {
            Future<Object> future = chain(executor, DEPTH, lastRuns);
            assertThat(lastRuns.await(20, TimeUnit.SECONDS)).isTrue();
            this.stage.complete("end");
            assertThat(future.result(LONG)).isEqualTo("end");
            assertThat(executor.awaitQuiescence(LONG)).isTrue();
            assertThat(executor.statistics().tasks().succeeded()).isEqualTo(DEPTH);
        }
    }

    @Test
    void cancellingTheHeadOfALongChainCancelsItsLastStage() throws Exception {
        CountDownLatch lastRuns = new CountDownLatch(1);
        try (ThreadPoolExecutor executor = oneWorker()) {
            Future<Object> future = chain(executor, DEPTH, lastRuns);
            assertThat(lastRuns.await(20, TimeUnit.SECONDS)).isTrue();
            // the last task has returned as well
            executor.submit(() -> "other").result(LONG);
            assertThat(future.cancel(true)).isTrue();
            assertThat(this.stage).isCancelled();
            assertThat(executor.awaitQuiescence(LONG)).isTrue();
            assertThat(executor.statistics().tasks().cancelled()).isEqualTo(DEPTH);
        }
    }

    @Test
    void shutdownLetsItRunAndThePoolEndsAfterIt() throws Exception {
        ThreadPoolExecutor executor = oneWorker();
        Future<Object> future = pendingIn(executor);
        executor.submit(() -> "other").result(LONG);
        executor.shutdown(false, true);
        assertThat(executor.awaitNoWorkers(LONG)).isTrue();
        assertThat(future.running()).isTrue();
        assertThat(executor.statistics().state()).isEqualTo(PoolState.SHUTTING_DOWN);
        assertThat(executor.awaitTermination(NOT_AT_ALL)).isFalse();
        assertThat(executor.awaitQuiescence(NOT_AT_ALL)).isFalse();
        this.stage.complete("done");
        assertThat(executor.awaitTermination(NOT_AT_ALL)).isTrue();
        assertThat(executor.statistics().state()).isEqualTo(PoolState.TERMINATED);
        assertThat(future.result(NOT_AT_ALL)).isEqualTo("done");
        assertThat(executor.statistics().tasks().succeeded()).isEqualTo(2);
    }

    @Test
    void itIsNeitherQueuedNorATaskOfAWorker() throws Exception {
        try (ThreadPoolExecutor executor = oneWorker()) {
            pendingIn(executor);
            executor.submit(() -> "other").result(LONG);
            PoolStatistics statistics = executor.statistics();
            assertThat(statistics.tasks().submitted()).isEqualTo(2);
            assertThat(statistics.tasks().succeeded()).isEqualTo(1);
            assertThat(statistics.queueDepth()).isZero();
            assertThat(statistics.busyWorkers()).isZero();
            this.stage.complete("done");
            assertThat(executor.statistics().tasks().succeeded()).isEqualTo(2);
        }
    }

    @Test
    void cancelAllCancelsItAndItsStage() throws Exception {
        try (ThreadPoolExecutor executor = oneWorker()) {
            Future<Object> future = pendingIn(executor);
            executor.submit(() -> "other").result(LONG);
            executor.cancelAll();
            assertThat(future.cancelled()).isTrue();
            assertThat(this.stage).isCancelled();
            assertThat(executor.awaitQuiescence(LONG)).isTrue();
            assertThat(executor.statistics().tasks().cancelled()).isEqualTo(1);
        }
    }

    @Test
    void closingWithPatienceCancelsIt() throws Exception {
        ThreadPoolExecutor executor = oneWorker();
        Future<Object> future = pendingIn(executor);
        executor.submit(() -> "other").result(LONG);
        executor.shutdown(false, false);
        // so that nothing is left to wait for when it is cancelled
        assertThat(executor.awaitNoWorkers(LONG)).isTrue();
        assertThat(executor.close(Duration.ofMillis(10))).isTrue();
        assertThat(future.cancelled()).isTrue();
        assertThat(this.stage).isCancelled();
    }

    @Test
    void aCallbackCannotCloseThePoolThatWaitsForIt() throws Exception {
        ThreadPoolExecutor executor = oneWorker();
        Future<Object> future = pendingIn(executor);
        executor.submit(() -> "other").result(LONG);
        CompletableFuture<Void> closed = new CompletableFuture<>();
        future.addDoneCallback((done) -> {
            assertThatIllegalStateException().isThrownBy(executor::close).withMessageContaining("its own pool");
            closed.complete(null);
        });
        this.stage.complete("done");
        assertThat(closed).isCompleted();
        executor.close();
    }

    @Test
    void thePoolIsNotAtRestBeforeTheCallbacksHaveRun() throws Exception {
        CompletableFuture<Boolean> atRest = new CompletableFuture<>();
        try (ThreadPoolExecutor executor = oneWorker()) {
            Future<Object> future = pendingIn(executor);
            executor.submit(() -> "other").result(LONG);
            assertThat(executor.awaitQuiescence(NOT_AT_ALL)).isFalse();
            future.addDoneCallback((done) -> {
                try {
                    atRest.complete(executor.awaitQuiescence(NOT_AT_ALL));
                }
                catch (InterruptedException ex) {
                    atRest.completeExceptionally(ex);
                }
            });
            this.stage.complete("done");
            assertThat(atRest).isCompletedWithValue(false);
        }
    }

    @Test
    void itIsEndedOnceWhoeverComesFirst() throws Exception {
        int rounds = 500;
        CyclicBarrier start = new CyclicBarrier(3);
        try (ThreadPoolExecutor executor = oneWorker();
                ThreadPoolExecutor others = ThreadPoolExecutor.builder().maxWorkers(2).build()) {
            for (int round = 0; round < rounds; round++) {
                CompletableFuture<Object> result = new CompletableFuture<>();
                Future<Object> future = executor.submit(() -> {
                    start.await(20, TimeUnit.SECONDS);
                    return PendingResult.of(result);
                });
                Future<Boolean> completing = others.submit(() -> {
                    start.await(20, TimeUnit.SECONDS);
                    return result.complete("done");
                });
                Future<Void> cancelling = others.submit(() -> {
                    start.await(20, TimeUnit.SECONDS);
                    executor.cancelAll();
                    return null;
                });
                completing.result(LONG);
                cancelling.result(LONG);
                assertThat(executor.awaitQuiescence(LONG)).isTrue();
                assertThat(future.done()).isTrue();
            }
            PoolStatistics.TaskCounts tasks = executor.statistics().tasks();
            assertThat(tasks.submitted()).isEqualTo(rounds);
            assertThat(tasks.succeeded() + tasks.failed() + tasks.cancelled()).isEqualTo(rounds);
        }
    }

    @Test
    void cancelAllMissesNoneThatIsJustReturned() throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        try (ThreadPoolExecutor executor = oneWorker()) {
            for (int round = 0; round < 500; round++) {
                Future<Object> future = executor.submit(() -> {
                    try {
                        start.await(20, TimeUnit.SECONDS);
                    }
                    catch (InterruptedException ex) {
                        // it is to return all the same
                    }
                    return PendingResult.of(new CompletableFuture<>());
                });
                start.await(20, TimeUnit.SECONDS);
                executor.cancelAll();
                assertThat(future.cancelled()).isTrue();
                assertThat(executor.awaitQuiescence(LONG)).isTrue();
            }
        }
    }

    @Test
    void aPoolThatBreaksLetsItEndAsItDoesRunningTasks() throws Exception {
        AtomicInteger workers = new AtomicInteger();
        CountDownLatch goOn = new CountDownLatch(1);
        ThreadPoolExecutor executor = ThreadPoolExecutor.builder().maxWorkers(1).initializer(() -> {
            if (workers.incrementAndGet() == 2) {
                throw new IllegalStateException("meant by the test");
            }
        }).build();
        Future<Object> future = pendingIn(executor);
        executor.submit(() -> "other").result(LONG);
        executor.resize(2);
        Future<Boolean> running = executor.submit(() -> goOn.await(20, TimeUnit.SECONDS));
        Future<String> broken = executor.submit(() -> "never");
        assertThat(broken.exception(LONG)).isNotNull();
        goOn.countDown();
        assertThat(running.result(LONG)).isTrue();
        assertThat(executor.awaitNoWorkers(LONG)).isTrue();
        assertThat(executor.awaitTermination(NOT_AT_ALL)).isFalse();
        this.stage.complete("done");
        assertThat(future.result(NOT_AT_ALL)).isEqualTo("done");
        assertThat(executor.awaitTermination(NOT_AT_ALL)).isTrue();
    }

    @Test
    void anInlinePoolEndsAfterIt() throws Exception {
        ThreadPoolExecutor executor = ThreadPoolExecutor.builder().inline(true).build();
        Future<Object> future = pendingIn(executor);
        assertThat(future.running()).isTrue();
        executor.shutdown(false, false);
        assertThat(executor.awaitTermination(NOT_AT_ALL)).isFalse();
        this.stage.complete("done");
        assertThat(executor.awaitTermination(NOT_AT_ALL)).isTrue();
        assertThat(future.result(NOT_AT_ALL)).isEqualTo("done");
    }

    @Test
    void aWaitForOneThatAwaitsAQueuedTaskCanBeADeadlock() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (ThreadPoolExecutor executor = oneWorker()) {
            Future<Object> outer = executor.submit(() -> {
                go.await(20, TimeUnit.SECONDS);
                return PendingResult.of(executor.submit(() -> "inner"));
            });
            Future<Object> waiting = executor.submit(() -> outer.result());
            go.countDown();
            assertThat(waiting.exception(LONG)).isInstanceOf(DeadlockException.class);
            assertThat(outer.result(LONG)).isEqualTo("inner");
        }
    }

    @Test
    void aWaitForOneWithATimeLimitEnds() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (ThreadPoolExecutor executor = oneWorker()) {
            Future<Object> outer = executor.submit(() -> {
                go.await(20, TimeUnit.SECONDS);
                return PendingResult.of(executor.submit(() -> "inner"));
            }, TaskOptions.none().withTimeLimit(Duration.ofMillis(500)));
            Future<Throwable> waiting = executor.submit(() -> outer.exception());
            go.countDown();
            assertThat(waiting.result(LONG)).isInstanceOf(TaskTimeoutException.class);
        }
    }

    @Test
    void oneThatAwaitsItselfNeverEndsButCanBeCancelled() throws Exception {
        CompletableFuture<Future<Object>> itself = new CompletableFuture<>();
        try (ThreadPoolExecutor executor = oneWorker()) {
            Future<Object> future = executor.submit(() -> PendingResult.of(itself.get(20, TimeUnit.SECONDS)));
            itself.complete(future);
            Future<Object> waiting = executor.submit(() -> future.result());
            assertThatExceptionOfType(DeadlockException.class).isThrownBy(() -> waiting.result(LONG));
            CompletableFuture.runAsync(executor::cancelAll).get(20, TimeUnit.SECONDS);
            assertThat(future.cancelled()).isTrue();
        }
    }

}
