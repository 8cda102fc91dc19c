// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import dev.futures.WorkerStatistics;
import org.jspecify.annotations.Nullable;

/**
 * What a worker does, and since when.
 */
record Activity(WorkerStatistics.State state, long taskId, @Nullable String task, long since) {

    static Activity now(WorkerStatistics.State state) {
        return new Activity(state, 0, null, System.nanoTime());
    }

    /** Returns what a diary says: an activity, or the item that is being run. */
    static Activity of(Object entry) {
        return (entry instanceof WorkItem<?> item)
                ? new Activity(WorkerStatistics.State.BUSY, item.id(), item.name(), item.startedAt())
                : (Activity) entry;
    }

}
