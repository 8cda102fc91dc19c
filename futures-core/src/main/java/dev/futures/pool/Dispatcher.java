// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import dev.futures.BrokenExecutorException;
import dev.futures.ExecutorShutdownException;
import dev.futures.Outcome;
import dev.futures.PoolState;
import dev.futures.PoolStatistics;
import dev.futures.WorkerStatistics;
import org.jspecify.annotations.Nullable;

/**
 * Brings tasks and workers together: owns the queue, the workers, the state of the pool
 * and the only lock. Nothing that belongs to a user is called with the lock held.
 */
final class Dispatcher {

    private static final Logger logger = System.getLogger("dev.futures");

    private final PoolSettings settings;

    private final Crew crew;

    /** That of whoever made the pool: the submitters' may come and go. */
    private final @Nullable ClassLoader contextClassLoader = Thread.currentThread().getContextClassLoader();

    private final ReentrantLock lock = new ReentrantLock();

    private final Changes changed = new Changes(this.lock);

    @GuardedBy("lock")
    private final WorkQueue queue;

    @GuardedBy("lock")
    private final Staff staff;

    // volatile: written with the lock held, read by anybody
    private volatile PoolState state = PoolState.RUNNING;

    /** Written with the lock held, once, before the state becomes BROKEN. */
    @GuardedBy("lock")
    private @Nullable Throwable brokenBy;

    private final TaskCounters counters = new TaskCounters();

    Dispatcher(PoolSettings settings, Crew crew) {
        this.settings = settings;
        this.crew = crew;
        this.queue = new WorkQueue(settings);
        this.staff = new Staff(settings.maxWorkers(),
                (number) -> crew.newWorker(new Worker.Seat(this, name() + "_" + number, this.contextClassLoader)));
    }

    String name() {
        return this.settings.name();
    }

    void submit(WorkItem<?> item) {
        Worker idleWorker;
        Worker newWorker = null;
        // before a worker can see it: from then on the worker arms the limits
        item.armQueueTimeLimit();
        this.lock.lock();
        try {
            ensureOpen();
            idleWorker = this.staff.pollIdle();
            if (idleWorker != null) {
                idleWorker.assign(item);
            }
            else {
                this.queue.ensureRoom(this.staff.toCome());
                this.queue.add(item);
                newWorker = (this.state == PoolState.RUNNING) ? this.staff.hire() : null;
            }
            this.counters.submitted();
        }
        catch (RejectedExecutionException | BrokenExecutorException ex) {
            this.counters.rejected();
            item.disarm();
            throw ex;
        }
        finally {
            this.lock.unlock();
        }
        if (idleWorker != null) {
            idleWorker.handOver(item);
        }
        if (newWorker != null) {
            start(newWorker);
        }
    }

    @GuardedBy("lock")
    private void ensureOpen() {
        if (this.state == PoolState.BROKEN) {
            throw this.crew.broken("pool '" + name() + "' is not usable anymore", this.brokenBy);
        }
        if (this.state == PoolState.SHUTTING_DOWN || this.state == PoolState.TERMINATED) {
            throw new ExecutorShutdownException("cannot schedule new futures after shutdown of pool '" + name() + "'");
        }
    }

    /** Without the lock: a thread that cannot be started leaves its seat to others. */
    private void start(Worker worker) {
        try {
            worker.start();
        }
        catch (Throwable ex) {
            RejectedExecutionException rejection = new RejectedExecutionException(
                    "no worker of pool '" + name() + "' could be started: " + ex, ex);
            notStarted(worker).forEach((item) -> item.completeExceptionally(rejection));
        }
    }

    /** Returns the items that nobody is there for any more. */
    private List<WorkItem<?>> notStarted(Worker worker) {
        this.lock.lock();
        try {
            this.staff.gone(worker);
            List<WorkItem<?>> items = this.staff.serving().isEmpty() ? this.queue.removeAll() : List.of();
            endIfEmpty();
            this.changed.signalAll();
            return items;
        }
        finally {
            this.lock.unlock();
        }
    }

    /** Gives the worker its next item, makes it idle, or lets it go. */
    @Nullable WorkItem<?> take(Worker worker) {
        this.lock.lock();
        try {
            // submit() may have chosen this worker and be on its way to hand the item
            // over
            if (worker.assigned() != null) {
                return worker.assigned();
            }
            this.staff.asksForTask(worker);
            if (servesQueue()) {
                WorkItem<?> item = this.queue.poll();
                if (item != null) {
                    worker.assign(item);
                    return item;
                }
            }
            if (this.state == PoolState.RUNNING) {
                this.staff.becomesIdle(worker);
            }
            else {
                this.staff.letGo(worker);
            }
            this.changed.signalAll();
            return null;
        }
        finally {
            this.lock.unlock();
        }
    }

    boolean retireIfUnneeded(Worker worker) {
        this.lock.lock();
        try {
            boolean work = worker.assigned() != null || (servesQueue() && this.queue.size() > 0);
            if (work || this.state == PoolState.RUNNING) {
                return false;
            }
            this.staff.letGo(worker);
            this.changed.signalAll();
            return true;
        }
        finally {
            this.lock.unlock();
        }
    }

    @GuardedBy("lock")
    private boolean servesQueue() {
        return this.state == PoolState.RUNNING || this.state == PoolState.SHUTTING_DOWN;
    }

    /** A worker's thread is about to end, or was never started. */
    void gone(Worker worker) {
        WorkItem<?> orphan;
        List<Worker> hired;
        Throwable cause;
        this.lock.lock();
        try {
            orphan = worker.assigned();
            this.staff.gone(worker);
            hired = hireForQueue();
            endIfEmpty();
            cause = this.brokenBy;
            this.changed.signalAll();
        }
        finally {
            this.lock.unlock();
        }
        if (orphan != null) {
            orphan.completeExceptionally(this.crew.broken("worker of pool '" + name() + "' ended", cause));
        }
        hired.forEach(this::start);
    }

