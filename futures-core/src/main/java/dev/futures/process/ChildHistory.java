// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

import dev.futures.ProcessStatistics;
import org.jspecify.annotations.Nullable;

/**
 * What a child has done so far, for statistics. Written by the worker's thread, read by
 * any.
 */
final class ChildHistory {

    private final Instant startedAt = Instant.now();

    private final AtomicLong tasksDone = new AtomicLong();

    private volatile @Nullable HeapUse heapUse;

    void taskDone() {
        this.tasksDone.incrementAndGet();
    }

    void heapUse(HeapUse use) {
        this.heapUse = use;
    }

    /**
     * Returns what is known, but for the resident memory.
     * @param maxTasks after how many tasks the child is replaced, or 0
     */
    ProcessStatistics statistics(long pid, int maxTasks) {
        HeapUse heap = this.heapUse;
        return new ProcessStatistics(pid, this.startedAt, this.tasksDone.get(), maxTasks, null,
                (heap != null) ? heap.used() : null, (heap != null) ? heap.max() : null);
    }

}
