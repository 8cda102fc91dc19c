// SPDX-License-Identifier: Apache-2.0

package dev.futures.benchmarks.processes;

import java.util.concurrent.TimeUnit;

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
 * From the decision to start a worker until it is ready for tasks. The limit is a JVM
 * that is started in the same way, connects and says hello.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 6)
@Fork(1)
public class WorkerStart {

    /** Who starts it, and whether it has a cache made for it. */
    @Param({ "futures", "futures-uncached", "bare-jvm", "bare-jvm-cached" })
    public String contestant = "futures";

    /** How the application was started, and so its workers. */
    @Param({ "class-path", "boot-jar" })
    public String launch = "class-path";

    private DrivenApplication application;

    /**
     * Starts the application.
     * @throws Exception if it does not start
     */
    @Setup(Level.Trial)
    public void launch() throws Exception {
        this.application = new DrivenApplication(this.launch, this.contestant);
    }

    /**
     * Ends the application.
     * @throws Exception if it does not end
     */
    @TearDown(Level.Trial)
    public void end() throws Exception {
        this.application.close();
    }

    /** Ends the worker. */
    @TearDown(Level.Invocation)
    public void stop() {
        this.application.ask("stop");
    }

    /**
     * Starts a worker.
     * @return the answer
     */
    @Benchmark
    public Object ready() {
        return this.application.ask("start");
    }

}
