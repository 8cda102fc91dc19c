// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * News of a pool that broke or was healed, told in the order in which that happened.
 * Whoever tells has no lock, so another thread may be faster, and those who are told may
 * change the state themselves: one thread tells at a time, and all that there is by then.
 */
final class StateNews {

    private final Queue<Runnable> untold = new ConcurrentLinkedQueue<>();

    private final AtomicBoolean telling = new AtomicBoolean();

    /**
     * Adds news. Called with the pool's lock held, as the state changes.
     * @param news tells it
     */
    void add(Runnable news) {
        this.untold.add(news);
    }

    /** Tells what there is, unless another thread does. Called without the lock. */
    void tell() {
        // looks again: what was added too late for the other thread is for this one
        while (!this.untold.isEmpty() && this.telling.compareAndSet(false, true)) {
            try {
                for (Runnable news = this.untold.poll(); news != null; news = this.untold.poll()) {
                    run(news);
                }
            }
            finally {
                this.telling.set(false);
            }
        }
    }

    /** What it throws, as the handler of a log may, must keep nobody from the rest. */
    private static void run(Runnable news) {
        try {
            news.run();
        }
        catch (Throwable ex) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, ex);
        }
    }

}
