// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

import dev.futures.BrokenExecutorException;
import dev.futures.ProcessStatistics;
import dev.futures.WorkerStatistics;
import org.jspecify.annotations.Nullable;

/**
 * One worker of a pool: a thread, and the place where it has tasks run. Subclasses say
 * what place that is.
 * <p>
 * A subclass implements {@link #work()} as a loop around {@link #take()} and tells the
 * engine when it {@linkplain #begin begins} and {@linkplain #end ends} an item. When
 * {@code take} returned nothing, the worker is idle and must wait for
 * {@link #handOver(WorkItem)} or {@link #wakeUp()}, which other threads call.
 */
public abstract class Worker {

    private static final ThreadLocal<@Nullable Worker> current = new ThreadLocal<>();

    private final Dispatcher dispatcher;

    private final String name;

    private final Thread thread;

    private final Consumer<WorkItem<?>> stopper = this::stop;

    private final Desk desk = new Desk();

    // volatile: written with the pool's lock held, read by the worker's thread
    private volatile boolean retired;

    /** Guarded by the pool's lock. */
    private boolean inIdleLine;

    private final WorkerDiary diary = new WorkerDiary();

    /**
     * Creates a worker with a platform thread that keeps the JVM alive.
     * @param seat its place in the pool
     */
    protected Worker(Seat seat) {
        this(seat, Seat::platformThread);
    }

    /**
     * Creates a worker.
     * @param seat its place in the pool
     * @param threads makes its thread, which gets its name and context class loader here
     */
    @SuppressWarnings("this-escape")
    protected Worker(Seat seat, ThreadFactory threads) {
        this.dispatcher = seat.dispatcher();
        this.name = seat.name();
        this.thread = seat.thread(threads, this::run);
    }

    /** Returns the worker whose thread this is, of whatever pool. */
    static @Nullable Worker current() {
        return current.get();
    }

    final boolean serves(Pool pool) {
        return this.dispatcher.pool() == pool;
    }

    final Dispatcher dispatcher() {
        return this.dispatcher;
    }

    final void start() {
        this.thread.start();
    }

    private void run() {
        current.set(this);
        WorkItem.observeWaitsOf(this);
        ItemContext.installFor(this);
        try {
            work();
        }
        catch (Throwable ex) {
            this.dispatcher.lifecycle().breakDown(this, "worker " + this.name + " failed", ex);
        }
        finally {
            this.dispatcher.gone(this);
        }
    }

    /**
     * Serves the pool until {@link #isRetired()}. Runs in the worker's own thread. An
     * exception from here breaks the pool.
     */
    protected abstract void work();

    /**
     * Gives an item to this worker, which is idle. Called by the submitter's thread.
     * @param item the item
     */
    protected abstract void handOver(WorkItem<?> item);

    /**
     * Makes the worker look at {@link #take()} again if it is waiting. Called by any
     * thread, possibly with the pool's lock held, so it must not block.
     */
    protected abstract void wakeUp();

    /**
     * Stops an item that this worker is running and whose future has ended. Called by any
     * thread. Nothing may happen if the worker has gone on to another item.
     * @param item the item
     */
    protected abstract void stop(WorkItem<?> item);

    /**
     * Tells this worker that the future of its item has ended before the item was begun.
     * Called by any thread, for workers that take long to begin. Nothing may happen if
     * the item is not this worker's.
     * @param item the item
     */
    protected void withdrawn(WorkItem<?> item) {
    }

    /**
     * Gives up whatever this worker is doing, getting ready included: nobody waits for it
     * any more. Called by any thread.
     */
    protected abstract void stopNow();

    /**
     * Tells the worker that the pool is broken. It ends after the item that it is
     * running, or lets that fail. Called by any thread.
     * @param failure what fails the item
     */
    protected void poolBroke(BrokenExecutorException failure) {
        wakeUp();
    }

    /**
     * Returns the process that tasks run in. Called by any thread; must not block.
     * @return the process, or {@code null} if there is none
     */
    protected @Nullable ProcessStatistics process() {
        return null;
    }

    /**
     * Returns whether tasks may be so short that this worker is to take the next one
     * without the pool's lock. While it does it may seem to others to have an item that
     * another worker gets.
     * @return {@code false} unless overridden
     */
    protected boolean takesWithoutLock() {
        return false;
    }

    /**
     * Returns the item that this worker was given and has not ended; if there is none,
     * takes the next one from the queue; if that is empty, makes this worker idle, or
     * retires it when the pool does not need it any more.
     * @return the item, or {@code null} if the worker is idle or retired
     */
    protected final @Nullable WorkItem<?> take() {
        return this.dispatcher.take(this);
    }

    /**
     * Returns the item that this worker was given and has not ended.
     * @return the item, or {@code null}
     */
    protected final @Nullable WorkItem<?> assigned() {
        return this.desk.assigned();
    }

    /**
     * Marks an item as running here, for its future and for statistics.
     * @param item the item
     * @param again whether it is marked as running already, in a place that was lost
     * before it got there
     * @return {@code false} if its future has ended meanwhile and it must not run
     */
    protected final boolean begin(WorkItem<?> item, boolean again) {
        if (again ? item.done() : !item.start(this.stopper)) {
            return false;
        }
        this.diary.begins(item);
        return true;
    }

