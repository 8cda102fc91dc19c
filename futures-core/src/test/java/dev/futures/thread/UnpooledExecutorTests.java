// SPDX-License-Identifier: Apache-2.0

package dev.futures.thread;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

import dev.futures.Executor;
import dev.futures.ExecutorShutdownException;
import dev.futures.Future;
import dev.futures.PoolState;
import dev.futures.PoolStatistics;
import dev.futures.TaskOptions;
import dev.futures.TaskTimeoutException;
import dev.futures.WorkerStatistics;
import dev.futures.support.Await;
import dev.futures.support.LeakCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * The executors that have no workers of their own.
 */
@ExtendWith(LeakCheck.class)
class UnpooledExecutorTests {

    @Test
    void aDirectExecutorRunsTheTaskBeforeSubmitReturns() throws Exception {
        try (DirectExecutor executor = new DirectExecutor("here")) {
            List<String> order = new ArrayList<>();
            Future<Thread> future = executor.submit(() -> {
                order.add("task");
                executor.submit(() -> order.add("inner"));
                return Thread.currentThread();
            });
            order.add("submitted");
            assertThat(future.done()).isTrue();
            assertThat(future.result()).isSameAs(Thread.currentThread());
            assertThat(order).containsExactly("task", "inner", "submitted");
            assertThat(executor).hasToString("DirectExecutor[here]");
        }
    }

    @Test
    void aDirectExecutorLeavesTheInterruptOfItsCallerAlone() throws Exception {
        try (DirectExecutor executor = new DirectExecutor()) {
            Thread.currentThread().interrupt();
            Future<Boolean> future = executor.submit(() -> Thread.currentThread().isInterrupted());
            assertThat(Thread.interrupted()).isTrue();
            assertThat(future.result()).isTrue();
        }
    }

