// SPDX-License-Identifier: Apache-2.0

package dev.futures;

/**
 * The wish to be told once when a future is done, which can be withdrawn.
 */
final class Subscription {

    private final Future<?> future;

    private final Listeners.Node node;

    private Subscription(Future<?> future, Listeners.Node node) {
        this.future = future;
        this.node = node;
    }

    /** Runs the action when the future is done, at once if it is done already. */
    static Subscription to(Future<?> future, Runnable action) {
        Subscription subscription = new Subscription(future, new Listeners.Node(action, true));
        if (!(future instanceof Promise<?> promise)) {
            future.addDoneCallback((done) -> action.run());
        }
        else if (!promise.addListener(subscription.node)) {
            action.run();
        }
        return subscription;
    }

    void cancel() {
        if (this.future instanceof Promise<?> promise) {
            promise.removeListener(this.node);
        }
    }

}
