// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.util.AbstractCollection;
import java.util.Collection;
import java.util.Iterator;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

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
        return (present != null) ? present.beforeWaiting(view(futures, Waits::awaited), all) : NO_WAIT;
    }

    private static Future<?> awaited(Future<?> future) {
        return (future instanceof StageFuture<?> stage) ? stage.awaited() : future;
    }

    /** No copy, because there may be many elements and it is asked for at each wait. */
    static <A, B> Collection<B> view(Collection<? extends A> elements, Function<A, B> mapping) {
        return new AbstractCollection<>() {

            @Override
            public Iterator<B> iterator() {
                return elements.stream().<B>map(mapping).iterator();
            }

            @Override
            public int size() {
                return elements.size();
            }

        };
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
