// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import org.jspecify.annotations.Nullable;

/**
 * The wish to be told once when a future is done, which can be withdrawn. Then nothing of
 * it stays with a {@link Promise}; with a foreign implementation, whose callbacks cannot
 * be removed, an empty shell does.
 */
final class Subscription {

    private static final AtomicReferenceFieldUpdater<Subscription, @Nullable Runnable> ACTION = AtomicReferenceFieldUpdater
        .newUpdater(Subscription.class, Runnable.class, "action");

    private final Future<?> future;

    private final Listeners.Node node = new Listeners.Node(this::run, true);

    // volatile: cleared by whoever runs or withdraws it
    private volatile @Nullable Runnable action;

    private Subscription(Future<?> future, Runnable action) {
        this.future = future;
        this.action = action;
    }

    /** Runs the action when the future is done, at once if it is done already. */
    static Subscription to(Future<?> future, Runnable action) {
        Subscription subscription = new Subscription(future, action);
        if (!(future instanceof Promise<?> promise)) {
            future.addDoneCallback((done) -> subscription.run());
        }
        else if (!promise.addListener(subscription.node)) {
            subscription.run();
        }
        return subscription;
    }

    private void run() {
        Runnable wanted = this.action;
        // a foreign future may call twice
        if (wanted != null && ACTION.compareAndSet(this, wanted, null)) {
            wanted.run();
        }
    }

    void cancel() {
        this.action = null;
        if (this.future instanceof Promise<?> promise) {
            promise.removeListener(this.node);
        }
    }

}
