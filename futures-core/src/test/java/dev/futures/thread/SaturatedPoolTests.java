// SPDX-License-Identifier: Apache-2.0

package dev.futures.thread;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import dev.futures.Future;
import dev.futures.Outcome;
import dev.futures.PoolListener;
import dev.futures.QueueFullException;
import dev.futures.TaskInfo;
import dev.futures.TaskOptions;
import dev.futures.pool.QueueFullPolicy;
import dev.futures.support.Await;
import dev.futures.support.LeakCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for pools whose workers are all busy, so that tasks are left and taken without
 * the pool's lock: nobody may notice.
 */
@ExtendWith(LeakCheck.class)
class SaturatedPoolTests {

    private static final int MANY = 300;

    private final List<String> order = Collections.synchronizedList(new ArrayList<>());

    private final CountDownLatch holding = new CountDownLatch(1);

    private final CountDownLatch release = new CountDownLatch(1);

    private Future<?> submit(ThreadPoolExecutor pool, String name) {
        return pool.submit(() -> this.order.add(name));
    }

    private void hold() throws InterruptedException {
        this.holding.countDown();
        await(this.release);
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void tasksOfOneSubmitterAreStartedInOrder() throws Exception {
        try (ThreadPoolExecutor pool = new ThreadPoolExecutor(1)) {
            pool.submit(this::hold);
            await(this.holding);
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < MANY; i++) {
                submit(pool, "task " + i);
                expected.add("task " + i);
                if (i % 50 == 0) {
                    // looks at all that waits
                    assertThat(pool.statistics().queueDepth()).isEqualTo(i + 1);
                }
            }
            this.release.countDown();
            assertThat(pool.awaitQuiescence(Await.PATIENCE)).isTrue();
            assertThat(this.order).isEqualTo(expected);
        }
    }

    @Test
    void urgentTasksOvertakeThoseThatLieReady() throws Exception {
        try (ThreadPoolExecutor pool = new ThreadPoolExecutor(1)) {
            pool.submit(() -> this.order.add("before"));
            // as it is taken, those behind it are made ready
            pool.submit(this::hold);
            for (int i = 0; i < MANY; i++) {
                submit(pool, "ordinary");
            }
            await(this.holding);
            pool.submit(() -> this.order.add("urgent"), TaskOptions.none().withPriority(1));
            pool.submit(() -> this.order.add("unimportant"), TaskOptions.none().withPriority(-1));
            this.release.countDown();
            assertThat(pool.awaitQuiescence(Await.PATIENCE)).isTrue();
            assertThat(this.order).hasSize(MANY + 3).startsWith("before", "urgent", "ordinary").endsWith("unimportant");
        }
    }

    @Test
    void capacityHoldsHoweverManySubmit() throws Exception {
        try (ThreadPoolExecutor pool = ThreadPoolExecutor.builder()
            .maxWorkers(1)
            .queueCapacity(10)
            .queueFullPolicy(QueueFullPolicy.REJECT)
            .build()) {
            pool.submit(this::hold);
            await(this.holding);
            AtomicInteger refused = new AtomicInteger();
            inFourThreads(() -> {
                for (int i = 0; i < MANY; i++) {
                    try {
                        submit(pool, "accepted");
                    }
                    catch (QueueFullException ex) {
                        refused.incrementAndGet();
                    }
                }
            });
            assertThat(pool.statistics().queueDepth()).isEqualTo(10);
            assertThat(refused).hasValue(4 * MANY - 10);
            assertThat(pool.statistics().tasks().rejected()).isEqualTo(4 * MANY - 10);
            this.release.countDown();
            assertThat(pool.awaitQuiescence(Await.PATIENCE)).isTrue();
            assertThat(this.order).hasSize(10);
        }
    }

    @Test
    void capacityHoldsForUrgentAndOrdinaryTasksTogether() throws Exception {
        try (ThreadPoolExecutor pool = ThreadPoolExecutor.builder()
            .maxWorkers(1)
            .queueCapacity(10)
            .queueFullPolicy(QueueFullPolicy.REJECT)
            .build()) {
            pool.submit(this::hold);
            await(this.holding);
            submit(pool, "accepted");
            for (int i = 0; i < 9; i++) {
                pool.submit(() -> this.order.add("accepted"), TaskOptions.none().withPriority(1));
            }
            assertThatExceptionOfType(QueueFullException.class).isThrownBy(() -> submit(pool, "refused"));
            assertThat(pool.statistics().queueDepth()).isEqualTo(10);
            this.release.countDown();
            assertThat(pool.awaitQuiescence(Await.PATIENCE)).isTrue();
            assertThat(this.order).hasSize(10);
        }
    }