    /**
     * Ends the work on an item that was begun, and completes its future. Unless that may
     * run callbacks, the worker first takes its next item or becomes idle, so that
     * whoever sees the future done finds the worker available.
     * @param item the item
     * @param completion what completes the future
     */
    protected final void finish(WorkItem<?> item, Runnable completion) {
        if (item.runsCallbacks()) {
            finishLast(completion);
            return;
        }
        this.diary.taskDone();
        this.desk.startConcluding();
        WorkItem<?> next = null;
        try {
            next = takesWithoutLock() ? this.dispatcher.takeNext(this) : take();
        }
        finally {
            completion.run();
        }
        // after that: sending it may run code of a user, and take its time
        if (next != null) {
            handOver(next);
        }
        this.desk.endConcluding();
        this.dispatcher.concluded();
    }

    /**
     * Ends the work on an item that was begun, and completes its future, without taking
     * another one.
     * @param completion what completes the future
     */
    protected final void finishLast(Runnable completion) {
        this.diary.taskDone();
        completion.run();
        end();
        this.dispatcher.concluded();
    }

    /**
     * Ends the work on the assigned item before its future is completed; until then the
     * pool is not at rest.
     * @param conclusion what completes the future, at last
     */
    protected final void conclude(Runnable conclusion) {
        this.desk.startConcluding();
        conclusion.run();
        this.desk.endConcluding();
        this.dispatcher.concluded();
    }

    /**
     * Ends the work on the assigned item, whose future is completed elsewhere or was not
     * begun.
     */
    protected final void end() {
        this.desk.end();
    }

    /** Says that the worker is getting ready again. */
    protected final void starting() {
        this.diary.does(WorkerStatistics.State.STARTING);
    }

    /** Counts one loss of the place where this worker's tasks run, which is replaced. */
    protected final void restarting() {
        this.diary.restarted();
        starting();
        this.dispatcher.restarting(this);
    }

    /**
     * Breaks the pool.
     * @param message what happened
     * @param cause the cause
     */
    protected final void breakPool(String message, Throwable cause) {
        this.dispatcher.lifecycle().breakDown(this, message, cause);
    }

    /**
     * Retires this worker if it has nothing to do and the pool needs it no more: for
     * workers that would have to get ready again.
     * @return whether the worker must end
     */
    protected final boolean retireIfUnneeded() {
        return this.retired || this.dispatcher.retireIfUnneeded(this);
    }

    /**
     * Retires this worker if it is idle: for workers that have been idle for as long as
     * {@link #keepAliveNanos()} says. Called by the worker's thread.
     * @return whether the worker must end; if not it was just given an item
     */
    protected final boolean retireIfIdle() {
        return this.retired || this.dispatcher.retireIfIdle(this);
    }

    /**
     * Leaves the line of idle workers, if this worker is there, to get ready again.
     * @return {@code false} if it was just given an item
     */
    protected final boolean leaveIdleLine() {
        if (!this.dispatcher.leaveIdleLine(this)) {
            return false;
        }
        starting();
        return true;
    }

    /**
     * Lets this worker go although its thread is held up by code that cannot be stopped;
     * another worker takes its place. The thread ends when that code does. Called by any
     * other thread.
     * @param item the item whose code it is
     * @return {@code false} if the thread has come back meanwhile
     */
    protected final boolean abandon(WorkItem<?> item) {
        return this.dispatcher.abandon(this, item);
    }

    /**
     * Says that this worker is going to ask for a task before long, though it is not idle
     * meanwhile: a task may wait for it.
     */
    protected final void comesBack() {
        this.dispatcher.comesBack(this);
    }

    /**
     * Runs an action once, later, in a thread of its own.
     * @param delay how much later
     * @param action what to run, which must not block for long
     */
    protected final void later(Duration delay, Runnable action) {
        ScheduledFuture<?> unused = TaskTimer.schedule(delay, action);
    }

    /**
     * Returns how long this worker may be idle.
     * @return the time in nanoseconds, or {@link Long#MAX_VALUE} for ever
     */
    protected final long keepAliveNanos() {
        Duration keepAlive = this.dispatcher.pool().settings().keepAlive();
        return (keepAlive != null) ? TaskTimer.nanos(keepAlive) : Long.MAX_VALUE;
    }

    /**
     * Returns whether the pool has let this worker go.
     * @return {@code true} if the worker must end
     */
    protected final boolean isRetired() {
        return this.retired;
    }

    /**
     * Returns the name of this worker and its thread.
     * @return the name
     */
    protected final String name() {
        return this.name;
    }

    /**
     * Returns the worker's thread.
     * @return the thread
     */
    protected final Thread thread() {
        return this.thread;
    }

    final Desk desk() {
        return this.desk;
    }

    final boolean isInIdleLine() {
        return this.inIdleLine;
    }

    final void isInIdleLine(boolean isThere) {
        this.inIdleLine = isThere;
    }

    final void retire() {
        this.retired = true;
    }

    final void idle() {
        this.diary.does(WorkerStatistics.State.IDLE);
    }

    final WorkerStatistics statistics(Instant now, long nanoTime) {
        return this.diary.statistics(this.name, process(), now, nanoTime);
    }

}
