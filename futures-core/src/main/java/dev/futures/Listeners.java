// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import org.jspecify.annotations.Nullable;

/**
 * Those who want to know when a {@link Promise} is done: an immutable list that is
 * replaced as a whole, newest first.
 */
final class Listeners {

    static final Listeners NONE = new Listeners(null, null);

    /** The future is done: whoever comes now looks at it directly. */
    static final Listeners CLOSED = new Listeners(null, null);

    private final @Nullable Node node;

    private final @Nullable Listeners older;

    private Listeners(@Nullable Node node, @Nullable Listeners older) {
        this.node = node;
        this.older = older;
    }

    Listeners with(Node added) {
        return new Listeners(added, this);
    }

    Listeners without(Node removed) {
        Listeners kept = NONE;
        for (Listeners each = reversed(); each.node != null; each = next(each)) {
            if (each.node != removed) {
                kept = kept.with(each.node);
            }
        }
        return kept;
    }

    boolean hasCallbacks() {
        for (Listeners each = this; each.node != null; each = next(each)) {
            if (each.node.runsCallbacks()) {
                return true;
            }
        }
        return false;
    }

    /** Runs the waiters, then the callbacks, each group in the order of adding. */
    void run() {
        if (this.node == null) {
            return;
        }
        Listeners oldestFirst = reversed();
        oldestFirst.run(true);
        oldestFirst.run(false);
    }

    private void run(boolean waiters) {
        for (Listeners each = this; each.node != null; each = next(each)) {
            if (each.node.waiter == waiters) {
                each.node.action.run();
            }
        }
    }

    private Listeners reversed() {
        Listeners result = NONE;
        for (Listeners each = this; each.node != null; each = next(each)) {
            result = result.with(each.node);
        }
        return result;
    }

    private static Listeners next(Listeners each) {
        return (each.older != null) ? each.older : NONE;
    }

    /**
     * One listener. Its action does not throw; a waiter is somebody who blocks until it
     * has run.
     */
    static final class Node {

        private final Runnable action;

        private final boolean waiter;

        private final @Nullable Promise<?> follower;

        Node(Runnable action, boolean waiter) {
            this.action = action;
            this.waiter = waiter;
            this.follower = null;
        }

        /** A waiter that completes another promise, whose callbacks then run. */
        Node(Runnable action, Promise<?> follower) {
            this.action = action;
            this.waiter = true;
            this.follower = follower;
        }

        private boolean runsCallbacks() {
            return !this.waiter || (this.follower != null && this.follower.hasCallbacks());
        }

    }

}
