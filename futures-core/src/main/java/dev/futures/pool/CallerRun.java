// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import dev.futures.Task;
import dev.futures.TaskContext;
import org.jspecify.annotations.Nullable;

/**
 * One item that is run by the calling thread, which is not a worker. Stopping the item
 * interrupts that thread, but only while it runs the task.
 */
final class CallerRun {

    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private @Nullable Thread running = Thread.currentThread();

    @GuardedBy("lock")
    private boolean interrupted;

    private CallerRun() {
    }

    /** Runs the item and completes its future; does nothing if that is done. */
    static <T extends @Nullable Object> void run(WorkItem<T> item) {
        try {
            new CallerRun().execute(item);
        }
        catch (Throwable ex) {
            // not the task's: there is no room left on the stack, or in memory
            item.completeExceptionally(ex);
            throw ex;
        }
    }

    @SuppressWarnings("NullAway") // there is no result only if something was thrown
    private <T extends @Nullable Object> void execute(WorkItem<T> item) {
        Task<T> task = item.task();
        if (task == null) {
            return;
        }
        item.starts(null);
        if (!item.start(this::stop)) {
            return;
        }
        T result = null;
        Throwable thrown = null;
        Supplier<? extends @Nullable TaskContext> before = ItemContext.installFor(item);
        try {
            result = task.call();
            item.returned(result);
        }
        catch (Throwable ex) {
            thrown = ex;
        }
        ItemContext.restore(before);
        end();
        if (thrown != null) {
            item.completeExceptionally(thrown);
        }
        else {
            item.conclude(result);
        }
    }

    private void stop(WorkItem<?> item) {
        this.lock.lock();
        try {
            if (this.running != null) {
                this.interrupted = true;
                this.running.interrupt();
            }
        }
        finally {
            this.lock.unlock();
        }
    }

    /** The interrupt that was meant for the task must not outlive it. */
    private void end() {
        this.lock.lock();
        try {
            this.running = null;
            if (this.interrupted) {
                Thread.interrupted();
            }
        }
        finally {
            this.lock.unlock();
        }
    }

}
