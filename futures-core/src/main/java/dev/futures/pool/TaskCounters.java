// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.util.EnumMap;
import java.util.Map;
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

    private final Map<Outcome, LongAdder> ended = new EnumMap<>(Outcome.class);

    TaskCounters() {
        for (Outcome outcome : Outcome.values()) {
            this.ended.put(outcome, new LongAdder());
        }
    }

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
        return new PoolStatistics.TaskCounts(this.submitted.sum(), sum(Outcome.SUCCEEDED), sum(Outcome.FAILED),
                sum(Outcome.CANCELLED), sum(Outcome.TIMED_OUT), this.rejected.sum());
    }

    private long sum(Outcome outcome) {
        return adder(outcome).sum();
    }

    private LongAdder adder(Outcome outcome) {
        LongAdder adder = this.ended.get(outcome);
        if (adder == null) {
            throw new IllegalArgumentException("unknown outcome: " + outcome);
        }
        return adder;
    }

}
