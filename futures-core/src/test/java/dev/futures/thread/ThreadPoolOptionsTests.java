// SPDX-License-Identifier: Apache-2.0

package dev.futures.thread;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import dev.futures.DeadlockException;
import dev.futures.Future;
import dev.futures.PoolState;
import dev.futures.PoolStatistics;
import dev.futures.QueueFullException;
import dev.futures.TaskOptions;
import dev.futures.TaskTimeoutException;
import dev.futures.interpreter.InterpreterPoolExecutor;
import dev.futures.pool.QueueFullPolicy;
import dev.futures.process.ProcessPoolExecutor;
import dev.futures.support.Await;
import dev.futures.support.LeakCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What only a pool of plain threads can be told, or only it is fast enough to try often.
 */
@ExtendWith(LeakCheck.class)
class ThreadPoolOptionsTests {

    private static ThreadPoolExecutor.Builder narrow() {
        return ThreadPoolExecutor.builder().name("narrow").maxWorkers(1).queueCapacity(0);
    }

    private static void blocked(ThreadPoolExecutor pool, CountDownLatch gate) throws InterruptedException {
        CountDownLatch entered = new CountDownLatch(1);
        pool.submit(() -> {
            entered.countDown();
            gate.await();
        });
        assertThat(entered.await(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void theCallerRunsWhatDoesNotFitIntoTheQueue() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        try (ThreadPoolExecutor pool = narrow().queueFullPolicy(QueueFullPolicy.CALLER_RUNS).build()) {
            blocked(pool, gate);
            Future<Thread> here = pool.submit(Thread::currentThread);
            assertThat(here.done()).isTrue();
            assertThat(here.result()).isSameAs(Thread.currentThread());
            assertThat(pool.submit(() -> 1 / 0).exception()).isInstanceOf(ArithmeticException.class);
            assertThat(pool.statistics().tasks()).isEqualTo(new PoolStatistics.TaskCounts(3, 1, 1, 0, 0, 0));
            gate.countDown();
        }
    }

    @Test
    void aTimeLimitHoldsInTheCallersThreadAndLeavesNoInterrupt() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        try (ThreadPoolExecutor pool = narrow().queueFullPolicy(QueueFullPolicy.CALLER_RUNS).build()) {
            blocked(pool, gate);
            Future<?> endless = pool.submit(() -> {
                new CountDownLatch(1).await();
            }, TaskOptions.none().withTimeLimit(Duration.ofMillis(5)));
            assertThat(endless.exception()).isInstanceOf(TaskTimeoutException.class);
            assertThat(Thread.interrupted()).isFalse();
            gate.countDown();
        }
    }

    @Test
    void whatACallerRunsBelongsToThePool() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch entered = new CountDownLatch(1);
        ThreadPoolExecutor pool = narrow().queueFullPolicy(QueueFullPolicy.CALLER_RUNS).build();
        blocked(pool, gate);
        AtomicReference<Future<?>> run = new AtomicReference<>();
        Thread caller = new Thread(() -> run.set(pool.submit(() -> {
            entered.countDown();
            new CountDownLatch(1).await();
        })));
        caller.start();
        assertThat(entered.await(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        gate.countDown();
        assertThat(pool.awaitQuiescence(Duration.ofMillis(20))).isFalse();
        pool.shutdown(false, false);
        assertThat(pool.awaitTermination(Duration.ofMillis(20))).isFalse();
        assertThat(pool.statistics().state()).isEqualTo(PoolState.SHUTTING_DOWN);
        pool.cancelAll();
        caller.join(Await.PATIENCE.toMillis());
        assertThat(run.get().cancelled()).isTrue();
        assertThat(pool.awaitTermination(Await.PATIENCE)).isTrue();
        assertThat(pool.statistics().state()).isEqualTo(PoolState.TERMINATED);
    }

    @Test
    void aCallerDoesNotRunATaskOfAPausedPoolNorWaitForItself() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        try (ThreadPoolExecutor pool = narrow().queueFullPolicy(QueueFullPolicy.CALLER_RUNS).build()) {
            blocked(pool, gate);
            pool.pause();
            assertThatExceptionOfType(QueueFullException.class).isThrownBy(() -> pool.submit(() -> 1))
                .withMessageContaining("the pool is paused");
            pool.resume();
            Future<?> closing = pool.submit(() -> pool.close());
            assertThat(closing.exception()).isInstanceOf(IllegalStateException.class);
            gate.countDown();
        }
    }

    @Test
    void workersThatWereWokenAreNoReasonToReject() throws Exception {
        try (ThreadPoolExecutor pool = narrow().build()) {
            for (int i = 0; i < 500; i++) {
                pool.pause();
                pool.resume();
                assertThat(pool.submit(() -> 1).result(Await.PATIENCE)).isEqualTo(1);
                pool.resize(2);
                pool.resize(1);
                assertThat(pool.submit(() -> 2).result(Await.PATIENCE)).isEqualTo(2);
            }
        }
    }

    @Test
    void onlyPlainThreadsMayLetTheCallerRunTasks() {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> ProcessPoolExecutor.builder().queueFullPolicy(QueueFullPolicy.CALLER_RUNS))
            .withMessage(
                    "queueFullPolicy must not be CALLER_RUNS: the task would not be isolated; use BLOCK or REJECT");
        assertThatIllegalArgumentException()
            .isThrownBy(() -> InterpreterPoolExecutor.builder().queueFullPolicy(QueueFullPolicy.CALLER_RUNS));
    }

