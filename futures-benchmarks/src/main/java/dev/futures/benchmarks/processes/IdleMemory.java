// SPDX-License-Identifier: Apache-2.0

package dev.futures.benchmarks.processes;

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
 * How much memory of a worker is resident that is ready and has nothing to do. The figure
 * is the counter; how long it takes to find out means nothing.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1, batchSize = 2)
@Fork(1)
public class IdleMemory {

    /** Who starts it, and whether it has a cache made for it. */
    @Param({ "futures", "futures-uncached", "bare-jvm", "bare-jvm-cached" })
    public String contestant = "futures";

    private DrivenApplication application;

    /**
     * Starts the application.
     * @throws Exception if it does not start
     */
    @Setup(Level.Trial)
    public void launch() throws Exception {
        this.application = new DrivenApplication("class-path", this.contestant);
    }

    /**
     * Ends the application.
     * @throws Exception if it does not end
     */
    @TearDown(Level.Trial)
    public void end() throws Exception {
        this.application.close();
    }

    /** Starts the worker. */
    @Setup(Level.Invocation)
    public void start() {
        this.application.ask("start");
    }

    /** Ends the worker. */
    @TearDown(Level.Invocation)
    public void stop() {
        this.application.ask("stop");
    }

    /**
     * Asks the system, until the answer does not change any more.
     * @param memory takes the answer
     */
    @Benchmark
    public void idle(Memory memory) {
        memory.resident.add(Double.parseDouble(this.application.ask("resident")) / 1024);
    }

    /** The figure. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Memory {

        private final Median resident = new Median();

        /** Forgets what there was before. */
        @Setup(Level.Iteration)
        public void clear() {
            this.resident.clear();
        }

        /**
         * Returns how much is resident.
         * @return the median, in MiB
         */
        public double residentMebibytes() {
            return this.resident.get();
        }

    }

}
