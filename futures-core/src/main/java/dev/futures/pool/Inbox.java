// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * Where tasks are left, without the pool's lock, while each of them would just be queued:
 * a stack that is linked through the items. While it is closed whoever submits has to
 * take the lock; so whoever makes a worker idle, or changes anything else that submitting
 * depends on, closes it first. Any thread may leave an item; for all else the pool's lock
 * must be held.
 */
final class Inbox {

    /** How many items it takes before somebody has to look at the pool again. */
    private static final int MAX_ROOM = 16 * 1024;

    private static final Bottom CLOSED = new Bottom(0);

    /**
     * The item that was left last, or what is below all items: a new one each time, so
     * that nobody takes what he sees for what he has seen before.
     */
    private final AtomicReference<Object> top = new AtomicReference<>(CLOSED);

    /** How much room there was when it was empty. Guarded by the pool's lock. */
    private int opened;

    /**
     * Leaves an item, unless the inbox is closed or full.
     * @return whether the item is there
     */
    boolean offer(WorkItem<?> item) {
        Object below = this.top.get();
        for (int room = room(below); room > 0; room = room(below)) {
            item.putOn(below, room - 1);
            if (this.top.compareAndSet(below, item)) {
                return true;
            }
            below = this.top.get();
        }
        item.putOn(null, 0);
        return false;
    }

    private static int room(@Nullable Object top) {
        if (top instanceof WorkItem<?> item) {
            return item.roomAbove();
        }
        return (top instanceof Bottom bottom) ? bottom.room : 0;
    }

    /**
     * Opens it, if it is closed.
     * @param room for how many items
     */
    void open(long room) {
        if (this.top.get() == CLOSED) {
            Bottom bottom = bottom(room);
            this.opened = bottom.room;
            this.top.set(bottom);
        }
    }

    private static Bottom bottom(long room) {
        return (room > 0) ? new Bottom((int) Math.min(room, MAX_ROOM)) : CLOSED;
    }

    /**
     * Takes everything out, and closes it only if it would be full then.
     * @param room for how many items there would be room without those that are in it
     * @return the item that was left first, linked to those that came after it
     */
    @Nullable WorkItem<?> drain(long room) {
        Object last = this.top.get();
        while (last instanceof WorkItem<?> item) {
            Bottom bottom = bottom(room - (this.opened - item.roomAbove()));
            if (this.top.compareAndSet(last, bottom)) {
                this.opened = bottom.room;
                return inOrder(item);
            }
            last = this.top.get();
        }
        return null;
    }

    /**
     * Takes everything out and closes it.
     * @return as {@link #drain}
     */
    @Nullable WorkItem<?> close() {
        return (this.top.get() != CLOSED && this.top.getAndSet(CLOSED) instanceof WorkItem<?> last) ? inOrder(last)
                : null;
    }

    private static WorkItem<?> inOrder(WorkItem<?> last) {
        WorkItem<?> first = last;
        WorkItem<?> after = null;
        while (true) {
            WorkItem<?> before = first.next();
            first.next(after);
            if (before == null) {
                return first;
            }
            after = first;
            first = before;
        }
    }

    /** What is below all items. */
    private static final class Bottom {

        private final int room;

        Bottom(int room) {
            this.room = room;
        }

    }

}
