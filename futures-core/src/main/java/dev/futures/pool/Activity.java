// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import dev.futures.WorkerStatistics;
import org.jspecify.annotations.Nullable;

/**
 * What a worker does, and since when.
 */
record Activity(WorkerStatistics.State state, @Nullable String task, long since) {

    static Activity now(WorkerStatistics.State state, @Nullable String task) {
        return new Activity(state, task, System.nanoTime());
    }

}
