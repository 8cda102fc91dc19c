// SPDX-License-Identifier: Apache-2.0

package dev.futures.thread;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import dev.futures.CloseableIterator;
import dev.futures.DeadlockException;
import dev.futures.Future;
import dev.futures.Futures;
import dev.futures.ReturnWhen;
import dev.futures.Task;
import dev.futures.TaskOptions;
import dev.futures.TaskTimeoutException;
import dev.futures.support.Await;
import dev.futures.support.LeakCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tasks that wait for tasks of their own pool.
 */
@ExtendWith(LeakCheck.class)
class DeadlockTests {

    private final AtomicReference<Future<Integer>> first = new AtomicReference<>();

    private final AtomicReference<Future<Integer>> second = new AtomicReference<>();

    /** The ways of waiting. */
    enum Wait {

        RESULT((future) -> future.result()), EXCEPTION((future) -> {
            Throwable unused = future.exception();
            return 1;
        }), GET((future) -> future.get()), JOIN((future) -> future.toCompletableFuture().join()),
        WAIT((future) -> Futures.wait(List.of(future)).done().size()),
        WAIT_FIRST((future) -> Futures.wait(List.of(future, future), null, ReturnWhen.FIRST_COMPLETED).done().size()),
        AS_COMPLETED((future) -> Futures.asCompleted(List.of(future)).next().result());

        private final Way way;

        Wait(Way way) {
            this.way = way;
        }

    }

    @FunctionalInterface
    interface Way {

        Integer apply(Future<Integer> future) throws Exception;

    }

    @ParameterizedTest
    @EnumSource
    void aTaskThatWaitsForItsOnlyWorkerFails(Wait wait) throws Exception {
        try (ThreadPoolExecutor pool = ThreadPoolExecutor.builder().name("only").maxWorkers(1).build()) {
            AtomicReference<Future<Integer>> inner = new AtomicReference<>();
            Future<Integer> outer = pool.submit(() -> {
                inner.set(pool.submit(() -> 1, TaskOptions.named("inner")));
                return wait.way.apply(inner.get());
            }, TaskOptions.named("outer"));
            assertThat(outer.exception(Await.PATIENCE)).isInstanceOf(DeadlockException.class)
                .hasMessageContaining(
                        "task 'outer' cannot wait for task 'inner' of its own pool 'only': with a maxWorkers of 1")
                .hasMessageContaining("thenCombine");
            assertThat(inner.get().result(Await.PATIENCE)).isEqualTo(1);
            assertThat(pool.submit(() -> 2).result(Await.PATIENCE)).isEqualTo(2);
        }
    }

    @Test
    void mapOverTheOwnSaturatedPoolFails() throws Exception {
        try (ThreadPoolExecutor pool = new ThreadPoolExecutor(1)) {
            Future<Boolean> outer = pool.submit(() -> {
                CloseableIterator<Integer> results = pool.map((Integer each) -> each, List.of(1, 2));
                assertThatExceptionOfType(DeadlockException.class).isThrownBy(results::next);
                return results.hasNext();
            });
            assertThat(outer.result(Await.PATIENCE)).isFalse();
        }
    }

    @Test
    void twoTasksThatWaitForEachOtherDoNotHang() throws Exception {
        CountDownLatch submitted = new CountDownLatch(1);
        try (ThreadPoolExecutor pool = new ThreadPoolExecutor(3)) {
            this.first.set(pool.submit(() -> {
                submitted.await();
                return this.second.get().result() + 1;
            }));
            this.second.set(pool.submit(() -> {
                submitted.await();
                return this.first.get().result() + 1;
            }));
            submitted.countDown();
            Throwable one = this.first.get().exception(Await.PATIENCE);
            Throwable other = this.second.get().exception(Await.PATIENCE);
            assertThat(one).as("found by the one, rethrown to the other")
                .isInstanceOf(DeadlockException.class)
                .isSameAs(other);
        }
    }

    @Test
    void aTaskThatWaitsForItselfDoesNotHang() throws Exception {
        CountDownLatch submitted = new CountDownLatch(1);
        try (ThreadPoolExecutor pool = new ThreadPoolExecutor(4)) {
            this.first.set(pool.submit(() -> {
                submitted.await();
                return this.first.get().result();
            }));
            submitted.countDown();
            assertThat(this.first.get().exception(Await.PATIENCE)).isInstanceOf(DeadlockException.class);
        }
    }

