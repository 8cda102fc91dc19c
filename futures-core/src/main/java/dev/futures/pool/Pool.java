// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import dev.futures.ExecutorShutdownException;
import dev.futures.Outcome;
import dev.futures.PoolState;
import dev.futures.PoolStatistics;
import dev.futures.QueueFullException;
import dev.futures.WorkerStatistics;
import org.jspecify.annotations.Nullable;

/**
 * What there is of a pool: the queue, the workers, the state, and the only lock, which
 * guards them. {@link Dispatcher} brings tasks and workers together here, and
 * {@link Lifecycle} begins and ends it. Nothing that belongs to a user is called with the
 * lock held.
 */
final class Pool {

    final ReentrantLock lock = new ReentrantLock();

    final Changes changed = new Changes(this.lock);

    /** Where those wait who submit to a full queue and may block. */
    final Condition room = this.lock.newCondition();

    final Inbox inbox = new Inbox();

    final Outbox outbox = new Outbox();

    @GuardedBy("lock")
    final Backlog queue;

    @GuardedBy("lock")
    final Staff staff;

    /** What those who submit run themselves, and in which thread. */
    @GuardedBy("lock")
    final Map<WorkItem<?>, Thread> inCallers = new LinkedHashMap<>();

    final PendingItems pending = new PendingItems(this.lock, this::pendingEnded);

    final TaskCounters counters = new TaskCounters();

    final PoolListeners listeners;

    final StateNews news = new StateNews();

    /** The number of the item that was accepted last. */
    @GuardedBy("lock")
    private long lastId;

    private final PoolSettings settings;

    private final Crew crew;

    // volatile: written with the lock held, read by anybody
    private volatile PoolState state = PoolState.RUNNING;

    /** Written with the lock held, before the state becomes BROKEN. */
    @GuardedBy("lock")
    private @Nullable Throwable brokenBy;

    @SuppressWarnings("GuardedBy") // what is called back is called with the lock held
    Pool(PoolSettings settings, Crew crew, Staff staff) {
        this.settings = settings;
        this.crew = crew;
        this.staff = staff;
        this.queue = new Backlog(settings.queueCapacity(), this.inbox, this.outbox, this::accept, staff::toCome);
        staff.beforeChanges(this.queue::close);
        this.listeners = new PoolListeners(settings.name(), settings.listeners());
    }

    PoolSettings settings() {
        return this.settings;
    }

    Crew crew() {
        return this.crew;
    }

    String name() {
        return this.settings.name();
    }

    int maxWorkers() {
        this.lock.lock();
        try {
            return this.staff.maxWorkers();
        }
        finally {
            this.lock.unlock();
        }
    }

    PoolState state() {
        return this.state;
    }

    @GuardedBy("lock")
    void state(PoolState changedTo) {
        this.queue.close();
        this.state = changedTo;
    }

    @GuardedBy("lock")
    @Nullable Throwable brokenBy() {
        return this.brokenBy;
    }

    /** For those who do not have the lock. */
    @Nullable Throwable whatBroke() {
        this.lock.lock();
        try {
            return this.brokenBy;
        }
        finally {
            this.lock.unlock();
        }
    }

    @GuardedBy("lock")
    void breakBy(Throwable cause) {
        this.brokenBy = cause;
        state(PoolState.BROKEN);
    }

    @GuardedBy("lock")
    void heal() {
        this.brokenBy = null;
        state(PoolState.RUNNING);
    }

    @GuardedBy("lock")
    void ensureOpen() {
        if (this.state == PoolState.BROKEN) {
            throw this.crew.broken("pool '" + name() + "' is not usable anymore", this.brokenBy);
        }
        if (this.state == PoolState.SHUTTING_DOWN || this.state == PoolState.TERMINATED) {
            throw new ExecutorShutdownException("cannot schedule new futures after shutdown of pool '" + name() + "'");
        }
    }

    /** Takes note that it has an item, whose future may have ended already. */
    @GuardedBy("lock")
    void accept(WorkItem<?> item) {
        Outcome early = item.accept(++this.lastId);
        if (early != null) {
            this.counters.ended(early);
        }
    }

