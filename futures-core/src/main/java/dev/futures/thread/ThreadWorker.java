// SPDX-License-Identifier: Apache-2.0

package dev.futures.thread;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

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

    private static final Object INTERRUPTED = new Object();

    private final String initializerFailed;

    private final Function<String, ? extends WorkerContext> contexts;

    /** Held while this thread is interrupted. */
    private final ReentrantLock interrupting = new ReentrantLock();

    /** The item that an interrupt would hit, or {@link #INTERRUPTED}. */
    private final AtomicReference<@Nullable Object> interruptible = new AtomicReference<>();

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
        // what was meant for a callback of the last one must not hit this one
        Thread.interrupted();
        // nobody stops an item that has not been begun
        this.interruptible.setRelease(item);
        if (!begin(item, false)) {
            uninterruptible(item);
            end();
            return;
        }
        Runnable completion = call(item, context);
        uninterruptible(item);
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

    /** What was meant for one item must not interrupt what comes after it. */
    private void uninterruptible(WorkItem<?> item) {
        if (!this.interruptible.compareAndSet(item, null)) {
            // whoever stops the item is doing so, or has done
            this.interrupting.lock();
            try {
                this.interruptible.set(null);
            }
            finally {
                this.interrupting.unlock();
            }
        }
        Thread.interrupted();
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
        this.interrupting.lock();
        try {
            if (this.interruptible.compareAndSet(item, INTERRUPTED)) {
                thread().interrupt();
            }
        }
        finally {
            this.interrupting.unlock();
        }
    }

    @Override
    protected void stopNow() {
        thread().interrupt();
    }

}
