// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One call of {@link Futures#wait(Iterable, java.time.Duration, ReturnWhen)}. It is told
 * by each future as it ends, counts, and opens a latch.
 */
final class Waiter {

    private final Collection<? extends Future<?>> futures;

    private final ReturnWhen returnWhen;

    private final AtomicInteger pending;

    private final CountDownLatch satisfied = new CountDownLatch(1);

    private final List<Subscription> subscriptions = new ArrayList<>();

    Waiter(Collection<? extends Future<?>> futures, ReturnWhen returnWhen) {
        this.futures = futures;
        this.returnWhen = returnWhen;
        this.pending = new AtomicInteger(futures.size());
        if (futures.isEmpty()) {
            this.satisfied.countDown();
        }
        try {
            futures.stream().takeWhile((future) -> !isSatisfied()).forEach(this::watch);
        }
        catch (RuntimeException | Error ex) {
            // a foreign future may refuse callbacks
            detach();
            throw ex;
        }
    }

    private void watch(Future<?> future) {
        if (!future.done()) {
            this.subscriptions.add(Subscription.to(future, () -> ended(future)));
        }
        else {
            ended(future);
        }
    }

    private void ended(Future<?> future) {
        if (this.pending.decrementAndGet() == 0 || this.returnWhen == ReturnWhen.FIRST_COMPLETED
                || (this.returnWhen == ReturnWhen.FIRST_EXCEPTION && failed(future))) {
            this.satisfied.countDown();
        }
    }

    /** The thread that completes the future may be interrupted: that is not for us. */
    private static boolean failed(Future<?> future) {
        if (future instanceof Promise<?> promise) {
            // this is not yet somebody who looks at the outcome
            return promise.failure() != null && !promise.cancelled();
        }
        boolean interrupted = Thread.interrupted();
        try {
            return !future.cancelled() && future.exception(Duration.ZERO) != null;
        }
        catch (InterruptedException | TimeoutException | CancellationException ex) {
            // it is done, so there is nothing to wait for
            throw new IllegalStateException(ex);
        }
        finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    void await(Deadline deadline) throws InterruptedException {
        try {
            if (!isSatisfied()) {
                await(deadline.remainingNanos());
            }
        }
        finally {
            detach();
        }
    }

    private void await(long nanos) throws InterruptedException {
        Runnable afterwards = (nanos == Long.MAX_VALUE)
                ? Waits.begin(this.futures, this.returnWhen == ReturnWhen.ALL_COMPLETED) : Waits.NO_WAIT;
        try {
            this.satisfied.await(nanos, TimeUnit.NANOSECONDS);
        }
        finally {
            afterwards.run();
        }
    }

    private boolean isSatisfied() {
        return this.satisfied.getCount() == 0;
    }

    private void detach() {
        this.subscriptions.forEach(Subscription::cancel);
    }

}
