// SPDX-License-Identifier: Apache-2.0

package dev.futures.benchmarks.threads;

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
 * One task at a time, which does nothing: it is submitted to an idle pool, and awaited.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = { "-Xms1g", "-Xmx1g" })
public class RoundTrip {

    /** So many that it does not matter what it takes to tell Python. */
    private static final int TASKS = 1000;

    /**
     * What the tasks are submitted to.
     */
    @Param({ "futures", "jdk", "supplyAsync", "forkJoin", "virtual", "python" })
    public String contestant = "futures";

    private Load load;

    /**
     * Starts the pool.
     * @throws Exception if the contestant is not there
     */
    @Setup(Level.Trial)
    public void start() throws Exception {
        this.load = this.contestant.equals("python") ? new PythonLoad("round_trips " + TASKS)
                : new JavaLoad(Submitting.of(this.contestant));
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
     * Submits a task and awaits it, again and again.
     * @return the last result
     * @throws Exception never
     */
    @Benchmark
    @OperationsPerInvocation(TASKS)
    public @Nullable Object roundTrip() throws Exception {
        return this.load.run();
    }

    private record JavaLoad(Submitting pool) implements Load {

        @Override
        public @Nullable Object run() throws Exception {
            Object last = null;
            for (int i = 0; i < TASKS; i++) {
                last = this.pool.submit().get();
            }
            return last;
        }

        @Override
        public void close() {
            this.pool.close();
        }

    }

}
