// SPDX-License-Identifier: Apache-2.0

package dev.futures.benchmarks.processes;

import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.futures.Future;
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
 * Records of 100 bytes, each of which keeps one of two workers busy for about a
 * millisecond. It is an amount of work and not a time, so that what the parent takes from
 * the processors counts. The ideal is two workers of the same kind that have nothing to
 * wait for and nobody to talk to: each makes up half of the records for itself.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 6, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class RealWork {

    private static final int RECORDS = 2000;

    private static final int LENGTH = 100;

    private static final int WORKERS = 2;

    /** Steps that take about a millisecond. */
    private static final int STEPS = Integer.getInteger("futures.benchmarks.steps", 650_000);

    /** Who does the work. */
    @Param({ "futures", "ideal" })
    public String contestant = "futures";

    private Contestant running;

    /** Starts the workers. */
    @Setup(Level.Trial)
    public void start() {
        this.running = switch (this.contestant) {
            case "futures" -> new Pool();
            case "ideal" -> new Ideal();
            default -> throw new IllegalArgumentException("unknown contestant: " + this.contestant);
        };
    }

    /**
     * Ends the workers.
     * @throws Exception if they do not end
     */
    @TearDown(Level.Trial)
    public void stop() throws Exception {
        this.running.close();
    }

    /**
     * Works on all records.
     * @return the last result
     * @throws Exception if one fails
     */
    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public Object work() throws Exception {
        return this.running.run();
    }

    private static byte[] record(long seed) {
        byte[] record = new byte[LENGTH];
        new Random(seed).nextBytes(record);
        return record;
    }

    /** Each step needs the one before, so that no compiler can do without one. */
    private static byte[] work(byte[] input) {
        byte[] output = input.clone();
        long state = 1;
        for (int i = 0; i < STEPS; i++) {
            state ^= state << 13;
            state ^= state >>> 7;
            state ^= state << 17;
            output[(int) ((state >>> 33) % LENGTH)] ^= (byte) state;
        }
        return output;
    }

    private static byte[] workOn(int records) {
        byte[] last = {};
        for (int i = 0; i < records; i++) {
            last = work(record(i));
        }
        return last;
    }

    private static ProcessPoolExecutor newPool() {
        return ProcessPoolExecutor.builder().maxWorkers(WORKERS).maxHeap(BareProcess.MAX_HEAP).build();
    }

    private static final class Pool implements Contestant {

        private final ProcessPoolExecutor pool = newPool();

        private final List<byte[]> records = Stream.iterate(0L, (seed) -> seed + 1)
            .limit(RECORDS)
            .map(RealWork::record)
            .toList();

        @Override
        public Object run() {
            byte[] last = {};
            for (Iterator<byte[]> results = this.pool.map(RealWork::work, this.records); results.hasNext();) {
                last = results.next();
            }
            return last;
        }

        @Override
        public void close() {
            this.pool.close();
        }

    }

    private static final class Ideal implements Contestant {

        private final ProcessPoolExecutor pool = newPool();

        @Override
        public Object run() throws Exception {
            Future<byte[]> other = this.pool.submit(() -> workOn(RECORDS / WORKERS));
            Future<byte[]> one = this.pool.submit(() -> workOn(RECORDS / WORKERS));
            return one.result().length + other.result().length;
        }

        @Override
        public void close() {
            this.pool.close();
        }

    }

}
