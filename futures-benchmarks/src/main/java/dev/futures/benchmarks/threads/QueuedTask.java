// SPDX-License-Identifier: Apache-2.0

package dev.futures.benchmarks.threads;

import java.lang.management.ManagementFactory;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How much memory a task takes that waits for a worker, its future included. All tasks
 * are the same object, so none of it is the user's. The serial collector leaves nothing
 * behind that nobody can reach.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(value = 5, jvmArgsAppend = { "-Xms1g", "-Xmx1g", "-XX:+UseSerialGC" })
public class QueuedTask {

    private static final int TASKS = 1_000_000;

    /**
     * What the tasks are submitted to.
     */
    @Param({ "futures", "jdk", "supplyAsync" })
    public String contestant = "futures";

    private Submitting pool;

    private final CountDownLatch end = new CountDownLatch(1);

    /**
     * Starts the pool and keeps its workers busy.
     * @throws InterruptedException never
     */
    @Setup(Level.Trial)
    public void start() throws InterruptedException {
        this.pool = Submitting.of(this.contestant);
        CountDownLatch busy = new CountDownLatch(Submitting.WORKERS);
        for (int i = 0; i < Submitting.WORKERS; i++) {
            this.pool.execute(() -> {
                busy.countDown();
                awaitEnd();
            });
        }
        busy.await();
    }

    private void awaitEnd() {
        try {
            this.end.await();
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Lets the workers run what has been submitted.
     */
    @TearDown(Level.Trial)
    public void stop() {
        this.end.countDown();
        this.pool.close();
    }

    /**
     * Submits tasks that no worker has time for. The time that this takes is of no
     * interest.
     * @param held is told the result
     */
    @Benchmark
    public void held(Held held) {
        long before = used();
        for (int i = 0; i < TASKS; i++) {
            this.pool.submit();
        }
        held.bytes = (double) (used() - before) / TASKS;
    }

    /** Some of what is unreachable is let go by one collection and taken by the next. */
    private static long used() {
        long used = Long.MAX_VALUE;
        long before;
        do {
            before = used;
            System.gc();
            used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        }
        while (used < before);
        return used;
    }

    /**
     * The result.
     */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Held {

        /**
         * Bytes for each task.
         */
        public double bytes;

    }

}
