// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.util.Collection;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Waits without a time limit, which may turn out never to end.
 */
final class Waits {

    static final Runnable NO_WAIT = () -> {
    };

    /** Whom a thread of an executor tells what it waits for. */
    private static final ThreadLocal<@Nullable WaitObserver> observer = new ThreadLocal<>();

    private Waits() {
    }

    static void observe(WaitObserver newObserver) {
        observer.set(newObserver);
    }

    /**
     * Says that the calling thread is about to wait.
     * @param futures what it waits for
     * @param all whether it needs all of them rather than any one
     * @return what to call when it no longer waits
     * @throws DeadlockException if the wait could never end
     */
    static Runnable begin(Collection<? extends Future<?>> futures, boolean all) {
        WaitObserver present = observer.get();
        return (present != null) ? present.beforeWaiting(futures, all) : NO_WAIT;
    }

    /**
     * Waits for the next element of a queue that futures put themselves into.
     * @param futures those that may come
     * @return the element, or {@code null} if none came in time
     */
    static <T> @Nullable T poll(BlockingQueue<T> queue, Deadline deadline, Collection<? extends Future<?>> futures)
            throws InterruptedException {
        long nanos = deadline.remainingNanos();
        Runnable afterwards = (nanos == Long.MAX_VALUE) ? begin(futures, false) : NO_WAIT;
        try {
            return queue.poll(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        }
        finally {
            afterwards.run();
        }
    }

}
