// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.util.List;
import java.util.concurrent.RejectedExecutionException;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import dev.futures.BrokenExecutorException;
import dev.futures.Outcome;
import dev.futures.PoolState;
import dev.futures.TaskTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Brings tasks and workers together: decides which worker gets a task, or whether it
 * waits, and what a worker does next.
 */
final class Dispatcher implements ItemOwner {

    /** How often to look again; handing out takes no longer than that, as a rule. */
    private static final int PATIENCE = 100;

    private final Pool pool;

    private final Lifecycle lifecycle;

    private final Callers callers;

    @GuardedBy("pool.lock")
    private final WaitGraph waits;

    Dispatcher(PoolSettings settings, Crew crew) {
        // that of whoever made the pool: the submitters' may come and go
        ClassLoader contextClassLoader = Thread.currentThread().getContextClassLoader();
        Staff staff = new Staff(settings.inline() ? 0 : settings.minWorkers(), settings.maxWorkers(),
                (number) -> crew.newWorker(new Seat(this, settings.name() + "_" + number, contextClassLoader)));
        this.pool = new Pool(settings, crew, staff);
        this.lifecycle = new Lifecycle(this.pool);
        this.callers = new Callers(this.pool, this.lifecycle);
        this.waits = new WaitGraph(this, staff, settings.settingNames());
    }

    @Override
    public String name() {
        return this.pool.name();
    }

    @Override
    public PendingItems pending() {
        return this.pool.pending;
    }

    Pool pool() {
        return this.pool;
    }

    Lifecycle lifecycle() {
        return this.lifecycle;
    }

    void submit(WorkItem<?> item) {
        if (this.pool.settings().inline()) {
            this.callers.submit(item);
            return;
        }
        // before a worker can see it: from then on the worker arms the limits
        item.armQueueTimeLimit();
        // one of another priority may have to overtake what lies ready
        if (item.priority() != 0 || !this.pool.inbox.offer(item)) {
            submitToWorkers(item);
        }
    }

    private void submitToWorkers(WorkItem<?> item) {
        Worker idleWorker;
        Worker newWorker = null;
        boolean waits = false;
        this.pool.lock.lock();
        try {
            this.pool.ensureOpen();
            idleWorker = this.pool.staff.pollIdle();
            while (idleWorker == null && !this.pool.queue.hasRoom() && this.pool.awaitRoom(item)) {
                idleWorker = this.pool.staff.pollIdle();
            }
            this.pool.accept(item);
            if (idleWorker != null) {
                idleWorker.desk().assign(item);
            }
            else if (this.pool.queue.hasRoom() && !item.isDecided()) {
                waits = true;
                newWorker = enqueue(item);
            }
            else {
                this.pool.inCallers.put(item, Thread.currentThread());
            }
        }
        catch (RejectedExecutionException | BrokenExecutorException ex) {
            this.pool.counters.rejected();
            item.disarm();
            throw ex;
        }
        catch (StackOverflowError ex) {
            // there is no room for the caller to run it
            item.disarm();
            throw ex;
        }
        finally {
            this.pool.lock.unlock();
        }
        if (idleWorker != null) {
            idleWorker.handOver(item);
        }
        else if (!waits) {
            this.callers.run(item);
        }
        if (newWorker != null) {
            this.pool.start(newWorker);
        }
    }

    /** Returns a worker to be started for it, if there may be one more. */
    @GuardedBy("pool.lock")
    private @Nullable Worker enqueue(WorkItem<?> item) {
        this.pool.queue.add(item);
        if (this.pool.state() != PoolState.RUNNING) {
            return null;
        }
        Worker newWorker = this.pool.staff.hire();
        if (newWorker == null && !this.pool.lock.hasWaiters(this.pool.room)) {
            // until somebody is idle or may be hired, others will just wait, too
            this.pool.queue.open();
        }
        return newWorker;
    }

    /**
     * Does what {@link #take} does, for a worker that has just ended an item: nothing has
     * to be decided about it while there is something in the outbox. Who has the lock is
     * likely to be filling that, so waiting for the lock begins with a look or two.
     */
    @Nullable WorkItem<?> takeNext(Worker worker) {
        for (int i = 0; i < PATIENCE && !worker.isRetired(); i++) {
            WorkItem<?> item = this.pool.outbox.poll(worker);
            if (item != null) {
                return item;
            }
            if (!this.pool.lock.isLocked()) {
                break;
            }
            Thread.onSpinWait();
        }
        return take(worker);
    }

    /** Gives the worker its next item, makes it idle, or lets it go. */
    @Nullable WorkItem<?> take(Worker worker) {
        this.pool.lock.lock();
        try {
            // submit() may have chosen this worker and be on its way to hand the item
            // over; one that was let go or abandoned has no place here any more
            if (worker.assigned() != null || worker.isRetired()) {
                return worker.assigned();
            }
            this.pool.staff.asksForTask(worker);
            boolean surplus = isSurplus(worker);
            if (this.pool.servesQueue() && !surplus) {
                WorkItem<?> item = this.pool.queue.poll();
                if (item != null) {
                    worker.desk().assign(item);
                    this.pool.room.signal();
                    handOut(worker);
                    return item;
                }
            }
            if (this.pool.state() == PoolState.RUNNING && !surplus) {
                this.pool.staff.becomesIdle(worker);
                this.pool.room.signal();
            }
            else {
                this.pool.staff.letGo(worker);
            }
            this.pool.changed.signalAll();
            return null;
        }
        finally {
            this.pool.lock.unlock();
        }
    }

