// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.util.concurrent.atomic.LongAdder;

import dev.futures.Outcome;
import dev.futures.PoolStatistics;

/**
 * Counts what became of tasks and workers. Safe for use by multiple threads.
 */
final class TaskCounters {

    private final LongAdder submitted = new LongAdder();

    private final LongAdder rejected = new LongAdder();

    private final LongAdder restarts = new LongAdder();

    private final LongAdder succeeded = new LongAdder();

    private final LongAdder failed = new LongAdder();

    private final LongAdder cancelled = new LongAdder();

    private final LongAdder timedOut = new LongAdder();

    void submitted() {
        this.submitted.increment();
    }

    void rejected() {
        this.rejected.increment();
    }

    /** Takes back a {@link #submitted}. */
    void notSubmitted() {
        this.submitted.decrement();
        rejected();
    }

    void ended(Outcome outcome) {
        adder(outcome).increment();
    }

    void restarted() {
        this.restarts.increment();
    }

    long restarts() {
        return this.restarts.sum();
    }

    PoolStatistics.TaskCounts snapshot() {
        return snapshot(this.submitted.sum());
    }

    /** For those who count what is submitted themselves. */
    PoolStatistics.TaskCounts snapshot(long allSubmitted) {
        return new PoolStatistics.TaskCounts(allSubmitted, this.succeeded.sum(), this.failed.sum(),
                this.cancelled.sum(), this.timedOut.sum(), this.rejected.sum());
    }

    private LongAdder adder(Outcome outcome) {
        return switch (outcome) {
            case SUCCEEDED -> this.succeeded;
            case FAILED -> this.failed;
            case CANCELLED -> this.cancelled;
            case TIMED_OUT -> this.timedOut;
        };
    }

}
