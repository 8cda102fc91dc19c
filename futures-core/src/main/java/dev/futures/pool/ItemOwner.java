// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;

import dev.futures.Outcome;
import dev.futures.TaskTimeoutException;

/**
 * Whoever accepted an item.
 */
interface ItemOwner {

    String name();

    /** Has an action run once, later, by the clock that time limits go by. */
    default ScheduledFuture<?> schedule(Duration delay, Runnable action) {
        return TaskTimer.schedule(delay, action);
    }

    /** Gives each item its number that was left for it and not looked at since. */
    default void collect() {
    }

    /** Where items are whose tasks have returned without their results. */
    PendingItems pending();

    /** An item has run, or waited, for too long, and its future has failed for that. */
    default void timedOut(WorkItem<?> item, TaskTimeoutException failure) {
    }

    /** The outcome of an item is decided, and nobody sees it yet. */
    void ended(WorkItem<?> item, boolean wasRunning, Outcome outcome);

}
