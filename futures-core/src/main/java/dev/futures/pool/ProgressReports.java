// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import dev.futures.TaskProgress;
import org.jspecify.annotations.Nullable;

/**
 * What a task has reported of its progress, and who wants to know. Safe for use by
 * multiple threads.
 */
final class ProgressReports {

    private static final Logger logger = System.getLogger("dev.futures");

    private final ReentrantLock lock = new ReentrantLock();

    /** A copy each time: those in it are called without the lock. */
    @GuardedBy("lock")
    private List<Consumer<? super TaskProgress>> listeners = List.of();

    @GuardedBy("lock")
    private boolean closed;

    // volatile: written with the lock held, read by anybody
    private volatile @Nullable TaskProgress latest;

    void addListener(Consumer<? super TaskProgress> listener) {
        Objects.requireNonNull(listener, "listener");
        this.lock.lock();
        try {
            if (!this.closed) {
                List<Consumer<? super TaskProgress>> more = new ArrayList<>(this.listeners);
                more.add(listener);
                this.listeners = more;
            }
        }
        finally {
            this.lock.unlock();
        }
    }

    void accept(TaskProgress progress) {
        List<Consumer<? super TaskProgress>> told;
        this.lock.lock();
        try {
            // the task may not have noticed that its future has ended
            if (this.closed) {
                return;
            }
            this.latest = progress;
            told = this.listeners;
        }
        finally {
            this.lock.unlock();
        }
        told.forEach((listener) -> tell(listener, progress));
    }

    private static void tell(Consumer<? super TaskProgress> listener, TaskProgress progress) {
        try {
            listener.accept(progress);
        }
        catch (Throwable ex) {
            logger.log(Level.ERROR, "exception in progress listener " + listener.getClass().getName(), ex);
        }
    }

    /** From now on nothing changes, and nobody is kept who wanted to know. */
    void close() {
        this.lock.lock();
        try {
            this.closed = true;
            this.listeners = List.of();
        }
        finally {
            this.lock.unlock();
        }
    }

    @Nullable TaskProgress latest() {
        return this.latest;
    }

}
