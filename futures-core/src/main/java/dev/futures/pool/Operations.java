// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.futures.PoolState;
import dev.futures.TaskStatistics;
import dev.futures.WorkerStatistics;
import org.jspecify.annotations.Nullable;

/**
 * What an operator does with a pool: looks at its tasks, cancels one, has workers
 * replaced, and has it go on after it broke.
 */
final class Operations {

    private static final Logger logger = System.getLogger("dev.futures");

    private final Pool pool;

    Operations(Pool pool) {
        this.pool = pool;
    }

    /** Returns the tasks that run, then those that wait, in the order they are taken. */
    List<TaskStatistics> tasks(int maxWaiting) {
        long nanoTime = System.nanoTime();
        Instant now = Instant.now();
        this.pool.lock.lock();
        try {
            List<TaskStatistics> tasks = new ArrayList<>();
            Set<WorkItem<?>> listed = new HashSet<>();
            this.pool.queue.collect();
            this.pool.staff.all().forEach((worker) -> {
                WorkItem<?> item = worker.assigned();
                // two workers may seem to have one that only one of them has, or neither
                if (item != null && !item.isDecided() && item.place() != Place.QUEUED && listed.add(item)) {
                    tasks.add(item.statistics(TaskStatistics.State.RUNNING, worker, now, nanoTime));
                }
            });
            withoutWorker().filter((item) -> !item.isDecided())
                .forEach((item) -> tasks.add(item.statistics(TaskStatistics.State.RUNNING, null, now, nanoTime)));
            this.pool.queue.waiting()
                .limit(maxWaiting)
                .forEach((item) -> tasks.add(item.statistics(TaskStatistics.State.WAITING, null, now, nanoTime)));
            return tasks;
        }
        finally {
            this.pool.lock.unlock();
        }
    }

    /** Cancels the task with that number, if there is one that has not ended. */
    boolean cancel(long id, boolean mayInterruptIfRunning) {
        WorkItem<?> item;
        this.pool.lock.lock();
        try {
            item = find(id);
        }
        finally {
            this.pool.lock.unlock();
        }
        return item != null && item.cancel(mayInterruptIfRunning);
    }

    @GuardedBy("pool.lock")
    private @Nullable WorkItem<?> find(long id) {
        // before the workers are asked: what is not here any more is there
        this.pool.queue.collect();
        for (Worker worker : this.pool.staff.all().toList()) {
            WorkItem<?> item = worker.assigned();
            if (item != null && item.id() == id) {
                return item;
            }
        }
        return Stream.concat(withoutWorker(), this.pool.queue.waiting())
            .filter((each) -> each.id() == id)
            .findFirst()
            .orElse(null);
    }

    /** Those that run in their submitters' threads, or have returned without a result. */
    @GuardedBy("pool.lock")
    private Stream<WorkItem<?>> withoutWorker() {
        return Stream.concat(this.pool.inCallers.keySet().stream(), this.pool.pending.all().stream());
    }

    /**
     * Lets workers go, at once if they are idle, otherwise after what they run. Those
     * that are getting ready are as good as new.
     */
    boolean replace(Predicate<Worker> which) {
        List<Worker> found;
        this.pool.lock.lock();
        try {
            found = this.pool.staff.serving().stream().filter(which).toList();
            for (Worker worker : found) {
                if (isReady(worker)) {
                    this.pool.staff.replace(worker);
                }
            }
            this.pool.announce();
        }
        finally {
            this.pool.lock.unlock();
        }
        return !found.isEmpty();
    }

    private static boolean isReady(Worker worker) {
        return worker.statistics(Instant.now(), System.nanoTime()).state() != WorkerStatistics.State.STARTING;
    }

    /** Makes a pool that broke usable; its workers of that time have no part in it. */
    boolean heal() {
        List<Worker> hired;
        this.pool.lock.lock();
        try {
            if (this.pool.state() != PoolState.BROKEN) {
                return false;
            }
            this.pool.staff.renew();
            this.pool.heal();
            this.pool.news.add(
                    () -> logger.log(Level.INFO, "pool '" + this.pool.name() + "' was healed and accepts tasks again"));
            this.pool.news.add(this.pool.listeners::poolHealed);
            hired = this.pool.hireForQueue();
            this.pool.wakeAll();
        }
        finally {
            this.pool.lock.unlock();
        }
        this.pool.news.tell();
        hired.forEach(this.pool::start);
        return true;
    }

}
