// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

import org.jspecify.annotations.Nullable;

/**
 * What a worker has been given and has not done with. Whoever holds the pool's lock finds
 * one of the two, the item or that its future is about to be completed, until it is; but
 * an item that cannot be sent to where it is to run is ended a moment before its future.
 */
final class Desk {

    private static final VarHandle ASSIGNED = Fields.of(MethodHandles.lookup(), "assigned", WorkItem.class);

    private static final VarHandle CONCLUDING = Fields.of(MethodHandles.lookup(), "concluding", boolean.class);

    /**
     * The item that the worker was given and has not ended. Written with the pool's lock
     * held when it is given, by the worker's thread when it takes one from the outbox and
     * when it ends.
     */
    private volatile @Nullable WorkItem<?> assigned;

    // volatile: written by the worker's thread, read by those who wait for quiescence
    private volatile boolean concluding;

    @Nullable WorkItem<?> assigned() {
        return this.assigned;
    }

    void assign(WorkItem<?> item) {
        ASSIGNED.setRelease(this, item);
    }

    /** To be seen before it is asked whether anybody waits, so not in release mode. */
    void end() {
        this.assigned = null;
    }

    /** Ends the item, with its future to be completed: in this order. */
    void startConcluding() {
        CONCLUDING.setRelease(this, true);
        ASSIGNED.setRelease(this, null);
    }

    /** Takes back what turned out to be another worker's. */
    void unassign() {
        ASSIGNED.setRelease(this, null);
    }

    /** To be seen before it is asked whether anybody waits, too. */
    void endConcluding() {
        this.concluding = false;
    }

    boolean isConcluding() {
        return this.concluding;
    }

    /** Whether there is an item whose future is not completed. */
    boolean isAtWork() {
        return this.assigned != null || this.concluding;
    }

}
