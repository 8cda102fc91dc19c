// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

import dev.futures.ProcessStatistics;
import dev.futures.WorkerStatistics;
import org.jspecify.annotations.Nullable;

/**
 * What a worker does, and has done, for statistics. Written by the worker's thread or by
 * whoever hands it an item; read by anybody.
 */
final class WorkerDiary {

    private final AtomicLong tasksDone = new AtomicLong();

    private final AtomicLong restarts = new AtomicLong();

    private final long startedAt = System.nanoTime();

    private volatile Activity activity = Activity.now(WorkerStatistics.State.STARTING, null);

    void does(WorkerStatistics.State state) {
        this.activity = Activity.now(state, null);
    }

    void begins(WorkItem<?> item) {
        this.activity = Activity.now(WorkerStatistics.State.BUSY, item);
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
    WorkerStatistics statistics(String name, @Nullable ProcessStatistics process, @Nullable WorkItem<?> assigned,
            Instant now, long nanoTime) {
        Activity doing = this.activity;
        boolean busy = doing.state() == WorkerStatistics.State.BUSY;
        return new WorkerStatistics(name, doing.state(), now.minusNanos(nanoTime - doing.since()),
                now.minusNanos(nanoTime - this.startedAt), (doing.taskId() > 0) ? doing.taskId() : null, doing.task(),
                (busy && assigned != null) ? assigned.progress() : null, this.tasksDone.get(), this.restarts.get(),
                process);
    }

}
