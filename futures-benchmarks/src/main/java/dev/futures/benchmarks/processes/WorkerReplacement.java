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
 * From the death of a worker, which is killed while it runs a task, until the one that
 * replaces it has done a task; and from the creation of a pool until its first worker has
 * done one.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 6)
@Fork(1)
public class WorkerReplacement {

    /** Whether a worker is replaced, or one is started. */
    @Param({ "futures", "start" })
    public String contestant = "futures";

    private boolean replaces;

    private DrivenApplication application;

    /**
     * Starts the application.
     * @throws Exception if it does not start
     */
    @Setup(Level.Trial)
    public void launch() throws Exception {
        this.replaces = this.contestant.equals("futures");
        this.application = new DrivenApplication("class-path", "futures");
    }

    /**
     * Ends the application.
     * @throws Exception if it does not end
     */
    @TearDown(Level.Trial)
    public void end() throws Exception {
        this.application.close();
    }

    /** Starts the worker that is to be killed. */
    @Setup(Level.Invocation)
    public void occupy() {
        if (this.replaces) {
            this.application.ask("serve");
            this.application.ask("occupy");
        }
    }

    /** Ends the worker. */
    @TearDown(Level.Invocation)
    public void stop() {
        this.application.ask("stop");
    }

    /**
     * Kills a worker and has the next one do a task, or just the latter.
     * @return the answer
     */
    @Benchmark
    public Object serving() {
        return this.application.ask(this.replaces ? "kill" : "serve");
    }

}
