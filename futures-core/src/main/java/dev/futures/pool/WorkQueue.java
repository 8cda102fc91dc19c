// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

import dev.futures.QueueFullException;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that wait, first in first out. Those whose futures ended while they waited
 * are skipped, and swept out before they are the majority. Not safe for use by multiple
 * threads: the dispatcher's lock guards it.
 */
final class WorkQueue {

    private static final int SWEEP_FROM = 64;

    private final ArrayDeque<WorkItem<?>> items = new ArrayDeque<>();

    private final PoolSettings settings;

    private int dead;

    WorkQueue(PoolSettings settings) {
        this.settings = settings;
    }

    /**
     * Makes sure that one more task may wait.
     * @param takers how many workers are about to take one each
     */
    void ensureRoom(long takers) {
        if (size() >= this.settings.queueCapacity() + takers) {
            throw new QueueFullException(size() + " tasks wait in pool '" + this.settings.name() + "' for "
                    + this.settings.maxWorkers() + " busy workers and its queueCapacity is "
                    + this.settings.queueCapacity() + "; submit more slowly or raise it");
        }
    }

    int size() {
        return this.items.size() - this.dead;
    }

    void add(WorkItem<?> item) {
        item.place(WorkItem.Place.QUEUED);
        this.items.add(item);
    }

    @Nullable WorkItem<?> poll() {
        WorkItem<?> item = this.items.poll();
        while (item != null && item.place() == WorkItem.Place.DEAD_IN_QUEUE) {
            this.dead--;
            item = this.items.poll();
        }
        if (item != null) {
            item.place(WorkItem.Place.ELSEWHERE);
        }
        return item;
    }

    /** Takes note that the future of an item has ended, which may be waiting here. */
    void ended(WorkItem<?> item) {
        if (item.place() != WorkItem.Place.QUEUED) {
            return;
        }
        item.place(WorkItem.Place.DEAD_IN_QUEUE);
        this.dead++;
        if (this.dead > SWEEP_FROM && this.dead > this.items.size() / 2) {
            this.items.removeIf((each) -> each.place() == WorkItem.Place.DEAD_IN_QUEUE);
            this.dead = 0;
        }
    }

    List<WorkItem<?>> removeAll() {
        List<WorkItem<?>> all = new ArrayList<>(this.items);
        all.forEach((item) -> item.place(WorkItem.Place.ELSEWHERE));
        this.items.clear();
        this.dead = 0;
        return all;
    }

}
