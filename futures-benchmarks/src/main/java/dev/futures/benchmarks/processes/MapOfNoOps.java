// SPDX-License-Identifier: Apache-2.0

package dev.futures.benchmarks.processes;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import dev.futures.MapOptions;
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
 * A function that does nothing, applied to many inputs by two workers.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 6, time = 1)
@Measurement(iterations = 2, time = 1)
@Fork(1)
public class MapOfNoOps {

    private static final int INPUTS = 20_000;

    private static final int WORKERS = 2;

    /** Who applies it. */
    @Param({ "futures", "python" })
    public String contestant = "futures";

    /** How many inputs make a task. */
    @Param({ "1", "100" })
    public int chunk = 1;

    private Contestant running;

    /**
     * Starts the workers.
     * @throws Exception if they do not start
     */
    @Setup(Level.Trial)
    public void start() throws Exception {
        this.running = switch (this.contestant) {
            case "futures" -> new Pool(this.chunk);
            case "python" -> new PythonPool(WORKERS, Placement.FREE, "map " + INPUTS + " " + this.chunk);
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
     * Applies the function to all inputs and takes all results.
     * @return the last result
     * @throws Exception if one fails
     */
    @Benchmark
    @OperationsPerInvocation(INPUTS)
    public Object map() throws Exception {
        return this.running.run();
    }

    private static final class Pool implements Contestant {

        private final ProcessPoolExecutor pool = ProcessPoolExecutor.builder()
            .maxWorkers(WORKERS)
            .maxHeap(BareProcess.MAX_HEAP)
            .build();

        private final List<Integer> inputs = IntStream.range(0, INPUTS).boxed().toList();

        private final MapOptions options;

        Pool(int chunk) {
            this.options = MapOptions.defaults().withChunkSize(chunk);
        }

        @Override
        public Object run() {
            Integer last = null;
            for (Iterator<Integer> results = this.pool.map(MapOfNoOps::same, this.inputs, this.options); results
                .hasNext();) {
                last = results.next();
            }
            return last;
        }

        @Override
        public void close() {
            this.pool.close();
        }

    }

    private static Integer same(Integer input) {
        return input;
    }

}
