// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.util.function.Predicate;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Items one after the other, linked through themselves: as there may be millions, nothing
 * is allocated or copied for them. An item is in one chain at a time. Not safe for use by
 * multiple threads.
 */
final class Chain {

    private @Nullable WorkItem<?> first;

    private @Nullable WorkItem<?> last;

    boolean isEmpty() {
        return this.first == null;
    }

    void add(WorkItem<?> item) {
        if (this.last == null) {
            this.first = item;
        }
        else {
            this.last.next(item);
        }
        this.last = item;
    }

    /**
     * Puts items in front of all others.
     * @param head the first of them, linked to the others
     * @param tail the last of them
     */
    void prepend(WorkItem<?> head, WorkItem<?> tail) {
        tail.next(this.first);
        this.first = head;
        if (this.last == null) {
            this.last = tail;
        }
    }

    @Nullable WorkItem<?> poll() {
        WorkItem<?> item = this.first;
        if (item != null) {
            this.first = item.next();
            item.next(null);
            if (this.first == null) {
                this.last = null;
            }
        }
        return item;
    }

    void removeIf(Predicate<WorkItem<?>> condition) {
        WorkItem<?> each = this.first;
        this.first = null;
        this.last = null;
        while (each != null) {
            WorkItem<?> next = each.next();
            each.next(null);
            if (!condition.test(each)) {
                add(each);
            }
            each = next;
        }
    }

    /** Returns the items; nothing may change meanwhile. */
    Stream<WorkItem<?>> stream() {
        return Stream.iterate(this.first, (item) -> item != null, (item) -> item.next());
    }

}