    @Test
    void whateverIsCancelledMeanwhileIsCountedAndNotRun() throws Exception {
        try (ThreadPoolExecutor pool = new ThreadPoolExecutor(2)) {
            AtomicInteger cancelled = new AtomicInteger();
            inFourThreads(() -> {
                for (int i = 0; i < MANY; i++) {
                    if (submit(pool, "run").cancel()) {
                        cancelled.incrementAndGet();
                    }
                }
            });
            assertThat(pool.awaitQuiescence(Await.PATIENCE)).isTrue();
            assertThat(this.order).hasSize(4 * MANY - cancelled.get());
            assertThat(pool.statistics().tasks().submitted()).isEqualTo(4 * MANY);
            assertThat(pool.statistics().tasks().cancelled()).isEqualTo(cancelled.get());
            assertThat(pool.statistics().queueDepth()).isZero();
        }
    }

    @Test
    void nothingIsLostWhilePausedAndResumedAndResized() throws Exception {
        try (ThreadPoolExecutor pool = new ThreadPoolExecutor(2)) {
            CountDownLatch submitted = new CountDownLatch(1);
            Thread operator = new Thread(() -> {
                for (int i = 0; submitted.getCount() > 0; i++) {
                    pool.pause();
                    pool.resize(1 + i % 3);
                    pool.recycle();
                    pool.resume();
                }
            });
            operator.start();
            try {
                inFourThreads(() -> IntStream.range(0, 10 * MANY).forEach((each) -> submit(pool, "run")));
            }
            finally {
                submitted.countDown();
                operator.join();
            }
            assertThat(pool.awaitQuiescence(Await.PATIENCE)).isTrue();
            assertThat(this.order).hasSize(4 * 10 * MANY);
        }
    }

    @Test
    void shutdownCancelsWhatWasLeft() throws Exception {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(1);
        pool.submit(this::hold);
        await(this.holding);
        List<Future<?>> left = IntStream.range(0, MANY).<Future<?>>mapToObj((each) -> submit(pool, "run")).toList();
        pool.shutdown(false, true);
        assertThat(left).allMatch(Future::cancelled);
        this.release.countDown();
        assertThat(pool.awaitTermination(Await.PATIENCE)).isTrue();
        assertThat(this.order).isEmpty();
    }

    @Test
    void oneFutureDoesNotKeepThoseThatCameWithIt() throws Exception {
        try (ThreadPoolExecutor pool = new ThreadPoolExecutor(1)) {
            pool.submit(this::hold);
            await(this.holding);
            List<Future<?>> futures = new ArrayList<>();
            List<WeakReference<Future<?>>> others = new ArrayList<>();
            for (int i = 0; i < MANY; i++) {
                futures.add(submit(pool, "run"));
            }
            this.release.countDown();
            assertThat(pool.awaitQuiescence(Await.PATIENCE)).isTrue();
            Future<?> kept = futures.get(MANY / 2);
            futures.remove(kept);
            futures.forEach((future) -> others.add(new WeakReference<>(future)));
            futures.clear();
            Await.until("the others are let go", () -> {
                System.gc();
                return others.stream().allMatch((other) -> other.get() == null);
            });
            assertThat(kept.done()).isTrue();
        }
    }

    @Test
    void whoeverListensIsToldTheNumberOfATaskThatWasNeverTaken() throws Exception {
        List<Long> numbers = Collections.synchronizedList(new ArrayList<>());
        try (ThreadPoolExecutor pool = ThreadPoolExecutor.builder().maxWorkers(1).listener(new PoolListener() {

            @Override
            public TaskListener taskSubmitted(String name, TaskInfo task) {
                return new TaskListener() {

                    @Override
                    public void ended(Outcome outcome, Throwable failure) {
                        numbers.add(task.id());
                    }

                };
            }

        }).build()) {
            pool.submit(this::hold);
            await(this.holding);
            // the first one that waits is queued, the second one left
            List<Future<?>> waiting = List.of(submit(pool, "first"), submit(pool, "second"));
            waiting.get(1).cancel();
            assertThat(numbers).containsExactly(3L);
            this.release.countDown();
        }
    }

    private static void inFourThreads(Runnable action) throws InterruptedException {
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = IntStream.range(0, 4).mapToObj((each) -> new Thread(action)).toList();
        threads.forEach((thread) -> {
            thread.setUncaughtExceptionHandler((failed, ex) -> failures.add(ex));
            thread.start();
        });
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failures).isEmpty();
    }

}
