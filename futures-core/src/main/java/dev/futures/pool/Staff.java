// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.futures.WorkerStatistics;
import org.jspecify.annotations.Nullable;

/**
 * The workers of a pool: new -> serving, now and then idle -> leaving -> gone. Not safe
 * for use by multiple threads: the pool's lock guards it.
 */
final class Staff {

    private int maxWorkers;

    private final int minWorkers;

    private final Function<Integer, Worker> hiring;

    /** Workers that wait for a task; the one that became idle last comes first. */
    private final Deque<Worker> idle = new ArrayDeque<>();

    /** Workers that serve the pool, new and idle ones included. */
    private final Set<Worker> serving = new LinkedHashSet<>();

    /** Workers that were let go and have not ended yet. */
    private final Set<Worker> leaving = new LinkedHashSet<>();

    /**
     * Workers that are about to ask for a task: new ones, and idle ones that were woken.
     */
    private final Set<Worker> newcomers = new LinkedHashSet<>();

    /** Workers that are to leave when they next ask for a task. */
    private final Set<Worker> outgoing = new LinkedHashSet<>();

    /** Workers that are getting ready though there are enough without them. */
    private final Set<Worker> tooMany = new LinkedHashSet<>();

    /** Workers of a time when the pool was broken. */
    private final Set<Worker> former = new LinkedHashSet<>();

    private int hired;

    /** What is called before there is somebody idle, or a vacancy, or one too many. */
    private Runnable beforeChange = () -> {
    };

    /**
     * Creates the staff.
     * @param minWorkers how many serve even if there is nothing to do
     * @param maxWorkers how many may serve
     * @param hiring makes the worker with the given number
     */
    Staff(int minWorkers, int maxWorkers, Function<Integer, Worker> hiring) {
        this.minWorkers = minWorkers;
        this.maxWorkers = maxWorkers;
        this.hiring = hiring;
    }

    void beforeChanges(Runnable action) {
        this.beforeChange = action;
    }

    int maxWorkers() {
        return this.maxWorkers;
    }

    /**
     * Sets how many may serve. Those too many leave as they ask for a task: first those
     * that are getting ready, the last one of them before the others, then idle ones.
     */
    void resize(int newMaximum) {
        this.beforeChange.run();
        this.maxWorkers = newMaximum;
        this.newcomers.addAll(this.tooMany);
        this.tooMany.clear();
        List<Worker> coming = new ArrayList<>(this.newcomers);
        for (int i = coming.size() - 1; i >= 0 && isOverstaffed(); i--) {
            this.newcomers.remove(coming.get(i));
            this.tooMany.add(coming.get(i));
        }
        int surplus = this.serving.size() - this.tooMany.size() - newMaximum;
        for (; surplus > 0 && !this.idle.isEmpty(); surplus--) {
            comesBack(this.idle.removeLast()).wakeUp();
        }
    }

    private boolean isOverstaffed() {
        return this.serving.size() - this.tooMany.size() > this.maxWorkers;
    }

    /** Whether there are enough without this worker. */
    boolean isTooMany(Worker worker) {
        return this.tooMany.contains(worker) || isOverstaffed();
    }

    /** Whether somebody may be hired, if not now, then when those let go have ended. */
    boolean hasVacancy() {
        return this.serving.size() < this.maxWorkers;
    }

    /** Whether nobody is idle, to be hired, new or to leave: all just go on. */
    boolean isSteady() {
        return this.idle.isEmpty() && this.newcomers.isEmpty() && this.outgoing.isEmpty() && this.tooMany.isEmpty()
                && !isOverstaffed() && !mayHire();
    }

    private boolean mayHire() {
        return this.serving.size() + this.leaving.size() < this.maxWorkers;
    }

    /** Returns a new worker to be started, unless there are as many as there may be. */
    @Nullable Worker hire() {
        if (!mayHire()) {
            return null;
        }
        Worker worker = this.hiring.apply(this.hired++);
        this.serving.add(worker);
        this.newcomers.add(worker);
        return worker;
    }

    /** Whether one of those that serve could go. */
    boolean isBeyondMinimum() {
        return this.serving.size() > Math.min(this.minWorkers, this.maxWorkers);
    }

