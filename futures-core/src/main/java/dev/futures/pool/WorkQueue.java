// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

import dev.futures.TaskStatistics;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that wait: by priority, and first in first out among those that have the
 * same. Those whose futures ended while they waited are skipped, and swept out before
 * they are the majority. Not safe for use by multiple threads: the pool's lock guards it.
 */
final class WorkQueue {

    private static final int SWEEP_FROM = 64;

    /** The most urgent first; no line is empty but the one of priority 0. */
    private final TreeMap<Integer, Chain> lines = new TreeMap<>(Comparator.reverseOrder());

    /** The line that nearly every task is in. */
    private final Chain ordinary = new Chain();

    private final int capacity;

    /** How many items there are, dead ones included. */
    private int count;

    private int dead;

    WorkQueue(int capacity) {
        this.capacity = capacity;
        this.lines.put(0, this.ordinary);
    }

    int capacity() {
        return this.capacity;
    }

    int size() {
        return this.count - this.dead;
    }

    void add(WorkItem<?> item) {
        item.place(Place.QUEUED);
        line(item.priority()).add(item);
        this.count++;
    }

    private Chain line(int priority) {
        return (priority == 0) ? this.ordinary : this.lines.computeIfAbsent(priority, (key) -> new Chain());
    }

    @Nullable WorkItem<?> poll() {
        WorkItem<?> item = pollAny();
        while (item != null && item.place() == Place.DEAD_IN_QUEUE) {
            this.dead--;
            item = pollAny();
        }
        if (item != null) {
            item.place(Place.ELSEWHERE);
        }
        return item;
    }

    /**
     * Takes items that come next, of the highest priority alone.
     * @param most how many at most
     * @return the first one, linked to the others, which are {@link Place#HANDED_OUT}
     */
    @Nullable WorkItem<?> pollInOrder(int most) {
        WorkItem<?> first = poll();
        if (first == null) {
            return null;
        }
        Chain taken = new Chain();
        Chain line = line(first.priority());
        WorkItem<?> item = first;
        for (int left = most - 1; item != null; item = (left-- > 0) ? pollLiving(line) : null) {
            item.place(Place.HANDED_OUT);
            taken.add(item);
        }
        if (line.isEmpty() && line != this.ordinary) {
            this.lines.remove(first.priority());
        }
        return first;
    }

    private @Nullable WorkItem<?> pollLiving(Chain line) {
        WorkItem<?> item = counted(line.poll());
        while (item != null && item.place() == Place.DEAD_IN_QUEUE) {
            this.dead--;
            item = counted(line.poll());
        }
        return item;
    }

    /**
     * Takes back what was taken last.
     * @param first the first item, linked to the others
     */
    void putBack(WorkItem<?> first) {
        WorkItem<?> last = first;
        for (WorkItem<?> each = first; each != null; each = each.next()) {
            each.place(Place.QUEUED);
            this.count++;
            last = each;
        }
        line(first.priority()).prepend(first, last);
    }

    private @Nullable WorkItem<?> pollAny() {
        if (this.lines.size() == 1) {
            return counted(this.ordinary.poll());
        }
        for (Iterator<Chain> each = this.lines.values().iterator(); each.hasNext();) {
            Chain line = each.next();
            WorkItem<?> item = line.poll();
            if (line.isEmpty() && line != this.ordinary) {
                each.remove();
            }
            if (item != null) {
                return counted(item);
            }
        }
        return null;
    }

    private @Nullable WorkItem<?> counted(@Nullable WorkItem<?> item) {
        if (item != null) {
            this.count--;
        }
        return item;
    }

    /** Takes note that the future of an item has ended, which may be waiting here. */
    void ended(WorkItem<?> item) {
        if (item.place() != Place.QUEUED) {
            return;
        }
        item.place(Place.DEAD_IN_QUEUE);
        this.dead++;
        if (this.dead > SWEEP_FROM && this.dead > this.count / 2) {
            sweep();
        }
    }

    private void sweep() {
        this.lines.values().forEach((line) -> line.removeIf((each) -> each.place() == Place.DEAD_IN_QUEUE));
        this.lines.values().removeIf((line) -> line.isEmpty() && line != this.ordinary);
        this.count -= this.dead;
        this.dead = 0;
    }

    /** Returns what waits, in the order in which it is taken. */
    Stream<WorkItem<?>> waiting() {
        return this.lines.values().stream().flatMap(Chain::stream).filter(WorkQueue::waits);
    }

    /**
     * Returns since when the item has waited that has waited longest, if that is known.
     */
    @Nullable Instant waitingSince(Instant now, long nanoTime) {
        return this.lines.values()
            .stream()
            .flatMap((line) -> line.stream().filter(WorkQueue::waits).limit(1))
            .map((item) -> item.statistics(TaskStatistics.State.WAITING, null, now, nanoTime).since())
            .filter(Objects::nonNull)
            .map(Objects::requireNonNull)
            .min(Comparator.naturalOrder())
            .orElse(null);
    }

    private static boolean waits(WorkItem<?> item) {
        return item.place() == Place.QUEUED;
    }

    List<WorkItem<?>> removeAll() {
        List<WorkItem<?>> all = new ArrayList<>(this.count);
        this.lines.values().forEach((line) -> {
            for (WorkItem<?> item = line.poll(); item != null; item = line.poll()) {
                item.place(Place.ELSEWHERE);
                all.add(item);
            }
        });
        this.lines.keySet().removeIf((priority) -> priority != 0);
        this.count = 0;
        this.dead = 0;
        return all;
    }

}
