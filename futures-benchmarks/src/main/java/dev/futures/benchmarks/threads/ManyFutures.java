// SPDX-License-Identifier: Apache-2.0

package dev.futures.benchmarks.threads;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import dev.futures.CloseableIterator;
import dev.futures.Future;
import dev.futures.Futures;
import dev.futures.Promise;
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
import org.openjdk.jmh.infra.Blackhole;

/**
 * A million futures that are awaited together, for each of them. The system has given the
 * JVM all of its heap beforehand: an invocation does not pay for memory that is touched
 * for the first time.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 1, time = 1)
@Measurement(iterations = 2, time = 1)
@Fork(value = 1, jvmArgsAppend = { "-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch" })
public class ManyFutures {

    private static final int FUTURES = 1_000_000;

    /**
     * Whether all of them are given at once, or a tenth of them ten times. What takes
     * time in proportion to their number takes the same time for each in both.
     */
    @Param({ "futures", "tenth" })
    public String contestant = "futures";

    /**
     * Whether the futures are done beforehand, or another thread completes them, the last
     * one first, while they are awaited.
     */
    @Param({ "done", "pending" })
    public String state = "done";

    private ExecutorService completer;

    private List<List<Promise<@Nullable Object>>> batches;

    /**
     * Starts the thread that completes futures.
     */
    @Setup(Level.Trial)
    public void start() {
        this.completer = Executors.newSingleThreadExecutor();
    }

    /**
     * Ends that thread.
     */
    @TearDown(Level.Trial)
    public void stop() {
        this.completer.shutdown();
    }

    /**
     * Makes new futures, for an invocation that takes about as long. The garbage of that
     * is collected here, or the invocation would pay for it.
     */
    @Setup(Level.Invocation)
    public void makeFutures() {
        int batches = this.contestant.equals("tenth") ? 10 : 1;
        this.batches = new ArrayList<>();
        for (int i = 0; i < batches; i++) {
            this.batches.add(promises(FUTURES / batches));
        }
        if (this.state.equals("done")) {
            this.batches.forEach(ManyFutures::complete);
        }
        System.gc();
    }

    /**
     * Waits for the futures.
     * @param blackhole takes what is returned
     * @throws InterruptedException never
     */
    @Benchmark
    @OperationsPerInvocation(FUTURES)
    public void waiting(Blackhole blackhole) throws InterruptedException {
        for (List<Promise<@Nullable Object>> batch : this.batches) {
            begin(batch);
            blackhole.consume(Futures.wait(batch));
        }
    }

    /**
     * Takes the futures as they are done.
     * @param blackhole takes the futures
     */
    @Benchmark
    @OperationsPerInvocation(FUTURES)
    public void asCompleted(Blackhole blackhole) {
        for (List<Promise<@Nullable Object>> batch : this.batches) {
            begin(batch);
            try (CloseableIterator<? extends Future<?>> completed = Futures.asCompleted(batch)) {
                completed.forEachRemaining(blackhole::consume);
            }
        }
    }

    private void begin(List<Promise<@Nullable Object>> batch) {
        if (this.state.equals("pending")) {
            this.completer.execute(() -> complete(batch));
        }
    }

    private static void complete(List<Promise<@Nullable Object>> promises) {
        for (int i = promises.size() - 1; i >= 0; i--) {
            promises.get(i).setResult(null);
        }
    }

    private static List<Promise<@Nullable Object>> promises(int number) {
        List<Promise<@Nullable Object>> promises = new ArrayList<>(number);
        for (int i = 0; i < number; i++) {
            promises.add(new Promise<>());
        }
        return Collections.unmodifiableList(promises);
    }

}
