// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Where threads wait for a pool to come to rest or to end. It is signalled when a worker
 * becomes idle or ends, and when the state changes.
 */
final class Changes {

    private final ReentrantLock lock;

    private final Condition changed;

    private final AtomicInteger waiting = new AtomicInteger();

    Changes(ReentrantLock lock) {
        this.lock = lock;
        this.changed = lock.newCondition();
    }

    /** Has everybody look again. The lock must be held. */
    void signalAll() {
        this.changed.signalAll();
    }

    /** Has everybody look again; takes the lock only if there is anybody. */
    void signalWaiting() {
        if (this.waiting.get() == 0) {
            return;
        }
        this.lock.lock();
        try {
            this.changed.signalAll();
        }
        finally {
            this.lock.unlock();
        }
    }

    /**
     * Waits for a condition.
     * @param timeout how long
     * @param condition the condition, which is asked with the lock held
     * @return whether it came true in time
     */
    boolean await(Duration timeout, BooleanSupplier condition) throws InterruptedException {
        long nanos = TaskTimer.nanos(timeout);
        this.lock.lockInterruptibly();
        // before it looks: whoever changes something afterwards sees that somebody waits
        this.waiting.incrementAndGet();
        try {
            while (!condition.getAsBoolean()) {
                if (nanos <= 0) {
                    return false;
                }
                nanos = this.changed.awaitNanos(nanos);
            }
            return true;
        }
        finally {
            this.waiting.decrementAndGet();
            this.lock.unlock();
        }
    }

}
