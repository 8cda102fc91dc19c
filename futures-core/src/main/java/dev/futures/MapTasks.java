// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

/**
 * The tasks of a map that are submitted and not consumed. For one thread at a time.
 */
sealed interface MapTasks {

    void add(Submitted task);

    int size();

    /**
     * Waits for the task to end that comes next, and lets go of it.
     * @throws TimeoutException if it has not ended by then; it stays among the others
     */
    Submitted next(Deadline deadline) throws InterruptedException, TimeoutException;

    /** Cancels and lets go of all of them. */
    void cancelAll();

    /**
     * A task.
     *
     * @param future its future
     * @param inputs how many inputs it has
     */
    record Submitted(Future<List<@Nullable Object>> future, int inputs) {

    }

    /** In the order of the inputs. */
    final class InOrder implements MapTasks {

        private final Deque<Submitted> tasks = new ArrayDeque<>();

        @Override
        public void add(Submitted task) {
            this.tasks.add(task);
        }

        @Override
        public int size() {
            return this.tasks.size();
        }

        /** Asks for the exception: the result may be thrown like what waiting throws. */
        @Override
        public Submitted next(Deadline deadline) throws InterruptedException, TimeoutException {
            Future<?> oldest = this.tasks.element().future();
            long remaining = deadline.remainingNanos();
            try {
                if (remaining == Long.MAX_VALUE) {
                    oldest.exception();
                }
                else {
                    oldest.exception(Duration.ofNanos(Math.max(0, remaining)));
                }
            }
            catch (CancellationException ex) {
                // its end too; the future says so again when it is asked for the result
                return this.tasks.remove();
            }
            return this.tasks.remove();
        }

        @Override
        public void cancelAll() {
            this.tasks.forEach((task) -> task.future().cancel());
            this.tasks.clear();
        }

    }

    /** In the order in which they end: each puts itself into a queue then. */
    final class AsCompleted implements MapTasks {

        private final BlockingQueue<Submitted> ended = new LinkedBlockingQueue<>();

        private final IdentityHashMap<Submitted, Subscription> waiting = new IdentityHashMap<>();

        /** A view, because it is asked for at each wait. */
        private final Collection<Future<?>> futures = Waits.view(this.waiting.keySet(), Submitted::future);

        @Override
        public void add(Submitted task) {
            this.waiting.put(task, Subscription.to(task.future(), () -> this.ended.add(task)));
        }

        @Override
        public int size() {
            return this.waiting.size();
        }

        @Override
        public Submitted next(Deadline deadline) throws InterruptedException, TimeoutException {
            Submitted next = this.ended.poll();
            if (next == null) {
                next = Waits.poll(this.ended, deadline, this.futures);
            }
            if (next == null) {
                throw new TimeoutException();
            }
            this.waiting.remove(next);
            return next;
        }

        @Override
        public void cancelAll() {
            this.waiting.forEach((task, subscription) -> {
                subscription.cancel();
                task.future().cancel();
            });
            this.waiting.clear();
            this.ended.clear();
        }

    }

}
