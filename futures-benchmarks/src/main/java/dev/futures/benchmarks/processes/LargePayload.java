// SPDX-License-Identifier: Apache-2.0

package dev.futures.benchmarks.processes;

import java.util.Random;
import java.util.concurrent.TimeUnit;

import dev.futures.Task;
import dev.futures.process.ProcessPoolExecutor;
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
 * Ten MiB to a worker and back.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 2, time = 1)
@Fork(1)
public class LargePayload {

    private static final int LENGTH = 10 * 1024 * 1024;

    private static final int TRIPS = 10;

    private static final long MAX_HEAP = 256 * 1024 * 1024;

    /** Who sends it. */
    @Param({ "futures", "python" })
    public String contestant = "futures";

    private Contestant running;

    /**
     * Starts the worker.
     * @throws Exception if it does not start
     */
    @Setup(Level.Trial)
    public void start() throws Exception {
        this.running = switch (this.contestant) {
            case "futures" -> new Pool();
            case "python" -> new PythonPool(1, Placement.FREE, "payloads " + TRIPS);
            default -> throw new IllegalArgumentException("unknown contestant: " + this.contestant);
        };
    }

    /**
     * Ends the worker.
     * @throws Exception if it does not end
     */
    @TearDown(Level.Trial)
    public void stop() throws Exception {
        this.running.close();
    }

    /**
     * Sends it there and back, a few times.
     * @return what came back last
     * @throws Exception if it does not come back
     */
    @Benchmark
    @OperationsPerInvocation(TRIPS)
    public Object thereAndBack() throws Exception {
        return this.running.run();
    }

    private static Task<byte[]> echo(byte[] payload) {
        return () -> payload;
    }

    private static final class Pool implements Contestant {

        private final ProcessPoolExecutor pool = ProcessPoolExecutor.builder().maxWorkers(1).maxHeap(MAX_HEAP).build();

        private final byte[] payload = new byte[LENGTH];

        Pool() {
            new Random(1).nextBytes(this.payload);
        }

        @Override
        public Object run() throws Exception {
            byte[] last = {};
            for (int i = 0; i < TRIPS; i++) {
                last = this.pool.submit(echo(this.payload)).result();
                if (last.length != LENGTH) {
                    throw new IllegalStateException("the payload did not come back");
                }
            }
            return last;
        }

        @Override
        public void close() {
            this.pool.close();
        }

    }

}
