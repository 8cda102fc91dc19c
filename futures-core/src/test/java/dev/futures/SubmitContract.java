// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;

import dev.futures.pool.PoolExecutor;
import dev.futures.support.Await;
import dev.futures.support.Work;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Submitting tasks and what becomes of them.
 */
interface SubmitContract extends PoolFixture {

    @Test
    default void aTaskReturnsItsResult() throws Exception {
        try (PoolExecutor pool = pool(1)) {
            int base = 2;
            assertThat(pool.submit(() -> Math.pow(base, 8)).result(Await.PATIENCE)).isEqualTo(256);
        }
    }

    @Test
    default void aResultMayBeNull() throws Exception {
        try (PoolExecutor pool = pool(1)) {
            Future<String> nothing = pool.submit(() -> (String) null);
            assertThat(nothing.result(Await.PATIENCE)).isNull();
            assertThat(nothing.exception()).isNull();
        }
    }

    @Test
    default void anActionEndsWithNull() throws Exception {
        try (PoolExecutor pool = pool(1)) {
            TaskAction action = () -> Thread.currentThread().setPriority(5);
            assertThat(pool.submit(action).result(Await.PATIENCE)).isNull();
        }
    }

    @Test
    default void anActionThatFailsFailsItsFuture() throws Exception {
        try (PoolExecutor pool = pool(1)) {
            TaskAction action = () -> {
                throw new IOException("disk");
            };
            assertThat(pool.submit(action).exception(Await.PATIENCE)).isExactlyInstanceOf(IOException.class)
                .hasMessage("disk");
        }
    }

    @Test
    default void aNullTaskIsRefused() {
        try (PoolExecutor pool = pool(1)) {
            assertThatNullPointerException().isThrownBy(() -> pool.submit((Task<?>) null));
        }
    }

    @Test
    default void anExceptionComesOutOfResultWithoutWrapper() throws Exception {
        try (PoolExecutor pool = pool(1)) {
            Future<?> failed = pool.submit(() -> {
                throw new IOException("disk", new IllegalArgumentException("sector"));
            });
            assertThatThrownBy(() -> failed.result(Await.PATIENCE)).isExactlyInstanceOf(IOException.class)
                .hasMessage("disk")
                .cause()
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("sector");
        }
    }

    @Test
    default void everyWayToAskForAnExceptionGivesTheSameObject() throws Exception {
        try (PoolExecutor pool = pool(1)) {
            Future<?> failed = pool.submit(() -> {
                throw new IOException("disk");
            });
            Throwable thrown = failed.exception(Await.PATIENCE);
            assertThatThrownBy(failed::result).isSameAs(thrown);
            assertThatThrownBy(failed::get).isExactlyInstanceOf(ExecutionException.class).cause().isSameAs(thrown);
        }
    }

    @Test
    default void anErrorIsAnOutcomeLikeAnyOther() throws Exception {
        try (PoolExecutor pool = pool(1)) {
            Future<?> failed = pool.submit(() -> {
                throw new AssertionError("impossible");
            });
            assertThatThrownBy(() -> failed.result(Await.PATIENCE)).isExactlyInstanceOf(AssertionError.class)
                .hasMessage("impossible");
            assertThat(pool.submit(() -> 1).result(Await.PATIENCE)).isEqualTo(1);
        }
    }

    @Test
    default void aStackOverflowFailsOnlyItsTask() throws Exception {
        try (PoolExecutor pool = pool(1)) {
            Future<?> failed = pool.submit(() -> SubmitContract.recurse(0));
            assertThat(failed.exception(Await.PATIENCE)).isInstanceOf(StackOverflowError.class);
            assertThat(pool.submit(() -> 1).result(Await.PATIENCE)).isEqualTo(1);
        }
    }

    private static int recurse(int depth) {
        return 1 + recurse(depth + 1);
    }

    @Test
    default void aCompletionExceptionOfATaskIsNotUnwrapped() throws Exception {
        try (PoolExecutor pool = pool(1)) {
            Future<?> failed = pool.submit(() -> {
                throw new CompletionException("mine", new IOException("inner"));
            });
            assertThatThrownBy(() -> failed.result(Await.PATIENCE)).isExactlyInstanceOf(CompletionException.class)
                .hasMessage("mine");
        }
    }

    @Test
    default void sequentialTasksUseOneWorker() throws Exception {
        try (PoolExecutor pool = pool(3)) {
            Set<String> places = new HashSet<>();
            for (int i = 0; i < 20; i++) {
                places.add(pool.submit(Work::place).result(Await.PATIENCE));
            }
            assertThat(places).hasSize(1);
            assertThat(pool.statistics().workers()).hasSize(1);
        }
    }

    @Test
    default void aPoolHasNoWorkerBeforeItsFirstTask() {
        try (PoolExecutor pool = pool(3)) {
            assertThat(pool.statistics().workers()).isEmpty();
        }
    }

    @Test
    default void manyThreadsMaySubmit() throws Exception {
        try (PoolExecutor pool = pool(2)) {
            int threads = 4;
            int each = 200;
            CountDownLatch ready = new CountDownLatch(threads);
            AtomicLong sum = new AtomicLong();
            List<Thread> submitters = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                Thread submitter = new Thread(() -> submitAndSum(pool, each, ready, sum));
                submitter.start();
                submitters.add(submitter);
            }
            for (Thread submitter : submitters) {
                submitter.join(Await.PATIENCE.toMillis());
                assertThat(submitter.isAlive()).isFalse();
            }
            assertThat(sum).hasValue((long) threads * each * (each - 1) / 2);
        }
    }

    private static void submitAndSum(PoolExecutor pool, int count, CountDownLatch ready, AtomicLong sum) {
        try {
            ready.countDown();
            ready.await();
            List<Future<Integer>> futures = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                futures.add(pool.submit(() -> number));
            }
            for (Future<Integer> future : futures) {
                sum.addAndGet(future.result(Await.PATIENCE));
            }
        }
        catch (Exception ex) {
            throw new AssertionError(ex);
        }
    }

    @Test
    default void aSubmitterMayBeInterrupted() throws Exception {
        try (PoolExecutor pool = pool(1)) {
            assertThat(pool.submit(() -> 1).result(Await.PATIENCE)).isEqualTo(1);
            Thread.currentThread().interrupt();
            Future<Integer> future = pool.submit(() -> 2);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(future.result(Await.PATIENCE)).isEqualTo(2);
            assertThat(pool.statistics().restarts()).isZero();
        }
    }

    @Test
    default void aTaskThatInterruptsItselfDoesNotHarmTheNext() throws Exception {
        try (PoolExecutor pool = pool(1)) {
            List<Future<Boolean>> futures = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                futures.add(pool.submit(() -> {
                    boolean before = Thread.currentThread().isInterrupted();
                    Thread.currentThread().interrupt();
                    return before;
                }));
            }
            for (Future<Boolean> future : futures) {
                assertThat(future.result(Await.PATIENCE)).isFalse();
            }
            assertThat(pool.statistics().restarts()).isZero();
        }
    }

    @Test
    default void aPoolKnowsItsName() {
        try (PoolExecutor pool = pool((builder) -> builder.name("reports").maxWorkers(1))) {
            assertThat(pool.name()).isEqualTo("reports");
            assertThat(pool).hasToString(pool.getClass().getSimpleName() + "[reports, RUNNING]");
        }
    }

}
