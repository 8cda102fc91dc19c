// SPDX-License-Identifier: Apache-2.0

package dev.futures.benchmarks.threads;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Many tasks that do nothing: all of them are submitted, then all of them are awaited.
 * The score is the time from the first submission to the last result, for each task.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 2, time = 1)
@Fork(value = 1, jvmArgsAppend = { "-Xms1g", "-Xmx1g" })
public class Flood {

    private static final int TASKS = 100_000;

    /**
     * What the tasks are submitted to.
     */
    @Param({ "futures", "jdk", "supplyAsync", "forkJoin", "virtual", "python" })
    public String contestant = "futures";

    /**
     * How many threads share the tasks; each submits its own and awaits them. One is the
     * thread of the benchmark.
     */
    @Param({ "1", "4" })
    public int submitters = 1;

    private Load load;

    /**
     * Starts the pool and the submitting threads.
     * @throws Exception if the contestant is not there
     */
    @Setup(Level.Trial)
    public void start() throws Exception {
        this.load = this.contestant.equals("python") ? new PythonLoad("flood " + TASKS + " " + this.submitters)
                : new JavaLoad(Submitting.of(this.contestant), this.submitters);
    }

    /**
     * Ends what was started.
     * @throws Exception never
     */
    @TearDown(Level.Trial)
    public void stop() throws Exception {
        this.load.close();
    }

    /**
     * Submits the tasks and awaits them all.
     * @return the last result
     * @throws Exception never
     */
    @Benchmark
    @OperationsPerInvocation(TASKS)
    public @Nullable Object flood() throws Exception {
        return this.load.run();
    }

    private static final class JavaLoad implements Load {

        private final Submitting pool;

        private final List<Share> shares = new ArrayList<>();

        private final ExecutorService threads;

        private JavaLoad(Submitting pool, int submitters) {
            this.pool = pool;
            for (int i = 0; i < submitters; i++) {
                this.shares.add(new Share(pool, TASKS / submitters));
            }
            this.threads = Executors.newFixedThreadPool(submitters);
        }

        @Override
        public @Nullable Object run() throws Exception {
            if (this.shares.size() == 1) {
                return this.shares.get(0).call();
            }
            Object last = null;
            for (java.util.concurrent.Future<?> share : this.threads.invokeAll(this.shares)) {
                last = share.get();
            }
            return last;
        }

        @Override
        public void close() {
            this.threads.shutdown();
            this.pool.close();
        }

    }

}