    /**
     * Returns new workers to be started, so that each waiting task has one if possible.
     * @param minimum whether there are to be as many as there should be at least
     */
    List<Worker> hireFor(int waitingTasks, boolean minimum) {
        List<Worker> started = new ArrayList<>();
        while (this.newcomers.size() < waitingTasks || (minimum && this.serving.size() < this.minWorkers)) {
            Worker worker = hire();
            if (worker == null) {
                break;
            }
            started.add(worker);
        }
        return started;
    }

    /** Returns how many workers will come and ask for a task without having been idle. */
    long toCome() {
        return Math.max(0, (long) this.newcomers.size() + this.maxWorkers - this.serving.size());
    }

    @Nullable Worker pollIdle() {
        Worker worker = this.idle.pollFirst();
        if (worker != null) {
            worker.isInIdleLine(false);
        }
        return worker;
    }

    void becomesIdle(Worker worker) {
        this.beforeChange.run();
        worker.idle();
        worker.isInIdleLine(true);
        this.idle.addFirst(worker);
    }

    /** From now on it is somebody who is about to ask. */
    Worker comesBack(Worker worker) {
        worker.isInIdleLine(false);
        if (this.serving.contains(worker)) {
            this.newcomers.add(worker);
        }
        return worker;
    }

    boolean has(Worker worker) {
        return this.serving.contains(worker) || this.leaving.contains(worker);
    }

    /**
     * Returns the worker that was given the item and has not ended it; for a moment it
     * may be one of several that seem to have it.
     */
    List<Worker> holdersOf(WorkItem<?> item) {
        return all().filter((worker) -> worker.assigned() == item).toList();
    }

    boolean isIdle(Worker worker) {
        return worker.isInIdleLine();
    }

    /** Looks for the worker only if it is there: this is asked for each task. */
    void notIdle(Worker worker) {
        if (worker.isInIdleLine()) {
            worker.isInIdleLine(false);
            this.idle.removeLastOccurrence(worker);
        }
    }

    void asksForTask(Worker worker) {
        if (!this.newcomers.isEmpty()) {
            this.newcomers.remove(worker);
        }
        notIdle(worker);
    }

    void letGo(Worker worker) {
        this.beforeChange.run();
        worker.retire();
        notIdle(worker);
        this.newcomers.remove(worker);
        this.outgoing.remove(worker);
        this.tooMany.remove(worker);
        if (this.serving.remove(worker)) {
            this.leaving.add(worker);
        }
    }

    void gone(Worker worker) {
        this.beforeChange.run();
        asksForTask(worker);
        this.outgoing.remove(worker);
        this.tooMany.remove(worker);
        this.former.remove(worker);
        this.serving.remove(worker);
        this.leaving.remove(worker);
    }

    /** Makes every worker ask for a task again. */
    void wakeAll() {
        this.idle.forEach(this::comesBack);
        this.idle.clear();
        this.serving.forEach(Worker::wakeUp);
    }

    /** Lets a worker go: at once if it is idle, or as soon as it asks for a task. */
    void replace(Worker worker) {
        if (worker.isInIdleLine()) {
            letGo(worker);
            worker.wakeUp();
        }
        else {
            this.beforeChange.run();
            this.outgoing.add(worker);
            // it takes nothing any more
            this.newcomers.remove(worker);
        }
    }

    /**
     * Lets everybody go who serves now: whatever becomes of them is a thing of the past.
     */
    void renew() {
        serving().forEach((worker) -> {
            this.former.add(worker);
            replace(worker);
        });
    }

    boolean isFormer(Worker worker) {
        return this.former.contains(worker);
    }

    boolean isOutgoing(Worker worker) {
        return this.outgoing.contains(worker);
    }

    boolean isEmpty() {
        return this.serving.isEmpty() && this.leaving.isEmpty();
    }

    boolean isAtRest() {
        return all().noneMatch((worker) -> worker.desk().isAtWork());
    }

    /** Returns the workers that have not ended, those that were let go included. */
    Stream<Worker> all() {
        return Stream.concat(this.serving.stream(), this.leaving.stream());
    }

    List<Worker> serving() {
        return new ArrayList<>(this.serving);
    }

    List<WorkerStatistics> statistics(Instant now, long nanoTime) {
        return this.serving.stream().map((worker) -> worker.statistics(now, nanoTime)).toList();
    }

    /** Returns the items that workers were given and have not ended. */
    List<WorkItem<?>> assigned() {
        List<WorkItem<?>> items = new ArrayList<>();
        all().forEach((worker) -> {
            WorkItem<?> item = worker.assigned();
            if (item != null) {
                items.add(item);
            }
        });
        return items;
    }

}
