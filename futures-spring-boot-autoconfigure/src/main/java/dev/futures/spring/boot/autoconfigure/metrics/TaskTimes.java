// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure.metrics;

import dev.futures.Outcome;
import dev.futures.PoolListener;
import org.jspecify.annotations.Nullable;

/**
 * Takes the times of one task.
 */
final class TaskTimes implements PoolListener.TaskListener {

    private final PoolMeters meters;

    private final long submittedAt = System.nanoTime();

    // volatile: written by the thread that starts the task, read by the one that decides
    // how it ends
    private volatile long startedAt;

    TaskTimes(PoolMeters meters) {
        this.meters = meters;
    }

    @Override
    public void started(String runner, @Nullable Long pid) {
        long now = System.nanoTime();
        this.startedAt = now;
        this.meters.waited(now - this.submittedAt);
    }

    /** What was not started did not run, and is in no timer. */
    @Override
    public void ended(Outcome outcome, @Nullable Throwable failure) {
        long startTime = this.startedAt;
        if (startTime != 0) {
            this.meters.ran(outcome, System.nanoTime() - startTime);
        }
    }

}
