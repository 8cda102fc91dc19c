// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import dev.futures.BrokenExecutorException;
import dev.futures.PoolState;
import dev.futures.QueueFullException;
import dev.futures.TaskAction;
import org.jspecify.annotations.Nullable;

/**
 * Has the threads that submit tasks run them: now and then when the queue is full, always
 * in an inline pool.
 */
final class Callers {

    private static final Logger logger = System.getLogger("dev.futures");

    private static final String INITIALIZER_FAILED = "an initializer failed, the inline pool is not usable anymore";

    /** More frames than taking note of an end needs, and smaller ones. */
    private static final int STACK_DEPTH = 200;

    private final Pool pool;

    private final Lifecycle lifecycle;

    private final ReentrantLock initializing = new ReentrantLock();

    /** What is left to do before the first task of an inline pool. */
    @GuardedBy("initializing")
    private @Nullable TaskAction initializer;

    Callers(Pool pool, Lifecycle lifecycle) {
        this.pool = pool;
        this.lifecycle = lifecycle;
        this.initializer = pool.settings().initializer();
    }

    /** Accepts an item of an inline pool and runs it. */
    void submit(WorkItem<?> item) {
        requireStack();
        this.pool.lock.lock();
        try {
            this.pool.ensureOpen();
            if (this.pool.state() == PoolState.PAUSED) {
                throw new QueueFullException("pool '" + this.pool.name()
                        + "' is paused, and as it is inline no task can wait in it; resume it");
            }
            this.pool.inCallers.put(item, Thread.currentThread());
            this.pool.accept(item);
        }
        catch (RejectedExecutionException | BrokenExecutorException ex) {
            this.pool.counters.rejected();
            throw ex;
        }
        finally {
            this.pool.lock.unlock();
        }
        try {
            Throwable cause = initialize();
            if (cause != null) {
                item.completeExceptionally(this.pool.crew().broken(INITIALIZER_FAILED, cause.getCause()));
            }
            CallerRun.run(item);
        }
        finally {
            ran(item);
        }
    }

    /**
     * Fails, if the stack is about to overflow, before there is anything to clean up:
     * what follows the task in this thread needs some of it too.
     */
    static void requireStack() {
        descend(STACK_DEPTH);
    }

    private static int descend(int frames) {
        return (frames > 0) ? 1 + descend(frames - 1) : 0;
    }

    /**
     * Runs the initializer unless it has been. Others wait: their tasks need what it
     * does, and if it fails must not run. It may itself submit.
     * @return what broke the pool, or {@code null}
     */
    private @Nullable Throwable initialize() {
        TaskAction first = null;
        this.initializing.lock();
        try {
            first = this.initializer;
            this.initializer = null;
            if (first != null) {
                first.run();
            }
        }
        catch (Throwable ex) {
            // for a pool that is healed
            this.initializer = first;
            logger.log(Level.ERROR, "exception in initializer of inline pool '" + this.pool.name() + "'", ex);
            this.lifecycle.breakDown(null, INITIALIZER_FAILED, ex);
            if (ex instanceof InterruptedException) {
                // meant for the submitter, whose thread this is
                Thread.currentThread().interrupt();
            }
        }
        finally {
            this.initializing.unlock();
        }
        return this.pool.whatBroke();
    }

    /** Has the calling thread run the item, which does nothing if that has ended. */
    void run(WorkItem<?> item) {
        try {
            CallerRun.run(item);
        }
        finally {
            ran(item);
        }
    }

    private void ran(WorkItem<?> item) {
        this.pool.lock.lock();
        try {
            this.pool.inCallers.remove(item);
            this.pool.endIfEmpty();
            this.pool.announce();
        }
        finally {
            this.pool.lock.unlock();
        }
    }

}
