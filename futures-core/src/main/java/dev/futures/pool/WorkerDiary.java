// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

import dev.futures.WorkerStatistics;
import org.jspecify.annotations.Nullable;

/**
 * What a worker does, and has done, for statistics. Written by the worker's thread or by
 * whoever hands it an item; read by anybody.
 */
final class WorkerDiary {

    private final AtomicLong tasksDone = new AtomicLong();

    private final AtomicLong restarts = new AtomicLong();

    private volatile Activity activity = Activity.now(WorkerStatistics.State.STARTING, null);

    void does(WorkerStatistics.State state, @Nullable String task) {
        this.activity = Activity.now(state, task);
    }

    void taskDone() {
        this.tasksDone.incrementAndGet();
    }

    void restarted() {
        this.restarts.incrementAndGet();
    }

    /**
     * Returns what is known now.
     * @param assigned the item that the worker was given and has not ended
     */
    WorkerStatistics statistics(String name, @Nullable Long pid, @Nullable WorkItem<?> assigned, Instant now,
            long nanoTime) {
        Activity doing = this.activity;
        boolean busy = doing.state() == WorkerStatistics.State.BUSY;
        return new WorkerStatistics(name, pid, doing.state(), doing.task(), now.minusNanos(nanoTime - doing.since()),
                this.tasksDone.get(), this.restarts.get(), (busy && assigned != null) ? assigned.progress() : null);
    }

}
