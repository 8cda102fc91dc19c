// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.time.Instant;
import java.util.function.Consumer;

import dev.futures.Outcome;
import dev.futures.PoolListener.TaskListener;
import dev.futures.ProcessStatistics;
import dev.futures.TaskStatistics;
import org.jspecify.annotations.Nullable;

/**
 * Those who are told what becomes of one item, and when it was submitted and started.
 */
final class ItemListeners {

    private final PoolListeners pool;

    private final @Nullable TaskListener[] listeners;

    private final long submittedAt = System.nanoTime();

    // volatile: written by the thread that starts the item, read by anybody
    private volatile long startedAt;

    ItemListeners(PoolListeners pool, @Nullable TaskListener[] listeners) {
        this.pool = pool;
        this.listeners = listeners;
    }

    /** Returns since when the item has waited or run. */
    Instant since(TaskStatistics.State state, Instant now, long nanoTime) {
        boolean waits = state == TaskStatistics.State.WAITING || this.startedAt == 0;
        return now.minusNanos(nanoTime - (waits ? this.submittedAt : this.startedAt));
    }

    void rejected(RuntimeException rejection) {
        tell((listener) -> listener.rejected(rejection));
    }

    /**
     * Tells that the item is started: once, though its process may die before it has
     * begun, and another one gets it. One thread at a time.
     * @param worker what runs it, or {@code null} if the calling thread does
     */
    void started(@Nullable Worker worker) {
        if (this.startedAt != 0) {
            return;
        }
        this.startedAt = System.nanoTime();
        String runner = (worker != null) ? worker.name() : Thread.currentThread().getName();
        ProcessStatistics process = (worker != null) ? worker.process() : null;
        Long pid = (process != null) ? process.pid() : null;
        tell((listener) -> listener.started(runner, pid));
    }

    void ended(Outcome outcome, @Nullable Throwable failure) {
        tell((listener) -> listener.ended(outcome, failure));
    }

    private void tell(Consumer<TaskListener> event) {
        for (TaskListener listener : this.listeners) {
            if (listener != null) {
                try {
                    event.accept(listener);
                }
                catch (Throwable ex) {
                    this.pool.failed(listener, ex);
                }
            }
        }
    }

}