    @GuardedBy("lock")
    private List<Worker> hireForQueue() {
        return servesQueue() ? this.staff.hireFor(this.queue.size()) : List.of();
    }

    @GuardedBy("lock")
    private void endIfEmpty() {
        if (this.state == PoolState.SHUTTING_DOWN && this.queue.size() == 0 && this.staff.isEmpty()) {
            this.state = PoolState.TERMINATED;
        }
    }

    /** The outcome of an item is decided. */
    void ended(WorkItem<?> item, boolean wasRunning, Outcome outcome) {
        this.counters.ended(outcome);
        // what waited too long was claimed as running so that no worker starts it
        if (wasRunning && outcome != Outcome.TIMED_OUT) {
            return;
        }
        this.lock.lock();
        try {
            this.queue.ended(item);
            endIfEmpty();
            this.changed.signalAll();
        }
        finally {
            this.lock.unlock();
        }
    }

    /** A worker is not available for a while. */
    void restarting(Worker worker) {
        this.counters.restarted();
        this.lock.lock();
        try {
            this.staff.notIdle(worker);
        }
        finally {
            this.lock.unlock();
        }
    }

    /** Accepts no more tasks; see {@code Executor.shutdown}. */
    void shutdown(boolean cancelFutures) {
        List<WorkItem<?>> cancelled;
        List<Worker> hired;
        this.lock.lock();
        try {
            if (this.state == PoolState.RUNNING || this.state == PoolState.PAUSED) {
                this.state = PoolState.SHUTTING_DOWN;
            }
            cancelled = cancelFutures ? removeUnended() : List.of();
            hired = hireForQueue();
            endIfEmpty();
            wakeAll();
        }
        finally {
            this.lock.unlock();
        }
        // refused by those that are running
        cancelled.forEach(WorkItem::cancel);
        hired.forEach(this::start);
    }

    /** Pauses, so that workers leave as they finish and tasks only wait; or resumes. */
    void change(PoolState from, PoolState to) {
        List<Worker> hired = List.of();
        this.lock.lock();
        try {
            if (this.state == from) {
                this.state = to;
                hired = (to == PoolState.RUNNING) ? hireForQueue() : hired;
                wakeAll();
            }
        }
        finally {
            this.lock.unlock();
        }
        hired.forEach(this::start);
    }

    @GuardedBy("lock")
    private void wakeAll() {
        this.staff.wakeAll();
        this.changed.signalAll();
    }

    /** Breaks the pool for good, unless it is broken already or has ended. */
    void breakDown(String message, @Nullable Throwable cause) {
        List<WorkItem<?>> waiting;
        List<Worker> serving;
        this.lock.lock();
        try {
            if (this.state == PoolState.BROKEN || this.state == PoolState.TERMINATED) {
                return;
            }
            this.brokenBy = this.crew.broken(message, cause);
            this.state = PoolState.BROKEN;
            waiting = this.queue.removeAll();
            serving = this.staff.serving();
            wakeAll();
        }
        finally {
            this.lock.unlock();
        }
        // every future gets an exception of its own: stack traces and suppressed ones
        // differ
        logger.log(Level.ERROR, "pool '" + name() + "' is broken for good: " + message, cause);
        waiting.forEach((item) -> item.completeExceptionally(this.crew.broken(message, cause)));
        serving.forEach((worker) -> worker.poolBroke(this.crew.broken(message, cause)));
    }

    /** Cancels all tasks, those that run included. */
    void cancelAll() {
        List<WorkItem<?>> items;
        this.lock.lock();
        try {
            items = removeUnended();
            endIfEmpty();
            this.changed.signalAll();
        }
        finally {
            this.lock.unlock();
        }
        items.forEach((item) -> item.cancel(true));
    }

    /** Empties the queue; returns what was in it and what the workers have. */
    @GuardedBy("lock")
    private List<WorkItem<?>> removeUnended() {
        List<WorkItem<?>> items = this.queue.removeAll();
        items.addAll(this.staff.assigned());
        return items;
    }

    /** Returns the workers that have not ended, those that were let go included. */
    List<Worker> workers() {
        this.lock.lock();
        try {
            return this.staff.all().toList();
        }
        finally {
            this.lock.unlock();
        }
    }

    /** Waits until the pool has ended and no worker is left. */
    @SuppressWarnings("GuardedBy") // await asks with the lock held
    boolean awaitTermination(Duration timeout) throws InterruptedException {
        return this.changed.await(timeout,
                () -> this.staff.isEmpty() && (this.state == PoolState.TERMINATED || this.state == PoolState.BROKEN));
    }

    /** Waits until no task waits and none runs. */
    @SuppressWarnings("GuardedBy") // await asks with the lock held
    boolean awaitQuiescence(Duration timeout) throws InterruptedException {
        return this.changed.await(timeout, () -> this.queue.size() == 0 && this.staff.isAtRest());
    }

    /** A worker has completed a future after it had ended the work on it. */
    void concluded() {
        this.changed.signalWaiting();
    }

    PoolState state() {
        return this.state;
    }

    PoolStatistics statistics(String kind) {
        long nanoTime = System.nanoTime();
        Instant now = Instant.now();
        this.lock.lock();
        try {
            List<WorkerStatistics> rows = this.staff.statistics(now, nanoTime);
            return new PoolStatistics(name(), kind, this.state, this.queue.size(), this.settings.queueCapacity(),
                    this.settings.maxWorkers(), this.counters.snapshot(), this.counters.restarts(), rows,
                    this.brokenBy);
        }
        finally {
            this.lock.unlock();
        }
    }

}