    @Test
    void cancellingAnInterruptibleTaskOfAnotherThreadStopsItThere() throws Exception {
        try (DelegatingExecutor executor = new DelegatingExecutor("wrapped", Executors.newFixedThreadPool(1))) {
            CountDownLatch entered = new CountDownLatch(1);
            Future<Boolean> future = executor.submit(() -> {
                entered.countDown();
                new CountDownLatch(1).await();
                return true;
            }, TaskOptions.named("endless"));
            assertThat(entered.await(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(future.running()).isTrue();
            PoolStatistics statistics = executor.statistics();
            assertThat(statistics.kind()).isEqualTo("delegating");
            assertThat(statistics.workers()).singleElement().satisfies((worker) -> {
                assertThat(worker.task()).isEqualTo("endless");
                assertThat(worker.state()).isEqualTo(WorkerStatistics.State.BUSY);
                assertThat(worker.name()).startsWith("pool-");
            });
            assertThat(future.cancel()).isFalse();
            assertThat(future.cancel(true)).isTrue();
            assertThat(executor.submit(() -> Thread.currentThread().isInterrupted()).result(Await.PATIENCE)).isFalse();
        }
    }

    @Test
    void shutdownWithCancellationLeavesTheRunningTaskAlone() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        DelegatingExecutor executor = new DelegatingExecutor("wrapped", Executors.newFixedThreadPool(1));
        Future<Integer> running = executor.submit(() -> {
            entered.countDown();
            gate.await();
            return 1;
        });
        Future<Integer> waiting = executor.submit(() -> 2);
        assertThat(entered.await(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(executor.statistics().queueDepth()).isEqualTo(1);
        executor.shutdown(false, true);
        assertThat(waiting.cancelled()).isTrue();
        assertThat(executor.statistics().state()).isEqualTo(PoolState.SHUTTING_DOWN);
        assertThat(executor.awaitTermination(Duration.ofMillis(1))).isFalse();
        gate.countDown();
        assertThat(running.result(Await.PATIENCE)).isEqualTo(1);
        executor.close();
        assertThat(executor.statistics().state()).isEqualTo(PoolState.TERMINATED);
    }

    @Test
    void interruptingCloseStopsWhatIsLeft() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        DelegatingExecutor executor = new DelegatingExecutor("wrapped", Executors.newFixedThreadPool(1));
        Future<?> endless = executor.submit(() -> {
            entered.countDown();
            new CountDownLatch(1).await();
        });
        assertThat(entered.await(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        Thread.currentThread().interrupt();
        executor.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(endless.cancelled()).isTrue();
    }

    @Test
    void aBoundedCloseEscalatesAndGivesUp() throws Exception {
        CountDownLatch entered = new CountDownLatch(2);
        CountDownLatch gate = new CountDownLatch(1);
        DelegatingExecutor executor = new DelegatingExecutor("wrapped", Executors.newFixedThreadPool(2));
        Future<?> listening = executor.submit(() -> {
            entered.countDown();
            new CountDownLatch(1).await();
        });
        executor.submit(() -> {
            entered.countDown();
            while (gate.getCount() > 0) {
                Thread.onSpinWait();
            }
        });
        assertThat(entered.await(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(executor.close(Duration.ofMillis(20))).isFalse();
        assertThat(listening.cancelled()).isTrue();
        executor.close();
        gate.countDown();
        assertThat(executor.close(Await.PATIENCE)).isTrue();
    }

    @Test
    void anInterruptedWaitStopsWaitingOrStopsTheTasks() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        DelegatingExecutor executor = new DelegatingExecutor("wrapped", Executors.newFixedThreadPool(1));
        Future<?> endless = executor.submit(() -> {
            entered.countDown();
            new CountDownLatch(1).await();
        });
        assertThat(entered.await(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        Thread.currentThread().interrupt();
        executor.shutdown(true, false);
        assertThat(endless.done()).isFalse();
        assertThat(executor.close(Await.PATIENCE)).isFalse();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(endless.cancelled()).isTrue();
        assertThat(executor.awaitTermination(Await.PATIENCE)).isTrue();
    }

    @Test
    void theCommonPoolIsNotWaitedFor() throws Exception {
        DelegatingExecutor executor = new DelegatingExecutor("common", ForkJoinPool.commonPool());
        Future<Integer> future = executor.submit(() -> 1);
        executor.close();
        assertThat(future.result(Duration.ZERO)).isEqualTo(1);
        assertThat(executor.statistics().state()).isEqualTo(PoolState.TERMINATED);
    }

    @Test
    void aServiceThatCannotMakeAThreadLeavesNothingBehind() throws Exception {
        ThreadFactory exhausted = (run) -> {
            throw new OutOfMemoryError("unable to create native thread");
        };
        try (Executor executor = new DelegatingExecutor("wrapped", Executors.newCachedThreadPool(exhausted))) {
            assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> executor.submit(() -> 1));
            assertThat(executor.statistics().queueDepth()).isZero();
        }
    }

    @Test
    void aStackThatOverflowsLeavesNothingBehind() {
        try (DirectExecutor executor = new DirectExecutor()) {
            assertThat(catchThrowable(() -> submitForEver(executor))).isNull();
            assertThat(executor.statistics().workers()).isEmpty();
        }
    }

    private static void submitForEver(Executor executor) {
        try {
            executor.submit(() -> submitForEver(executor));
        }
        catch (StackOverflowError ex) {
            // where exactly is a matter of chance
            return;
        }
    }

    @Test
    void whatTheServiceRejectsIsRejected() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        java.util.concurrent.ThreadPoolExecutor service = new java.util.concurrent.ThreadPoolExecutor(1, 1, 0,
                TimeUnit.SECONDS, new ArrayBlockingQueue<>(1));
        try (Executor executor = new DelegatingExecutor("wrapped", service)) {
            executor.submit(() -> gate.await());
            Future<Integer> waiting = executor.submit(() -> 1);
            assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> executor.submit(() -> 2));
            assertThat(executor.statistics().tasks()).isEqualTo(new PoolStatistics.TaskCounts(2, 0, 0, 0, 0, 1));
            gate.countDown();
            assertThat(waiting.result(Await.PATIENCE)).isEqualTo(1);
            service.shutdown();
            assertThatExceptionOfType(ExecutorShutdownException.class).isThrownBy(() -> executor.submit(() -> 2))
                .withMessageContaining("shutdown of the service of executor 'wrapped'");
        }
    }

    @Test
    void aTaskThatWaitsTooLongInTheServiceTimesOut() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        try (Executor executor = new DelegatingExecutor("wrapped", Executors.newFixedThreadPool(1))) {
            executor.submit(() -> gate.await());
            Future<Integer> late = executor.submit(() -> 1,
                    TaskOptions.none().withQueueTimeLimit(Duration.ofMillis(5)));
            assertThat(late.exception(Await.PATIENCE)).isInstanceOf(TaskTimeoutException.class);
            gate.countDown();
        }
    }

    @Test
    void aTaskCannotWaitForTheEndOfItsOwnExecutor() throws Exception {
        try (DirectExecutor executor = new DirectExecutor("here")) {
            Future<?> future = executor.submit(() -> executor.shutdown(true, false));
            assertThatIllegalStateException().isThrownBy(future::result)
                .withMessageContaining("a task of executor 'here' cannot wait for the end of its own executor");
        }
    }

}
