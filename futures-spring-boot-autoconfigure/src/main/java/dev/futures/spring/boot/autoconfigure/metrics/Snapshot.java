// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure.metrics;

import java.time.Duration;
import java.util.function.LongSupplier;

import dev.futures.Executor;
import dev.futures.PoolState;
import dev.futures.PoolStatistics;
import org.jspecify.annotations.Nullable;

/**
 * The statistics of a pool, taken once for all the meters that are read in a row: to find
 * out how much memory processes take is to read files.
 */
final class Snapshot {

    /** Longer than it takes to read all meters, shorter than anybody can tell. */
    static final Duration MAX_AGE = Duration.ofMillis(500);

    private final Executor pool;

    private final Runnable terminated;

    private final LongSupplier nanoTime;

    // volatile: written and read by whoever reads meters
    private volatile @Nullable Taken last;

    /**
     * Creates a snapshot that is not taken yet.
     * @param terminated called when the pool turns out to have ended, maybe more than
     * once
     */
    Snapshot(Executor pool, Runnable terminated, LongSupplier nanoTime) {
        this.pool = pool;
        this.terminated = terminated;
        this.nanoTime = nanoTime;
    }

    PoolStatistics get() {
        Taken taken = this.last;
        if (taken != null && this.nanoTime.getAsLong() - taken.at() < MAX_AGE.toNanos()) {
            return taken.statistics();
        }
        PoolStatistics statistics = this.pool.statistics();
        this.last = new Taken(statistics, this.nanoTime.getAsLong());
        if (statistics.state() == PoolState.TERMINATED) {
            this.terminated.run();
        }
        return statistics;
    }

    private record Taken(PoolStatistics statistics, long at) {

    }

}
