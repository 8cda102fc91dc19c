// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

import com.google.errorprone.annotations.concurrent.GuardedBy;

/**
 * The items of an executor whose tasks have returned and whose results are still to come:
 * no thread has them, but they run. An item stays until its callbacks have run, so that
 * whoever waits for the executor finds the future done. Safe for use by multiple threads.
 */
final class PendingItems {

    private final ReentrantLock lock;

    private final Runnable removed;

    @GuardedBy("lock")
    private final Set<WorkItem<?>> items = new LinkedHashSet<>();

    /** Who is completing the future of an item. */
    @GuardedBy("lock")
    private final Map<WorkItem<?>, Thread> ending = new HashMap<>();

    /**
     * Creates an empty set.
     * @param lock the executor's lock
     * @param removed what to do when an item is gone, called with the lock held
     */
    PendingItems(ReentrantLock lock, Runnable removed) {
        this.lock = lock;
        this.removed = removed;
    }

    /**
     * Adds an item, which already tells that it is pending, unless its outcome is decided
     * and nobody would remove it any more.
     * @return whether it was added
     */
    boolean add(WorkItem<?> item) {
        this.lock.lock();
        try {
            return !item.isDecided() && this.items.add(item);
        }
        finally {
            this.lock.unlock();
        }
    }

    /** The outcome is decided: the calling thread completes the future. */
    void ending(WorkItem<?> item) {
        this.lock.lock();
        try {
            if (this.items.contains(item)) {
                this.ending.put(item, Thread.currentThread());
            }
        }
        finally {
            this.lock.unlock();
        }
    }

    /** The future is done and its callbacks have run. */
    void ended(WorkItem<?> item) {
        this.lock.lock();
        try {
            this.ending.remove(item);
            if (this.items.remove(item)) {
                this.removed.run();
            }
        }
        finally {
            this.lock.unlock();
        }
    }

    boolean isEmpty() {
        this.lock.lock();
        try {
            return this.items.isEmpty();
        }
        finally {
            this.lock.unlock();
        }
    }

    List<WorkItem<?>> all() {
        this.lock.lock();
        try {
            return new ArrayList<>(this.items);
        }
        finally {
            this.lock.unlock();
        }
    }

    /** Whether the calling thread completes one, and may be in a callback of it. */
    boolean areEndingHere() {
        this.lock.lock();
        try {
            return this.ending.containsValue(Thread.currentThread());
        }
        finally {
            this.lock.unlock();
        }
    }

}
