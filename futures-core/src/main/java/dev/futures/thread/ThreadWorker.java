// SPDX-License-Identifier: Apache-2.0

package dev.futures.thread;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import dev.futures.Task;
import dev.futures.pool.Seat;
import dev.futures.pool.WorkItem;
import dev.futures.pool.Worker;
import org.jspecify.annotations.Nullable;

/**
 * A worker that runs its tasks in its own thread, in the surroundings that its
 * {@link WorkerContext} makes. For authors of executors only.
 */
public final class ThreadWorker extends Worker {

    private static final Logger logger = System.getLogger("dev.futures");

    private final String initializerFailed;

    private final Function<String, ? extends WorkerContext> contexts;

    private final ReentrantLock lock = new ReentrantLock();

    /** The item that an interrupt would hit. */
    @GuardedBy("lock")
    private @Nullable WorkItem<?> interruptible;

    // volatile: set by whoever wakes the worker, cleared by the worker
    private volatile boolean woken;

    /**
     * Creates a worker.
     * @param seat its place in the pool
     * @param initializerFailed what to say when its context cannot be initialized
     * @param contexts creates the context, given the name of the worker; called by the
     * worker's thread
     */
    public ThreadWorker(Seat seat, String initializerFailed, Function<String, ? extends WorkerContext> contexts) {
        super(seat);
        this.initializerFailed = initializerFailed;
        this.contexts = contexts;
    }

    ThreadWorker(Seat seat, ThreadFactory threads, String initializerFailed,
            Function<String, ? extends WorkerContext> contexts) {
        super(seat, threads);
        this.initializerFailed = initializerFailed;
        this.contexts = contexts;
    }

    @Override
    protected void work() {
        // no field: whoever keeps a future keeps the worker, and must not keep more
        WorkerContext context = this.contexts.apply(name());
        try {
            if (initialize(context)) {
                serve(context);
            }
        }
        finally {
            close(context);
        }
    }

    private boolean initialize(WorkerContext context) {
        try {
            context.initialize();
            return true;
        }
        catch (Throwable ex) {
            logger.log(Level.ERROR, "exception in initializer of " + name(), ex);
            breakPool(this.initializerFailed, ex);
            return false;
        }
    }

    private void serve(WorkerContext context) {
        while (!isRetired()) {
            WorkItem<?> item = take();
            if (item != null) {
                run(item, context);
            }
            else if (!isRetired()) {
                waitForItem();
            }
        }
    }

    private void close(WorkerContext context) {
        // what was meant for a task, or done by a callback, must not disturb it
        Thread.interrupted();
        try {
            context.close();
        }
        catch (Throwable ex) {
            logger.log(Level.WARNING, "the context of " + name() + " could not be closed", ex);
        }
    }

    private void waitForItem() {
        long keepAlive = keepAliveNanos();
        long idleSince = System.nanoTime();
        while (assigned() == null && !this.woken) {
            long left = keepAlive - (System.nanoTime() - idleSince);
            if (left <= 0) {
                if (retireIfIdle()) {
                    return;
                }
                // one of those that stay has to wait for as long again, not to spin
                idleSince = System.nanoTime();
                left = keepAlive;
            }
            LockSupport.parkNanos(this, left);
            // a stray interrupt would turn this loop into a spin
            Thread.interrupted();
        }
        this.woken = false;
    }

    private <T extends @Nullable Object> void run(WorkItem<T> item, WorkerContext context) {
        item.starts(this);
        interruptible(item);
        if (!begin(item)) {
            interruptible(null);
            end();
            return;
        }
        Runnable completion = call(item, context);
        interruptible(null);
        finish(item, completion);
    }

    /** Runs the task; returns what completes its future. */
    private static <T extends @Nullable Object> Runnable call(WorkItem<T> item, WorkerContext context) {
        Task<T> task = item.task();
        if (task == null) {
            return () -> {
            };
        }
        try {
            T result = context.run(task, item.name());
            return item.returned(result);
        }
        catch (Throwable ex) {
            return () -> item.completeExceptionally(ex);
        }
    }

    /** Nothing that was meant for one item, or its callbacks, may interrupt the next. */
    private void interruptible(@Nullable WorkItem<?> item) {
        this.lock.lock();
        try {
            this.interruptible = item;
            Thread.interrupted();
        }
        finally {
            this.lock.unlock();
        }
    }

    @Override
    protected void handOver(WorkItem<?> item) {
        LockSupport.unpark(thread());
    }

    @Override
    protected void wakeUp() {
        this.woken = true;
        LockSupport.unpark(thread());
    }

    @Override
    protected void stop(WorkItem<?> item) {
        this.lock.lock();
        try {
            if (this.interruptible == item) {
                thread().interrupt();
            }
        }
        finally {
            this.lock.unlock();
        }
    }

    @Override
    protected void stopNow() {
        thread().interrupt();
    }

}