    @Test
    void aTaskThatSubmitsToItsOwnFullPoolIsRejectedRatherThanBlocked() throws Exception {
        try (ThreadPoolExecutor pool = narrow().queueFullPolicy(QueueFullPolicy.BLOCK).build()) {
            Future<Future<Integer>> outer = pool.submit(() -> pool.submit(() -> 1));
            assertThat(outer.exception(Await.PATIENCE)).isInstanceOf(QueueFullException.class)
                .hasMessageContaining("a task of the pool itself cannot wait for room");
        }
    }

    @Test
    void virtualThreadsRunTasksWhereThereAreAny() throws Exception {
        ThreadPoolExecutor.Builder builder = ThreadPoolExecutor.builder().name("virtual");
        if (Runtime.version().feature() < 21) {
            assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> builder.virtualThreads(true))
                .withMessageContaining(
                        "virtualThreads needs Java 21 or later but this is " + Runtime.version().feature());
            return;
        }
        try (ThreadPoolExecutor pool = builder.virtualThreads(true).build()) {
            Thread worker = pool.submit(Thread::currentThread).result(Await.PATIENCE);
            assertThat(worker.getClass().getName()).isEqualTo("java.lang.VirtualThread");
            assertThat(worker.getName()).isEqualTo("virtual_0");
            assertThat(worker.isDaemon()).isTrue();
            pool.resize(1_000_000);
            assertThat(pool.maxWorkers()).as("they cost little").isEqualTo(1_000_000);
        }
        try (ThreadPoolExecutor pool = builder.virtualThreads(false).build()) {
            assertThat(pool.submit(Thread::currentThread).result(Await.PATIENCE).isDaemon()).isFalse();
        }
    }

    @Test
    void noTaskIsLostToAWorkerThatIsAboutToRetire() throws Exception {
        try (ThreadPoolExecutor pool = ThreadPoolExecutor.builder()
            .maxWorkers(2)
            .keepAlive(Duration.ofNanos(1))
            .build()) {
            for (int i = 0; i < 5_000; i++) {
                int number = i;
                Future<Integer> future = pool.submit(() -> number);
                if (i % 3 == 0) {
                    pool.submit(() -> number);
                }
                assertThat(future.result(Await.PATIENCE)).isEqualTo(number);
            }
            Await.until("all have retired", () -> pool.statistics().workers().isEmpty());
        }
    }

    @Test
    void noTaskIsLostWhileThePoolIsResized() throws Exception {
        try (ThreadPoolExecutor pool = new ThreadPoolExecutor(1)) {
            List<Future<Integer>> futures = new ArrayList<>();
            for (int i = 0; i < 5_000; i++) {
                int number = i;
                pool.resize(1 + i % 5);
                futures.add(pool.submit(() -> number));
            }
            for (int i = 0; i < futures.size(); i++) {
                assertThat(futures.get(i).result(Await.PATIENCE)).isEqualTo(i);
            }
            pool.resize(1);
            Await.until("one worker is left", () -> pool.statistics().liveWorkers() == 1);
        }
    }

    @Test
    void aChainOfTasksThatIsLongerThanThePoolIsSeen() throws Exception {
        try (ThreadPoolExecutor pool = new ThreadPoolExecutor(2)) {
            Future<Integer> outer = pool.submit(
                    () -> pool
                        .submit(() -> pool.submit(() -> 1, TaskOptions.named("innermost")).result(),
                                TaskOptions.named("middle"))
                        .result(),
                    TaskOptions.named("outer"));
            assertThat(outer.exception(Await.PATIENCE)).isInstanceOf(DeadlockException.class)
                // whichever waits last closes the circle
                .hasMessageMatching("(?s)task '(middle' cannot wait for task 'innermost|outer' cannot wait for task "
                        + "'middle)'.*");
        }
    }

}
