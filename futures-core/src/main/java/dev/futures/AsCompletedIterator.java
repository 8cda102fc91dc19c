// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

/**
 * The futures of {@link Futures#asCompleted(Iterable, Duration)}. Each future puts itself
 * into a queue as it ends; the iterator holds only those that it has not returned.
 */
final class AsCompletedIterator<F extends Future<?>> implements CloseableIterator<F> {

    private final BlockingQueue<F> ended = new LinkedBlockingQueue<>();

    private final IdentityHashMap<F, Subscription> waiting = new IdentityHashMap<>();

    private final int total;

    private final Deadline deadline;

    AsCompletedIterator(Set<F> futures, @Nullable Duration timeout) {
        this.deadline = Deadline.after(timeout);
        this.total = futures.size();
        try {
            for (F future : futures) {
                this.waiting.put(future, Subscription.to(future, () -> this.ended.add(future)));
            }
        }
        catch (RuntimeException | Error ex) {
            // a foreign future may refuse callbacks
            close();
            throw ex;
        }
    }

    @Override
    public boolean hasNext() {
        return !this.waiting.isEmpty();
    }

    @Override
    public F next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        try {
            F next = this.ended.poll();
            if (next == null) {
                next = Waits.poll(this.ended, this.deadline, this.waiting.keySet());
            }
            if (next == null) {
                String message = this.waiting.size() + " (of " + this.total + ") futures unfinished";
                close();
                throw new CompletionException(new TimeoutException(message));
            }
            this.waiting.remove(next);
            return next;
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new CompletionException(ex);
        }
    }

    @Override
    public void close() {
        this.waiting.values().forEach(Subscription::cancel);
        this.waiting.clear();
        this.ended.clear();
    }

}
