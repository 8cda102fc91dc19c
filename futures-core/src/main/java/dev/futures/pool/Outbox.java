// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * Where a few of the tasks that come next lie ready for workers to take without the
 * pool's lock, one by one. Whoever changes what workers are to do next closes it first.
 * Any worker may take an item; for all else the pool's lock must be held.
 */
final class Outbox {

    // volatile: written with the pool's lock held, read by workers
    private volatile @Nullable Batch batch;

    /**
     * Takes an item for a worker, which has no other one. Whoever has the pool's lock and
     * does not find the item here any more finds it with the worker, who for a moment may
     * seem to have one that another worker gets.
     */
    @Nullable WorkItem<?> poll(Worker worker) {
        Batch present = this.batch;
        return (present != null) ? present.poll(worker) : null;
    }

    /**
     * Hands out items, if there are none here.
     * @param first the first one, linked to the others
     */
    void open(WorkItem<?> first) {
        this.batch = new Batch(first);
    }

    /**
     * Takes back what is left.
     * @return the first item, linked to the others
     */
    @Nullable WorkItem<?> close() {
        Batch present = this.batch;
        if (present == null) {
            return null;
        }
        this.batch = null;
        return present.close();
    }

    /** Its items go and never come back, so none is taken for another. */
    private static final class Batch {

        private final AtomicReference<@Nullable WorkItem<?>> first;

        Batch(WorkItem<?> first) {
            this.first = new AtomicReference<>(first);
        }

        @Nullable WorkItem<?> close() {
            return this.first.getAndSet(null);
        }

        @Nullable WorkItem<?> poll(Worker worker) {
            WorkItem<?> item = this.first.get();
            if (item == null) {
                return null;
            }
            do {
                worker.desk().assign(item);
                if (this.first.compareAndSet(item, item.next())) {
                    item.next(null);
                    return item;
                }
                item = this.first.get();
            }
            while (item != null);
            worker.desk().unassign();
            return null;
        }

    }

}
