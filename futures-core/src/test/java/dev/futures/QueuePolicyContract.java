// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import dev.futures.pool.PoolExecutor;
import dev.futures.pool.QueueFullPolicy;
import dev.futures.support.Await;
import dev.futures.support.Gate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * What submitting to a full queue does when it blocks. Rejection is in
 * {@link CapacityContract}.
 */
interface QueuePolicyContract extends PoolFixture {

    private PoolExecutor blockingPool(int maxWorkers, int capacity) {
        return pool((builder) -> builder.name("patient")
            .maxWorkers(maxWorkers)
            .queueCapacity(capacity)
            .queueFullPolicy(QueueFullPolicy.BLOCK));
    }

    /** Calls in another thread, and returns once that thread is blocked. */
    private static <T> Submitter<T> blocked(Callable<T> call) throws InterruptedException {
        FutureTask<T> outcome = new FutureTask<>(call);
        Thread thread = new Thread(outcome, "submitter");
        thread.start();
        Await.until("the submitter is blocked", () -> thread.getState() == Thread.State.WAITING || outcome.isDone());
        assertThat(outcome.isDone()).as("returned instead of blocking").isFalse();
        return new Submitter<>(thread, outcome);
    }

    record Submitter<T>(Thread thread, FutureTask<T> outcome) {

        T get() throws Exception {
            return this.outcome.get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }

        Throwable failure() {
            return catchThrowable(this::get).getCause();
        }

    }

    @Test
    default void aBlockedSubmitterGoesOnWhenAWorkerTakesATask(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        try (PoolExecutor pool = blockingPool(1, 1)) {
            Future<Integer> running = pool.submit(() -> gate.pass(1));
            gate.awaitEntered(1);
            Future<Integer> waiting = pool.submit(() -> gate.pass(2));
            Submitter<Future<Integer>> submitter = blocked(() -> pool.submit(() -> 3));
            assertThat(pool.statistics().queueDepth()).isEqualTo(1);
            gate.letPass();
            assertThat(submitter.get().result(Await.PATIENCE)).isEqualTo(3);
            assertThat(running.result(Await.PATIENCE)).isEqualTo(1);
            assertThat(waiting.result(Await.PATIENCE)).isEqualTo(2);
            assertThat(pool.statistics().tasks().rejected()).isZero();
        }
    }

    @Test
    default void cancellingAWaitingTaskLetsABlockedSubmitterGoOn(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        try (PoolExecutor pool = blockingPool(1, 1)) {
            pool.submit(() -> gate.pass(1));
            gate.awaitEntered(1);
            Future<Integer> waiting = pool.submit(() -> 2);
            Submitter<Future<Integer>> submitter = blocked(() -> pool.submit(() -> 3));
            assertThat(waiting.cancel()).isTrue();
            Future<Integer> admitted = submitter.get();
            assertThat(admitted.done()).isFalse();
            gate.letPass();
            assertThat(admitted.result(Await.PATIENCE)).isEqualTo(3);
        }
    }

    @Test
    default void resizingLetsABlockedSubmitterGoOn(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        try (PoolExecutor pool = blockingPool(1, 0)) {
            pool.submit(() -> gate.pass(1));
            Submitter<Future<Integer>> submitter = blocked(() -> pool.submit(() -> 3));
            pool.resize(2);
            assertThat(submitter.get().result(Await.PATIENCE)).isEqualTo(3);
            gate.letPass();
        }
    }

    @Test
    default void anInterruptedSubmitterIsRejectedWithItsFlagSet(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        try (PoolExecutor pool = blockingPool(1, 0)) {
            pool.submit(() -> gate.pass(1));
            Submitter<Boolean> submitter = blocked(() -> {
                assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> pool.submit(() -> 3))
                    .withMessageContaining("interrupted while waiting for room")
                    .withMessageContaining("patient");
                return Thread.currentThread().isInterrupted();
            });
            submitter.thread().interrupt();
            assertThat(submitter.get()).isTrue();
            gate.letPass();
        }
    }

    @Test
    default void shutdownRejectsBlockedSubmitters(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        try (PoolExecutor pool = blockingPool(1, 0)) {
            Future<Integer> running = pool.submit(() -> gate.pass(1));
            List<Submitter<Future<Integer>>> submitters = List.of(blocked(() -> pool.submit(() -> 2)),
                    blocked(() -> pool.submit(() -> 3)));
            pool.shutdown(false, false);
            submitters
                .forEach((submitter) -> assertThat(submitter.failure()).isInstanceOf(ExecutorShutdownException.class));
            gate.letPass();
            assertThat(running.result(Await.PATIENCE)).isEqualTo(1);
        }
    }

    @Test
    default void theQueueTimeLimitCountsWhileTheSubmitterIsBlocked(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        try (PoolExecutor pool = blockingPool(1, 0)) {
            pool.submit(() -> gate.pass(1));
            Future<Integer> late = pool.submit(() -> 2, TaskOptions.none().withQueueTimeLimit(Duration.ofMillis(20)));
            assertThat(late.exception(Await.PATIENCE)).isInstanceOf(TaskTimeoutException.class);
            gate.letPass();
        }
    }

    @Test
    default void aCallbackOfThePoolIsRejectedRatherThanBlocked(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        try (PoolExecutor pool = blockingPool(1, 1)) {
            CompletableFuture<Throwable> refusal = new CompletableFuture<>();
            Future<Integer> first = pool.submit(() -> gate.pass(1));
            first.addDoneCallback((done) -> {
                pool.submit(() -> 3).cancel();
                Future<Integer> fills = pool.submit(() -> 3);
                refusal.complete(catchThrowable(() -> pool.submit(() -> 4)));
                fills.cancel();
            });
            gate.letPass();
            assertThat(refusal.get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(QueueFullException.class)
                .hasMessageContaining("a task of the pool itself cannot wait for room");
        }
    }

    @Test
    default void aFloodOfBlockedSubmittersLosesNothing() throws Exception {
        ConcurrentLinkedQueue<Future<Integer>> futures = new ConcurrentLinkedQueue<>();
        int each = 500;
        try (PoolExecutor pool = blockingPool(2, 1)) {
            List<Thread> submitters = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Thread submitter = new Thread(() -> {
                    for (int number = 0; number < each; number++) {
                        int result = number;
                        futures.add(pool.submit(() -> result));
                    }
                });
                submitters.add(submitter);
                submitter.start();
            }
            for (Thread submitter : submitters) {
                submitter.join(Await.PATIENCE.toMillis());
                assertThat(submitter.isAlive()).isFalse();
            }
            int sum = 0;
            for (Future<Integer> future : futures) {
                sum += future.result(Await.PATIENCE);
            }
            assertThat(sum).isEqualTo(4 * each * (each - 1) / 2);
            assertThat(pool.statistics().tasks())
                .isEqualTo(new PoolStatistics.TaskCounts(4 * each, 4 * each, 0, 0, 0, 0));
        }
    }

}