    @Test
    void waitingForAllNeedsAllAndWaitingForAnyNeedsOne() throws Exception {
        CountDownLatch elsewhere = new CountDownLatch(1);
        try (ThreadPoolExecutor pool = new ThreadPoolExecutor(1);
                ThreadPoolExecutor other = new ThreadPoolExecutor(1)) {
            Future<Integer> foreign = other.submit(() -> {
                elsewhere.await();
                return 1;
            });
            Future<Integer> all = pool.submit(() -> Futures.wait(List.of(foreign, pool.submit(() -> 2))).done().size());
            assertThat(all.exception(Await.PATIENCE)).isInstanceOf(DeadlockException.class);
            CountDownLatch waiting = new CountDownLatch(1);
            Future<Integer> any = pool.submit(() -> {
                List<Future<Integer>> both = List.of(pool.submit(() -> 2), foreign);
                waiting.countDown();
                return Futures.wait(both, null, ReturnWhen.FIRST_COMPLETED).done().size();
            });
            assertThat(waiting.await(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            elsewhere.countDown();
            assertThat(any.result(Await.PATIENCE)).isEqualTo(1);
        }
    }

    @Test
    void aWaitWithATimeLimitIsNoDeadlock() throws Exception {
        try (ThreadPoolExecutor pool = new ThreadPoolExecutor(1)) {
            Future<Integer> outer = pool.submit(() -> pool.submit(() -> 1).result(Duration.ofMillis(1)));
            assertThat(outer.exception(Await.PATIENCE)).isExactlyInstanceOf(TimeoutException.class);
        }
    }

    @Test
    void aWaitThatAnotherWorkerCanEndIsNoDeadlock() throws Exception {
        try (ThreadPoolExecutor pool = new ThreadPoolExecutor(3)) {
            for (int i = 0; i < 3_000; i++) {
                CyclicBarrier both = new CyclicBarrier(2);
                Task<Integer> outer = () -> {
                    both.await(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
                    return pool.submit(() -> 1).result();
                };
                List<Future<Integer>> futures = List.of(pool.submit(outer), pool.submit(outer));
                for (Future<Integer> future : futures) {
                    assertThat(future.result(Await.PATIENCE)).isEqualTo(1);
                }
            }
        }
    }

    @Test
    void aSaturatedPoolThatMayGrowAgainIsNoDeadlock() throws Exception {
        CountDownLatch waits = new CountDownLatch(1);
        try (ThreadPoolExecutor pool = new ThreadPoolExecutor(1)) {
            Future<Integer> outer = pool.submit(() -> {
                Future<Integer> inner = pool.submit(() -> 1);
                pool.resize(2);
                waits.countDown();
                return inner.result();
            });
            assertThat(outer.result(Await.PATIENCE)).isEqualTo(1);
        }
    }

    @Test
    void aTaskThatATimeLimitEndsIsNoDeadlock() throws Exception {
        try (ThreadPoolExecutor pool = new ThreadPoolExecutor(1)) {
            TaskOptions impatient = TaskOptions.none().withQueueTimeLimit(Duration.ofMillis(20));
            Future<Integer> outer = pool.submit(() -> pool.submit(() -> 1, impatient).result());
            assertThat(outer.exception(Await.PATIENCE)).isExactlyInstanceOf(TaskTimeoutException.class)
                .hasMessageContaining("queue time limit");
            Future<Integer> limited = pool.submit(() -> pool.submit(() -> 1).result(),
                    TaskOptions.none().withTimeLimit(Duration.ofMillis(20)));
            assertThat(limited.exception(Await.PATIENCE)).isExactlyInstanceOf(TaskTimeoutException.class);
        }
    }

    @Test
    void pausingDoesNotHideADeadlock() throws Exception {
        try (ThreadPoolExecutor pool = new ThreadPoolExecutor(1)) {
            Future<Integer> outer = pool.submit(() -> {
                pool.pause();
                return pool.submit(() -> 1).result();
            });
            assertThat(outer.exception(Await.PATIENCE)).isInstanceOf(DeadlockException.class);
            pool.resume();
        }
    }

    @Test
    void shrinkingThePoolDoesNotTakeAwayTheWorkerThatIsWaitedFor() throws Exception {
        for (int i = 0; i < 200; i++) {
            CountDownLatch submitted = new CountDownLatch(1);
            CountDownLatch waits = new CountDownLatch(1);
            try (ThreadPoolExecutor pool = new ThreadPoolExecutor(2)) {
                Future<Integer> other = pool.submit(() -> {
                    submitted.await();
                    waits.await();
                    return 0;
                });
                Future<Integer> outer = pool.submit(() -> {
                    Future<Integer> inner = pool.submit(() -> 1);
                    pool.resize(1);
                    submitted.countDown();
                    return inner.result();
                });
                waits.countDown();
                assertThat(outer.exception(Await.PATIENCE))
                    .matches((thrown) -> thrown == null || thrown instanceof DeadlockException);
                assertThat(other.result(Await.PATIENCE)).isZero();
            }
        }
    }

    @Test
    void aPausedPoolIsNoDeadlock() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        try (ThreadPoolExecutor pool = new ThreadPoolExecutor(2)) {
            Future<Integer> outer = pool.submit(() -> {
                pool.pause();
                Future<Integer> inner = pool.submit(() -> 1);
                waiting.countDown();
                return inner.result();
            });
            assertThat(waiting.await(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            pool.resume();
            assertThat(outer.result(Await.PATIENCE)).isEqualTo(1);
        }
    }

    /** Whoever is told so does the work itself, so every tree of tasks ends. */
    @Test
    void treesOfTasksEndOnEveryPoolHoweverSmall() throws Exception {
        for (int maxWorkers = 1; maxWorkers <= 4; maxWorkers++) {
            try (ThreadPoolExecutor pool = new ThreadPoolExecutor(maxWorkers)) {
                Function<Integer, Integer> fibonacci = new Fibonacci(pool);
                List<Future<Integer>> trees = new ArrayList<>();
                for (int i = 0; i < 40; i++) {
                    trees.add(pool.submit(() -> fibonacci.apply(9)));
                }
                for (Future<Integer> tree : trees) {
                    assertThat(tree.result(Await.PATIENCE)).isEqualTo(34);
                }
            }
        }
    }

    private record Fibonacci(ThreadPoolExecutor pool) implements Function<Integer, Integer> {

        @Override
        public Integer apply(Integer number) {
            if (number < 2) {
                return number;
            }
            Future<Integer> left = this.pool.submit(() -> apply(number - 1));
            Future<Integer> right = this.pool.submit(() -> apply(number - 2));
            return value(left, number - 1) + value(right, number - 2);
        }

        private int value(Future<Integer> future, int number) {
            try {
                return future.get();
            }
            catch (DeadlockException ex) {
                return apply(number);
            }
            catch (ExecutionException | InterruptedException ex) {
                throw new IllegalStateException(ex);
            }
        }

    }

}
