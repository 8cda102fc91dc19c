// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The tasks that wait, wherever they are: in the queue, in the inbox and not queued yet,
 * or in the outbox and not taken yet. To whoever asks it is all one queue. Not safe for
 * use by multiple threads: the pool's lock guards it, but not its {@link Inbox} and
 * {@link Outbox}.
 */
final class Backlog {

    /** How many times the lock is spared: more would be longer to take back. */
    private static final int BATCH = 64;

    private final WorkQueue queue;

    private final Inbox inbox;

    private final Outbox outbox;

    private final Consumer<WorkItem<?>> acceptance;

    private final LongSupplier toCome;

    /**
     * Creates an empty backlog.
     * @param capacity how many may wait for nobody in particular
     * @param inbox where tasks are left
     * @param outbox where tasks are handed out
     * @param acceptance takes note of a task that was left
     * @param toCome says for how many workers one task each may wait besides
     */
    Backlog(int capacity, Inbox inbox, Outbox outbox, Consumer<WorkItem<?>> acceptance, LongSupplier toCome) {
        this.queue = new WorkQueue(capacity);
        this.inbox = inbox;
        this.outbox = outbox;
        this.acceptance = acceptance;
        this.toCome = toCome;
    }

    /**
     * Makes one queue of it all: afterwards, as long as the lock is held, nothing is in
     * the outbox, and only what is left in the inbox from now on is not in the queue.
     */
    void collect() {
        // what is taken out of a box belongs to others, and must not get lost on the way
        Callers.requireStack();
        takeBack();
        admit(this.inbox.drain(room()));
    }

    /**
     * Closes both boxes: to be called before anything changes that submitting or taking a
     * task depends on.
     */
    void close() {
        Callers.requireStack();
        takeBack();
        admit(this.inbox.close());
    }

    private void takeBack() {
        WorkItem<?> first = this.outbox.close();
        if (first != null) {
            this.queue.putBack(first);
        }
    }

    private void admit(@Nullable WorkItem<?> first) {
        WorkItem<?> each = first;
        while (each != null) {
            WorkItem<?> next = each.next();
            each.next(null);
            this.acceptance.accept(each);
            if (!each.isDecided()) {
                this.queue.add(each);
            }
            each = next;
        }
    }

    private long room() {
        return this.queue.capacity() + this.toCome.getAsLong() - this.queue.size();
    }

    int capacity() {
        return this.queue.capacity();
    }

    int size() {
        collect();
        return this.queue.size();
    }

    /** Closes both boxes, as whoever asks is going to add something. */
    boolean hasRoom() {
        close();
        return room() > 0;
    }

    /** To be called if there is room. */
    void add(WorkItem<?> item) {
        this.queue.add(item);
    }

    /** Lets tasks be left in the inbox, until {@link #close()}. */
    void open() {
        this.inbox.open(room());
    }

    /**
     * Takes the next task. If there is none, the inbox is closed afterwards: whoever asks
     * may become idle.
     */
    @Nullable WorkItem<?> poll() {
        collect();
        WorkItem<?> item = this.queue.poll();
        if (item == null) {
            close();
            item = this.queue.poll();
        }
        return item;
    }

    /** Lets workers take what comes next without the lock, until {@link #close()}. */
    void handOut() {
        WorkItem<?> first = this.queue.pollInOrder(BATCH);
        if (first != null) {
            this.outbox.open(first);
        }
    }

    /** Takes note that the future of an item has ended, which may be waiting here. */
    void ended(WorkItem<?> item) {
        collect();
        this.queue.ended(item);
    }

    /** Returns what waits, in the order in which it is taken. */
    Stream<WorkItem<?>> waiting() {
        collect();
        return this.queue.waiting();
    }

    /** Returns since when the item has waited that has waited longest, if it is known. */
    @Nullable Instant waitingSince(Instant now, long nanoTime) {
        collect();
        return this.queue.waitingSince(now, nanoTime);
    }

    List<WorkItem<?>> removeAll() {
        collect();
        return this.queue.removeAll();
    }

}