    /** Lets workers go on without the lock, if nobody has to be told or hired for it. */
    @GuardedBy("pool.lock")
    private void handOut(Worker worker) {
        if (worker.takesWithoutLock() && this.pool.state() == PoolState.RUNNING && this.pool.staff.isSteady()
                && !this.pool.lock.hasWaiters(this.pool.room)) {
            this.pool.queue.handOut();
        }
    }

    @GuardedBy("pool.lock")
    private boolean isSurplus(Worker worker) {
        return (this.pool.staff.isTooMany(worker) && !isNeeded()) || this.pool.staff.isOutgoing(worker);
    }

    /** Somebody may wait for what only a surplus worker is left to do. */
    @GuardedBy("pool.lock")
    private boolean isNeeded() {
        return !this.waits.isEmpty() && this.pool.queue.size() > 0;
    }

    /** Lets a worker go that would have to get ready, or ready again, for nothing. */
    boolean retireIfUnneeded(Worker worker) {
        this.pool.lock.lock();
        try {
            boolean stays = this.pool.state() == PoolState.RUNNING
                    || (this.pool.servesQueue() && this.pool.queue.size() > 0);
            if (worker.assigned() != null || (stays && !isSurplus(worker))) {
                return false;
            }
            letGo(worker);
            return true;
        }
        finally {
            this.pool.lock.unlock();
        }
    }

    /** Lets a worker go that has been idle for long, unless it was given an item. */
    boolean retireIfIdle(Worker worker) {
        this.pool.lock.lock();
        try {
            if (!this.pool.staff.isIdle(worker) || !this.pool.staff.isBeyondMinimum()) {
                return false;
            }
            this.pool.staff.notIdle(worker);
            letGo(worker);
            return true;
        }
        finally {
            this.pool.lock.unlock();
        }
    }

    /** Takes a worker out of the line of idle ones, unless it was given an item. */
    boolean leaveIdleLine(Worker worker) {
        this.pool.lock.lock();
        try {
            if (worker.assigned() != null) {
                return false;
            }
            this.pool.staff.notIdle(worker);
            this.pool.staff.comesBack(worker);
            return true;
        }
        finally {
            this.pool.lock.unlock();
        }
    }

    @GuardedBy("pool.lock")
    private void letGo(Worker worker) {
        this.pool.staff.letGo(worker);
        this.pool.announce();
    }

    /**
     * Goes on without a worker whose thread does not come back, unless it just has.
     * @param item what it was last seen with
     */
    boolean abandon(Worker worker, WorkItem<?> item) {
        this.pool.lock.lock();
        try {
            if (worker.assigned() != item || !this.pool.staff.has(worker)) {
                return false;
            }
            // from now on it is given nothing
            worker.retire();
            this.pool.staff.gone(worker);
        }
        finally {
            this.pool.lock.unlock();
        }
        gone(worker);
        return true;
    }

    /** A worker's thread is about to end, or was never started, or is given up. */
    void gone(Worker worker) {
        WorkItem<?> orphan;
        List<Worker> hired;
        Throwable cause;
        this.pool.lock.lock();
        try {
            orphan = worker.assigned();
            this.pool.staff.gone(worker);
            hired = this.pool.hireForQueue();
            this.pool.endIfEmpty();
            cause = this.pool.brokenBy();
            this.pool.announce();
        }
        finally {
            this.pool.lock.unlock();
        }
        if (orphan != null) {
            orphan.completeExceptionally(this.pool.crew().broken("worker of pool '" + name() + "' ended", cause));
        }
        hired.forEach(this.pool::start);
    }

    @Override
    public void collect() {
        this.pool.collect();
    }

    @Override
    public void timedOut(WorkItem<?> item, TaskTimeoutException failure) {
        this.pool.listeners.timedOut(item, failure);
    }

    /** The outcome of an item is decided. */
    @Override
    public void ended(WorkItem<?> item, boolean wasRunning, Outcome outcome) {
        if (wasRunning) {
            this.pool.counters.ended(outcome);
            return;
        }
        List<Worker> holders;
        this.pool.lock.lock();
        try {
            this.pool.queue.collect();
            if (item.endedAs(outcome)) {
                this.pool.counters.ended(outcome);
            }
            holders = (item.place() != Place.QUEUED) ? this.pool.staff.holdersOf(item) : List.of();
            this.pool.queue.ended(item);
            this.pool.endIfEmpty();
            this.pool.announce();
        }
        finally {
            this.pool.lock.unlock();
        }
        holders.forEach((holder) -> holder.withdrawn(item));
    }

    /** A worker is not available for a while. */
    void restarting(Worker worker) {
        this.pool.counters.restarted();
        this.pool.lock.lock();
        try {
            this.pool.staff.notIdle(worker);
        }
        finally {
            this.pool.lock.unlock();
        }
    }

    /** A worker will be available again before long. */
    void comesBack(Worker worker) {
        this.pool.lock.lock();
        try {
            this.pool.staff.comesBack(worker);
        }
        finally {
            this.pool.lock.unlock();
        }
    }

    /** A worker has completed a future after it had ended the work on it. */
    void concluded() {
        this.pool.changed.signalWaiting();
    }

    /**
     * The thread of a worker is going to wait.
     * @throws dev.futures.DeadlockException if that could never end
     */
    void startsToWait(Worker worker, WaitGraph.Wait wait) {
        this.pool.lock.lock();
        try {
            this.pool.queue.collect();
            this.waits.add(worker, wait);
        }
        finally {
            this.pool.lock.unlock();
        }
    }

    void endsWaiting(Worker worker) {
        this.pool.lock.lock();
        try {
            this.waits.remove(worker);
        }
        finally {
            this.pool.lock.unlock();
        }
    }

}
