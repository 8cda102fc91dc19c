// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import dev.futures.BrokenExecutorException;
import dev.futures.PoolState;
import org.jspecify.annotations.Nullable;

/**
 * How a pool pauses, grows and shrinks, shuts down and breaks, and how one waits for it.
 */
final class Lifecycle {

    private static final Logger logger = System.getLogger("dev.futures");

    private final Pool pool;

    Lifecycle(Pool pool) {
        this.pool = pool;
    }

    /** Accepts no more tasks; see {@code Executor.shutdown}. */
    void shutdown(boolean cancelFutures) {
        List<WorkItem<?>> cancelled;
        List<Worker> hired;
        this.pool.lock.lock();
        try {
            if (this.pool.state() == PoolState.RUNNING || this.pool.state() == PoolState.PAUSED) {
                this.pool.state(PoolState.SHUTTING_DOWN);
            }
            cancelled = cancelFutures ? removeUnended() : List.of();
            hired = this.pool.hireForQueue();
            this.pool.endIfEmpty();
            this.pool.wakeAll();
        }
        finally {
            this.pool.lock.unlock();
        }
        // refused by those that are running
        cancelled.forEach(WorkItem::cancel);
        hired.forEach(this.pool::start);
    }

    /** Pauses, so that workers leave as they finish and tasks only wait; or resumes. */
    void change(PoolState from, PoolState to) {
        List<Worker> hired = List.of();
        this.pool.lock.lock();
        try {
            if (this.pool.state() == from) {
                this.pool.state(to);
                hired = (to == PoolState.RUNNING) ? this.pool.hireForQueue() : hired;
                this.pool.wakeAll();
            }
        }
        finally {
            this.pool.lock.unlock();
        }
        hired.forEach(this.pool::start);
    }

    /** Sets how many workers there may be; those too many leave as they finish. */
    void resize(int maxWorkers) {
        List<Worker> hired;
        this.pool.lock.lock();
        try {
            this.pool.staff.resize(maxWorkers);
            hired = this.pool.hireForQueue();
            this.pool.announce();
        }
        finally {
            this.pool.lock.unlock();
        }
        hired.forEach(this.pool::start);
    }

    /**
     * Breaks the pool, unless it is broken already or has ended.
     * @param finder the worker that has found out, if one has; one of a time when the
     * pool was broken before does no harm
     */
    void breakDown(@Nullable Worker finder, String message, @Nullable Throwable cause) {
        BrokenExecutorException broken = this.pool.crew().broken(message, cause);
        List<WorkItem<?>> waiting;
        List<Worker> serving;
        this.pool.lock.lock();
        try {
            if (this.pool.state() == PoolState.BROKEN || this.pool.state() == PoolState.TERMINATED
                    || (finder != null && this.pool.staff.isFormer(finder))) {
                return;
            }
            this.pool.breakBy(broken);
            this.pool.news
                .add(() -> logger.log(Level.ERROR, "pool '" + this.pool.name() + "' is broken: " + message, cause));
            this.pool.news.add(() -> this.pool.listeners.poolBroken(broken));
            waiting = this.pool.queue.removeAll();
            serving = this.pool.staff.serving();
            this.pool.wakeAll();
        }
        finally {
            this.pool.lock.unlock();
        }
        this.pool.news.tell();
        // every future gets an exception of its own: stack traces and suppressed ones
        // differ
        waiting.forEach((item) -> item.completeExceptionally(this.pool.crew().broken(message, cause)));
        serving.forEach((worker) -> worker.poolBroke(this.pool.crew().broken(message, cause)));
    }

    /** Cancels all tasks, those that run included. */
    void cancelAll() {
        List<WorkItem<?>> items;
        this.pool.lock.lock();
        try {
            items = removeUnended();
            this.pool.endIfEmpty();
            this.pool.announce();
        }
        finally {
            this.pool.lock.unlock();
        }
        items.forEach((item) -> item.cancel(true));
    }

    /** Empties the queue; returns what was in it and what runs. */
    @GuardedBy("pool.lock")
    private List<WorkItem<?>> removeUnended() {
        List<WorkItem<?>> items = this.pool.queue.removeAll();
        items.addAll(this.pool.staff.assigned());
        items.addAll(this.pool.inCallers.keySet());
        items.addAll(this.pool.pending.all());
        return items;
    }

    /** Waits until the pool has ended and no worker is left. */
    @SuppressWarnings("GuardedBy") // await asks with the lock held
    boolean awaitTermination(Duration timeout) throws InterruptedException {
        return this.pool.changed.await(timeout,
                () -> this.pool.staff.isEmpty() && this.pool.inCallers.isEmpty() && this.pool.pending.isEmpty()
                        && (this.pool.state() == PoolState.TERMINATED || this.pool.state() == PoolState.BROKEN));
    }

    /** Waits until no task waits and none runs. */
    @SuppressWarnings("GuardedBy") // await asks with the lock held
    boolean awaitQuiescence(Duration timeout) throws InterruptedException {
        return this.pool.changed.await(timeout, () -> this.pool.queue.size() == 0 && this.pool.inCallers.isEmpty()
                && this.pool.staff.isAtRest() && this.pool.pending.isEmpty());
    }

    /** Waits until no worker is left. */
    @SuppressWarnings("GuardedBy") // await asks with the lock held
    boolean awaitNoWorkers(Duration timeout) throws InterruptedException {
        return this.pool.changed.await(timeout, this.pool.staff::isEmpty);
    }

}
