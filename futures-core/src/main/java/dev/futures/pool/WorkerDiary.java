// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
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

    private static final VarHandle ACTIVITY = Fields.of(MethodHandles.lookup(), "activity", Object.class);

    private final AtomicLong tasksDone = new AtomicLong();

    private final AtomicLong restarts = new AtomicLong();

    private final long startedAt = System.nanoTime();

    // volatile: read by anybody; an Activity, or the item that the worker has begun,
    // which it keeps until it begins another one or has none
    private volatile Object activity = Activity.now(WorkerStatistics.State.STARTING);

    void does(WorkerStatistics.State state) {
        this.activity = Activity.now(state);
    }

    void begins(WorkItem<?> item) {
        ACTIVITY.setRelease(this, item);
    }

    /** By the worker's thread alone. */
    void taskDone() {
        this.tasksDone.setRelease(this.tasksDone.getPlain() + 1);
    }

    void restarted() {
        this.restarts.incrementAndGet();
    }

    /** Returns what is known now. */
    WorkerStatistics statistics(String name, @Nullable ProcessStatistics process, Instant now, long nanoTime) {
        // read once: what the row says is of one task
        Object entry = this.activity;
        Activity doing = Activity.of(entry);
        return new WorkerStatistics(name, doing.state(), now.minusNanos(nanoTime - doing.since()),
                now.minusNanos(nanoTime - this.startedAt), (doing.taskId() > 0) ? doing.taskId() : null, doing.task(),
                (entry instanceof WorkItem<?> item) ? item.progress() : null, this.tasksDone.get(), this.restarts.get(),
                process);
    }

}
