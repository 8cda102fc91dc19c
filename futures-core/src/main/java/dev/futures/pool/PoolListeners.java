// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import dev.futures.BrokenExecutorException;
import dev.futures.PoolListener;
import dev.futures.PoolListener.TaskListener;
import dev.futures.TaskTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Those who are told what happens in one pool. What they throw does no harm. Never called
 * with the pool's lock held.
 */
final class PoolListeners {

    private static final Logger logger = System.getLogger("dev.futures");

    private final String pool;

    private final PoolListener[] listeners;

    private final AtomicBoolean warned = new AtomicBoolean();

    PoolListeners(String pool, List<PoolListener> listeners) {
        this.pool = pool;
        this.listeners = listeners.toArray(PoolListener[]::new);
    }

    /**
     * Tells of a task that is about to be accepted or rejected.
     * @return who keeps on telling of it, or {@code null} if nobody wants to know
     */
    @Nullable ItemListeners submitted(WorkItem<?> item) {
        @Nullable TaskListener @Nullable [] ofItem = null;
        for (int i = 0; i < this.listeners.length; i++) {
            TaskListener ofTask = submitted(this.listeners[i], item);
            if (ofTask != null) {
                ofItem = (ofItem != null) ? ofItem : new TaskListener[this.listeners.length];
                ofItem[i] = ofTask;
            }
        }
        return (ofItem != null) ? new ItemListeners(this, ofItem) : null;
    }

    private @Nullable TaskListener submitted(PoolListener listener, WorkItem<?> item) {
        try {
            return listener.taskSubmitted(this.pool, item);
        }
        catch (Throwable ex) {
            failed(listener, ex);
            return null;
        }
    }

    void rejected(WorkItem<?> item, RuntimeException rejection) {
        tell((listener) -> listener.taskRejected(this.pool, item, rejection));
    }

    void timedOut(WorkItem<?> item, TaskTimeoutException failure) {
        tell((listener) -> listener.taskTimedOut(this.pool, item, failure));
    }

    void workerDied(String worker, BrokenExecutorException death) {
        tell((listener) -> listener.workerDied(this.pool, worker, death));
    }

    void poolBroken(Throwable cause) {
        tell((listener) -> listener.poolBroken(this.pool, cause));
    }

    void poolHealed() {
        tell((listener) -> listener.poolHealed(this.pool));
    }

    private void tell(Consumer<PoolListener> event) {
        for (PoolListener listener : this.listeners) {
            try {
                event.accept(listener);
            }
            catch (Throwable ex) {
                failed(listener, ex);
            }
        }
    }

    /** Once: it would happen for each task. */
    void failed(Object listener, Throwable failure) {
        if (this.warned.compareAndSet(false, true)) {
            logger.log(Level.WARNING, "a listener of pool '" + this.pool + "' failed, which is said once: "
                    + listener.getClass().getName(), failure);
        }
    }

}
