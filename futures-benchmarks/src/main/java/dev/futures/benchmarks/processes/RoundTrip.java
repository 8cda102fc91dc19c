// SPDX-License-Identifier: Apache-2.0

package dev.futures.benchmarks.processes;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

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
 * From the submission of a task that does nothing to its result, one after the other,
 * with one worker. The limit is a message that goes to another JVM and back over the same
 * kind of socket, with one thread on each side that blocks.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 2, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class RoundTrip {

    private static final int TRIPS = 1000;

    /** Who makes the round trips. */
    @Param({ "futures", "ping-pong", "python" })
    public String contestant = "futures";

    /** On which processors parent and child run. */
    @Param({ "free", "shared", "apart" })
    public String placement = "free";

    private Contestant running;

    /**
     * Starts the child and puts it in its place.
     * @throws Exception if it does not start
     */
    @Setup(Level.Trial)
    public void start() throws Exception {
        Placement place = Placement.valueOf(this.placement.toUpperCase(Locale.ROOT));
        this.running = switch (this.contestant) {
            case "futures" -> new Pool(place);
            case "ping-pong" -> new PingPong(place);
            case "python" -> new PythonPool(1, place, "round_trips " + TRIPS);
            default -> throw new IllegalArgumentException("unknown contestant: " + this.contestant);
        };
    }

    /**
     * Ends the child.
     * @throws Exception if it does not end
     */
    @TearDown(Level.Trial)
    public void stop() throws Exception {
        this.running.close();
    }

    /**
     * Makes round trips.
     * @return the last answer
     * @throws Exception if one fails
     */
    @Benchmark
    @OperationsPerInvocation(TRIPS)
    public Object roundTrips() throws Exception {
        return this.running.run();
    }

    private static final class Pool implements Contestant {

        private final ProcessPoolExecutor pool = ProcessPoolExecutor.builder()
            .maxWorkers(1)
            .maxHeap(BareProcess.MAX_HEAP)
            .build();

        private final Placement place;

        Pool(Placement place) throws Exception {
            this.place = place;
            place.settle(this.pool.submit(() -> ProcessHandle.current().pid()).result());
        }

        @Override
        public Object run() throws Exception {
            Boolean last = null;
            for (int i = 0; i < TRIPS; i++) {
                last = this.pool.submit(() -> true).result();
            }
            return last;
        }

        @Override
        public void close() throws Exception {
            this.pool.close();
            this.place.leave();
        }

    }

    private static final class PingPong implements Contestant {

        private final BareProcess process = BareProcess.start();

        private final Placement place;

        PingPong(Placement place) throws Exception {
            this.place = place;
            place.settle(this.process.pid());
        }

        @Override
        public Object run() throws Exception {
            ByteBuffer last = null;
            for (int i = 0; i < TRIPS; i++) {
                last = this.process.roundTrip();
            }
            return last;
        }

        @Override
        public void close() throws Exception {
            this.process.close();
            this.place.leave();
        }

    }

}
