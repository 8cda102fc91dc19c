// SPDX-License-Identifier: Apache-2.0

package dev.futures.thread;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import dev.futures.Task;
import dev.futures.TaskAction;
import dev.futures.pool.WorkItem;
import dev.futures.pool.Worker;
import org.jspecify.annotations.Nullable;

/**
 * A worker that runs its tasks in its own thread.
 */
final class ThreadWorker extends Worker {

    private static final Logger logger = System.getLogger("dev.futures");

    private final @Nullable TaskAction initializer;

    private final ReentrantLock lock = new ReentrantLock();

    /** The item that an interrupt would hit. */
    @GuardedBy("lock")
    private @Nullable WorkItem<?> interruptible;

    // volatile: set by whoever wakes the worker, cleared by the worker
    private volatile boolean woken;

    ThreadWorker(Seat seat, @Nullable TaskAction initializer) {
        super(seat);
        this.initializer = initializer;
    }

    ThreadWorker(Seat seat, ThreadFactory threads, @Nullable TaskAction initializer) {
        super(seat, threads);
        this.initializer = initializer;
    }

    @Override
    protected void work() {
        if (!initialize()) {
            return;
        }
        while (!isRetired()) {
            WorkItem<?> item = take();
            if (item != null) {
                run(item);
            }
            else if (!isRetired()) {
                waitForItem();
            }
        }
    }

    private boolean initialize() {
        if (this.initializer == null) {
            return true;
        }
        try {
            this.initializer.run();
            return true;
        }
        catch (Throwable ex) {
            logger.log(Level.ERROR, "exception in initializer of " + name(), ex);
            breakPool("a thread initializer failed, the thread pool is not usable anymore", ex);
            return false;
        }
    }

    private void waitForItem() {
        long keepAlive = keepAliveNanos();
        long idleSince = System.nanoTime();
        while (assigned() == null && !this.woken) {
            long left = keepAlive - (System.nanoTime() - idleSince);
            if (left <= 0 && retireIfIdle()) {
                return;
            }
            LockSupport.parkNanos(this, left);
            // a stray interrupt would turn this loop into a spin
            Thread.interrupted();
        }
        this.woken = false;
    }

    private <T extends @Nullable Object> void run(WorkItem<T> item) {
        interruptible(item);
        if (!begin(item)) {
            interruptible(null);
            end();
            return;
        }
        Runnable completion = call(item);
        interruptible(null);
        finish(item, completion);
    }

    /** Runs the task; returns what completes its future. */
    private static <T extends @Nullable Object> Runnable call(WorkItem<T> item) {
        Task<T> task = item.task();
        if (task == null) {
            return () -> {
            };
        }
        try {
            T result = task.call();
            return () -> item.complete(result);
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
