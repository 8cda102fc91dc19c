// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import dev.futures.DeadlockException;
import dev.futures.Future;
import org.jspecify.annotations.Nullable;

/**
 * Which workers of a pool wait, without a time limit, for tasks of that pool: enough to
 * see that a wait can never end. A worker can go on if it does not wait, or if what it
 * waits for can end; a task that waits in the queue can end if any worker can go on, one
 * that a worker has if that worker can, one that has returned a pending result if what
 * that stands for can, and one that has a time limit in any case. Whatever else somebody
 * waits for is assumed to come. Not safe for use by multiple threads: the pool's lock
 * guards it.
 */
final class WaitGraph {

    private final ItemOwner owner;

    private final Staff staff;

    private final UnaryOperator<String> settingNames;

    private final Map<Worker, Wait> waiting = new HashMap<>();

    WaitGraph(ItemOwner owner, Staff staff, UnaryOperator<String> settingNames) {
        this.owner = owner;
        this.staff = staff;
        this.settingNames = settingNames;
    }

    /**
     * Takes note that a worker waits.
     * @throws DeadlockException if the wait cannot end; then no note is taken
     */
    void add(Worker worker, Wait wait) {
        this.waiting.put(worker, wait);
        if (!canGoOn(worker)) {
            this.waiting.remove(worker);
            throw new DeadlockException(describe(worker, wait));
        }
    }

    /** Whether anybody waits who might need every worker that there is. */
    boolean isEmpty() {
        return this.waiting.isEmpty();
    }

    void remove(Worker worker) {
        this.waiting.remove(worker);
    }

    private boolean canGoOn(Worker worker) {
        Set<Worker> able = new HashSet<>();
        // those that were let go take nothing from the queue any more
        this.staff.serving()
            .stream()
            .filter((each) -> !this.waiting.containsKey(each) || endsInTime(each.assigned()))
            .forEach(able::add);
        boolean found = true;
        while (found && !able.contains(worker)) {
            found = false;
            for (Map.Entry<Worker, Wait> each : this.waiting.entrySet()) {
                if (!able.contains(each.getKey()) && canEnd(each.getValue(), able)) {
                    found = able.add(each.getKey());
                }
            }
        }
        return able.contains(worker);
    }

    private boolean canEnd(Wait wait, Set<Worker> able) {
        Stream<? extends Future<?>> futures = wait.futures.stream();
        return wait.all ? futures.allMatch((future) -> canEnd(future, able))
                : futures.anyMatch((future) -> canEnd(future, able));
    }

    private boolean canEnd(Future<?> future, Set<Worker> able) {
        WorkItem<?> item = ownItem(future);
        Set<WorkItem<?>> passed = new HashSet<>();
        while (item != null && !item.isDecided() && !endsInTime(item)) {
            Future<?> next = item.awaitedResult();
            if (next == null) {
                return isEndedByAny(item, able);
            }
            if (!passed.add(item)) {
                return false;
            }
            item = ownItem(next);
        }
        return true;
    }

    private boolean isEndedByAny(WorkItem<?> item, Set<Worker> able) {
        if (item.place() == Place.QUEUED) {
            return this.staff.hasVacancy() || !able.isEmpty();
        }
        return this.staff.all().filter((worker) -> worker.assigned() == item).allMatch(able::contains);
    }

    /** A time limit ends what would not end otherwise. */
    private static boolean endsInTime(@Nullable WorkItem<?> item) {
        return item != null && item.hasTimeLimit();
    }

    private @Nullable WorkItem<?> ownItem(Future<?> future) {
        return (future instanceof WorkItem<?> item && item.owner() == this.owner) ? item : null;
    }

    private String describe(Worker worker, Wait wait) {
        WorkItem<?> own = worker.assigned();
        String setting = this.settingNames.apply("maxWorkers");
        String awaited = wait.futures.stream()
            .map(this::ownItem)
            .filter((item) -> item != null && !item.isDecided())
            .map((item) -> "'" + item.name() + "'")
            .findFirst()
            .orElse("of its own pool");
        return "task '" + ((own != null) ? own.name() : worker.name()) + "' cannot wait for task " + awaited
                + " of its own pool '" + this.owner.name() + "': with a " + setting + " of " + this.staff.maxWorkers()
                + ", no worker is left that could ever end it; give the inner tasks a pool of their own, " + "raise "
                + setting + ", or combine the futures (thenCombine) instead of waiting";
    }

    /**
     * What a worker waits for.
     *
     * @param futures the futures
     * @param all whether it needs all of them rather than any one
     */
    record Wait(Collection<? extends Future<?>> futures, boolean all) {

    }

}
