// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import dev.futures.Future;
import dev.futures.PoolState;
import dev.futures.PoolStatistics;
import dev.futures.WorkerStatistics;
import dev.futures.support.Await;
import dev.futures.support.LeakCheck;
import dev.futures.support.LogCapture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many small tasks from two threads, while a third kills the processes.
 */
@ExtendWith(LeakCheck.class)
class StressTests {

    private static final Duration DURATION = Duration.ofSeconds(4);

    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    private final AtomicInteger ended = new AtomicInteger();

    private final AtomicInteger submitted = new AtomicInteger();

    private final AtomicInteger died = new AtomicInteger();

    private final AtomicBoolean over = new AtomicBoolean();

    @Test
    void everyFutureEndsOnceAndRightlyWhileProcessesAreKilled() throws Exception {
        long until = System.nanoTime() + DURATION.toNanos();
        try (LogCapture log = new LogCapture("dev.futures");
                ProcessPoolExecutor pool = Pools.builder(2).restartLimit(10_000).build()) {
            List<Thread> threads = new ArrayList<>();
            threads.add(start(() -> submitUntil(until, pool, new Random(1))));
            threads.add(start(() -> submitUntil(until, pool, new Random(2))));
            Thread killer = start(() -> killSometimes(until, pool, new Random(3)));
            for (Thread thread : threads) {
                thread.join();
            }
            this.over.set(true);
            killer.join();
            assertThat(this.failure).hasValue(null);
            assertThat(pool.awaitQuiescence(Await.PATIENCE)).isTrue();
            assertThat(this.ended).hasValue(this.submitted.get());
            PoolStatistics statistics = pool.statistics();
            assertThat(statistics.state()).isEqualTo(PoolState.RUNNING);
            assertThat(statistics.tasks().submitted()).isEqualTo(this.submitted.get());
            assertThat(statistics.tasks().failed()).isEqualTo(this.died.get());
            assertThat(statistics.restarts()).isPositive();
            // the last kill may not have been noticed yet
            Await.until("the pool works", () -> works(pool));
            assertThat(log.messages()).isNotEmpty();
        }
    }

    /** On a busy machine it may take longer until a first process has died. */
    private static boolean goesOn(long until, ProcessPoolExecutor pool) {
        long nanosLeft = until - System.nanoTime();
        return nanosLeft > 0 || (pool.statistics().restarts() == 0 && nanosLeft > -Await.PATIENCE.toNanos());
    }

    private static boolean works(ProcessPoolExecutor pool) {
        try {
            return pool.submit(() -> 1).exception(Await.PATIENCE) == null;
        }
        catch (Exception ex) {
            throw new AssertionError(ex);
        }
    }

    private Thread start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            }
            catch (Throwable ex) {
                this.failure.set(ex);
            }
        });
        thread.start();
        return thread;
    }

    private interface Work {

        void run() throws Exception;

    }

    private void submitUntil(long until, ProcessPoolExecutor pool, Random random) throws Exception {
        while (goesOn(until, pool)) {
            List<Future<String>> futures = new ArrayList<>();
            List<String> expected = new ArrayList<>();
            AtomicLong callbacks = new AtomicLong();
            for (int i = random.nextInt(20); i >= 0; i--) {
                String text = "x".repeat(random.nextInt(random.nextInt(10) == 0 ? 200_000 : 100));
                Future<String> future = pool.submit(() -> text + "!");
                this.submitted.incrementAndGet();
                future.addDoneCallback((done) -> {
                    callbacks.incrementAndGet();
                    this.ended.incrementAndGet();
                });
                futures.add(future);
                expected.add(text + "!");
            }
            for (int i = 0; i < futures.size(); i++) {
                check(futures.get(i), expected.get(i));
            }
            Await.until("all callbacks have run", () -> callbacks.get() == futures.size());
        }
    }

    private void check(Future<String> future, String expected) throws Exception {
        Throwable thrown = future.exception(Await.PATIENCE);
        if (thrown == null) {
            assertThat(future.result()).isEqualTo(expected);
        }
        else {
            assertThat(thrown).isInstanceOf(WorkerDiedException.class);
            this.died.incrementAndGet();
        }
    }

    /**
     * Not longer than tasks are submitted: pauses grow while processes are killed before
     * they are ready, so that nothing might end as long as that goes on.
     */
    private void killSometimes(long until, ProcessPoolExecutor pool, Random random) throws Exception {
        while (!this.over.get() && goesOn(until, pool)) {
            Await.happens(Duration.ofMillis(random.nextInt(150)), this.over::get);
            List<WorkerStatistics> workers = pool.statistics().workers();
            if (!workers.isEmpty()) {
                WorkerStatistics worker = workers.get(random.nextInt(workers.size()));
                Long pid = worker.pid();
                // in the end one that is ready has to die
                if (pid != null && (System.nanoTime() - until < 0 || worker.task() != null)) {
                    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
                }
            }
        }
    }

}