    /**
     * Waits, if the policy says so, until there may be room for one more task.
     * @return {@code false} if the item is not to be taken by a worker
     */
    @GuardedBy("lock")
    boolean awaitRoom(WorkItem<?> item) {
        switch (this.settings.queueFullPolicy()) {
            case CALLER_RUNS -> {
                if (this.state == PoolState.PAUSED) {
                    throw queueFull("the pool is paused, so that the caller does not run it either; resume it");
                }
                Callers.requireStack();
                return false;
            }
            case REJECT -> throw queueFull((this.state == PoolState.PAUSED) ? "the pool is paused; resume it"
                    : "submit more slowly or raise it");
            case BLOCK -> {
                Worker submitter = Worker.current();
                if (submitter != null && submitter.serves(this)) {
                    throw queueFull("a task of the pool itself cannot wait for room, as no other might make any");
                }
                // whoever ends it has announced that, or does so once the lock is free
                if (!item.isDecided()) {
                    awaitRoomInterruptibly();
                    ensureOpen();
                }
            }
        }
        return !item.isDecided();
    }

    @GuardedBy("lock")
    @SuppressWarnings("WaitNotInLoop") // the caller looks again
    private void awaitRoomInterruptibly() {
        try {
            this.room.await();
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new RejectedExecutionException(
                    "interrupted while waiting for room in the queue of pool '" + name() + "'", ex);
        }
    }

    @GuardedBy("lock")
    private QueueFullException queueFull(String advice) {
        return new QueueFullException(this.queue.size() + " tasks wait in pool '" + name() + "' for its at most "
                + this.staff.maxWorkers() + " workers and its " + this.settings.settingNames().apply("queueCapacity")
                + " is " + this.queue.capacity() + "; " + advice);
    }

    /** For those who do not have the lock. */
    void collect() {
        this.lock.lock();
        try {
            this.queue.collect();
        }
        finally {
            this.lock.unlock();
        }
    }

    /** Whether tasks that wait are going to be run. */
    @GuardedBy("lock")
    boolean servesQueue() {
        return this.state == PoolState.RUNNING || this.state == PoolState.SHUTTING_DOWN;
    }

    /** Returns new workers, to be started once the lock is free. */
    @GuardedBy("lock")
    List<Worker> hireForQueue() {
        return servesQueue() ? this.staff.hireFor(this.queue.size(), this.state == PoolState.RUNNING) : List.of();
    }

    /** Whether there is no task and no worker. */
    @GuardedBy("lock")
    boolean isEmpty() {
        return this.queue.size() == 0 && this.staff.isEmpty() && this.inCallers.isEmpty() && this.pending.isEmpty();
    }

    @GuardedBy("lock")
    void endIfEmpty() {
        if (this.state == PoolState.SHUTTING_DOWN && isEmpty()) {
            state(PoolState.TERMINATED);
        }
    }

    @SuppressWarnings("GuardedBy") // called with the lock held
    private void pendingEnded() {
        endIfEmpty();
        announce();
    }

    /** Makes every worker ask for a task again, and whoever waits for something look. */
    @GuardedBy("lock")
    void wakeAll() {
        this.staff.wakeAll();
        announce();
    }

    /** Has everybody look again who waits for something. */
    @GuardedBy("lock")
    void announce() {
        this.changed.signalAll();
        this.room.signalAll();
    }

    /** Without the lock: a thread that cannot be started leaves its seat to others. */
    void start(Worker worker) {
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
            announce();
            return items;
        }
        finally {
            this.lock.unlock();
        }
    }

    /** Whether the calling thread runs a task of this pool, or a callback of one. */
    boolean isAtWorkHere() {
        Worker worker = Worker.current();
        if (worker != null && worker.dispatcher().pool() == this) {
            return true;
        }
        this.lock.lock();
        try {
            return this.inCallers.containsValue(Thread.currentThread()) || this.pending.areEndingHere();
        }
        finally {
            this.lock.unlock();
        }
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

    PoolStatistics statistics(String kind) {
        long nanoTime = System.nanoTime();
        Instant now = Instant.now();
        this.lock.lock();
        try {
            this.queue.collect();
            List<WorkerStatistics> rows = this.staff.statistics(now, nanoTime);
            return new PoolStatistics(name(), kind, this.state, this.queue.size(), this.settings.queueCapacity(),
                    this.queue.waitingSince(now, nanoTime), this.staff.maxWorkers(),
                    this.counters.snapshot(this.lastId), this.counters.restarts(), rows, this.brokenBy);
        }
        finally {
            this.lock.unlock();
        }
    }

}
