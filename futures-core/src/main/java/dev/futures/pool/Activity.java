// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import dev.futures.WorkerStatistics;
import org.jspecify.annotations.Nullable;

/**
 * What a worker does, and since when.
 */
record Activity(WorkerStatistics.State state, long taskId, @Nullable String task, long since) {

    static Activity now(WorkerStatistics.State state, @Nullable WorkItem<?> item) {
        return new Activity(state, (item != null) ? item.id() : 0, (item != null) ? item.name() : null,
                System.nanoTime());
    }

}
