// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import dev.futures.Promise;
import org.jspecify.annotations.Nullable;

/**
 * What an item has to do with the places where it waits: it is linked to others there, so
 * that nothing is allocated for it.
 *
 * @param <T> the type of the result
 */
abstract class WaitingItem<T extends @Nullable Object> extends Promise<T> {

    /** Guarded by the pool's lock. */
    private Place place = Place.ELSEWHERE;

    /**
     * What comes after it in a {@link Chain} or an {@link Outbox}, or is below it in an
     * {@link Inbox}. Written by whoever has the item there.
     */
    private @Nullable Object next;

    /** How many items may be put on it in an {@link Inbox}. */
    private short roomAbove;

    final Place place() {
        return this.place;
    }

    final void place(Place newPlace) {
        this.place = newPlace;
    }

    /** Returns what comes after it, or is below it; {@code null} at the end. */
    final @Nullable WorkItem<?> next() {
        return (this.next instanceof WorkItem<?> item) ? item : null;
    }

    final void next(@Nullable WorkItem<?> item) {
        this.next = item;
    }

    /** To be called before it is seen in an inbox. */
    final void putOn(@Nullable Object below, int room) {
        this.next = below;
        this.roomAbove = (short) room;
    }

    final int roomAbove() {
        return this.roomAbove;
    }

}
