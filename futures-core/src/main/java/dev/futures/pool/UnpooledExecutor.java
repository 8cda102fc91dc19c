// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.locks.ReentrantLock;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import dev.futures.Executor;
import dev.futures.ExecutorShutdownException;
import dev.futures.Future;
import dev.futures.Outcome;
import dev.futures.PoolState;
import dev.futures.PoolStatistics;
import dev.futures.Task;
import dev.futures.TaskOptions;
import dev.futures.WorkerStatistics;
import org.jspecify.annotations.Nullable;

/**
 * An executor without a queue and workers of its own: somebody else lends the thread that
 * a task runs in. Futures, time limits, shutdown and statistics are those of a pool.
 */
public abstract class UnpooledExecutor implements Executor {

    private static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);

    private final PoolSettings settings;

    private final String kind;

    private final ItemOwner owner = new Owner();

    private final ReentrantLock lock = new ReentrantLock();

    private final Changes changed = new Changes(this.lock);

    private final TaskCounters counters = new TaskCounters();

    @GuardedBy("lock")
    private final Map<WorkItem<?>, Run> unended = new LinkedHashMap<>();

    private final PendingItems pending = new PendingItems(this.lock, this.changed::signalAll);

    @GuardedBy("lock")
    private boolean shutdown;

    // volatile: written by close(Duration), read by close()
    private volatile boolean givenUp;

    /**
     * Creates an executor.
     * @param name its name
     * @param kind what statistics call this kind of executor
     */
    protected UnpooledExecutor(String name, String kind) {
        this.settings = PoolSettings.of(name, Integer.MAX_VALUE);
        this.kind = Objects.requireNonNull(kind, "kind");
    }

    /**
     * Has a task run, now or later, in whatever thread.
     * @param run runs the task; throws nothing
     * @throws RejectedExecutionException if that cannot be
     */
    protected abstract void execute(Runnable run);

    /**
     * Returns whether the submitting thread runs its tasks.
     * @return {@code false} unless overridden
     */
    protected boolean runsInCaller() {
        return false;
    }

    /**
     * Has a task run; for those who want to know which it is. Calls
     * {@link #execute(Runnable)} unless overridden.
     * @param item the task, which nobody but this class may start or end
     * @param run runs the task; throws nothing
     * @throws RejectedExecutionException if that cannot be
     */
    protected void execute(WorkItem<?> item, Runnable run) {
        execute(run);
    }

    /**
     * Has an action run once, later, in a thread of its own unless overridden.
     * @param delay how much later
     * @param action what to run
     * @return what can be cancelled to take it back
     */
    protected ScheduledFuture<?> schedule(Duration delay, Runnable action) {
        return TaskTimer.schedule(delay, action);
    }

    /**
     * Called by a thread that is about to wait, in {@code close} or {@code shutdown}, for
     * all tasks to end: where nobody else runs them, it may do so itself. Does nothing
     * unless overridden.
     */
    protected void beforeWaitingForAll() {
    }

    /**
     * Shuts down whoever lends the threads.
     */
    protected abstract void shutdownLender();

    /**
     * Waits until whoever lends the threads has ended.
     * @param timeout how long to wait
     * @return {@code false} if that did not happen in time
     * @throws InterruptedException if the calling thread is interrupted while it waits
     */
    protected abstract boolean awaitLender(Duration timeout) throws InterruptedException;

    @Override
    public final String name() {
        return this.settings.name();
    }

    @Override
    public final <T extends @Nullable Object> Future<T> submit(Task<T> task, TaskOptions options) {
        WorkItem<T> item = WorkItem.create(this.owner, task, options, this.settings);
        if (runsInCaller()) {
            Callers.requireStack();
        }
        accept(item);
        item.armQueueTimeLimit();
        try {
            execute(item, () -> run(item));
        }
        catch (Throwable ex) {
            // not only a rejection: a thread may not be made, a stack may overflow
            item.disarm();
            forget(item);
            this.counters.notSubmitted();
            throw ex;
        }
        return item;
    }

    private void accept(WorkItem<?> item) {
        this.lock.lock();
        try {
            if (this.shutdown) {
                this.counters.rejected();
                throw new ExecutorShutdownException(
                        "cannot schedule new futures after shutdown of executor '" + name() + "'");
            }
            this.unended.put(item, Run.NOT_STARTED);
            this.counters.submitted();
        }
        finally {
            this.lock.unlock();
        }
    }

    private void run(WorkItem<?> item) {
        this.lock.lock();
        try {
            this.unended.replace(item, new Run(Thread.currentThread(), System.nanoTime()));
        }
        finally {
            this.lock.unlock();
        }
        try {
            CallerRun.run(item);
        }
        finally {
            forget(item);
        }
    }

    private void forget(WorkItem<?> item) {
        this.lock.lock();
        try {
            this.unended.remove(item);
            this.changed.signalAll();
        }
        finally {
            this.lock.unlock();
        }
    }

    @Override
    public final void shutdown(boolean wait, boolean cancelFutures) {
        this.lock.lock();
        try {
            this.shutdown = true;
            this.changed.signalAll();
        }
        finally {
            this.lock.unlock();
        }
        if (cancelFutures) {
            unended().forEach(Future::cancel);
        }
        shutdownLender();
        if (wait) {
            ensureNotInOwnTask();
            beforeWaitingForAll();
            try {
                awaitTermination(FOREVER);
            }
            catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void ensureNotInOwnTask() {
        this.lock.lock();
        try {
            if (this.pending.areEndingHere()
                    || this.unended.values().stream().anyMatch((run) -> run.thread() == Thread.currentThread())) {
                throw new IllegalStateException(
                        "a task of executor '" + name() + "' cannot wait for the end of its own executor");
            }
        }
        finally {
            this.lock.unlock();
        }
    }

    @Override
    @SuppressWarnings("GuardedBy") // await asks with the lock held
    public final boolean awaitTermination(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + TaskTimer.nanos(timeout);
        return this.changed.await(timeout, () -> this.shutdown && isAtRest())
                && awaitLender(Duration.ofNanos(deadline - System.nanoTime()));
    }

    @Override
    public final void close() {
        shutdown(false, false);
        ensureNotInOwnTask();
        beforeWaitingForAll();
        boolean interrupted = false;
        boolean waiting = !this.givenUp;
        while (waiting) {
            try {
                // a lender that ends before that time without having ended never will
                awaitTermination(FOREVER);
                waiting = false;
            }
            catch (InterruptedException ex) {
                interrupted = true;
                cancelAll();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public final boolean close(Duration patience) {
        shutdown(false, false);
        ensureNotInOwnTask();
        beforeWaitingForAll();
        try {
            if (awaitTermination(patience)) {
                return true;
            }
            cancelAll();
            this.givenUp = !awaitTermination(patience);
        }
        catch (InterruptedException ex) {
            cancelAll();
            this.givenUp = true;
            Thread.currentThread().interrupt();
        }
        return !this.givenUp;
    }

    /**
     * Waits until no task waits and none is running.
     * @param timeout how long to wait
     * @return {@code false} if that did not happen in time
     * @throws InterruptedException if the calling thread is interrupted while it waits
     */
    @SuppressWarnings("GuardedBy") // await asks with the lock held
    public final boolean awaitQuiescence(Duration timeout) throws InterruptedException {
        return this.changed.await(timeout, this::isAtRest);
    }

    @GuardedBy("lock")
    private boolean isAtRest() {
        return this.unended.isEmpty() && this.pending.isEmpty();
    }

    @Override
    public final void cancelAll() {
        unended().forEach((item) -> item.cancel(true));
    }

    private List<WorkItem<?>> unended() {
        this.lock.lock();
        try {
            List<WorkItem<?>> items = new ArrayList<>(this.unended.keySet());
            items.addAll(this.pending.all());
            return items;
        }
        finally {
            this.lock.unlock();
        }
    }

    /**
     * Returns what this executor is doing. The rows of workers are the threads that run a
     * task now, and there is no limit to their number that this executor knows.
     */
    @Override
    public final PoolStatistics statistics() {
        long nanoTime = System.nanoTime();
        Instant now = Instant.now();
        this.lock.lock();
        try {
            List<WorkerStatistics> rows = new ArrayList<>();
            this.unended.forEach((item, run) -> {
                if (run.thread() != null) {
                    Instant since = now.minusNanos(nanoTime - run.since());
                    rows.add(new WorkerStatistics(run.thread().getName(), WorkerStatistics.State.BUSY, since, since,
                            null, item.name(), item.progress(), 0, 0, null));
                }
            });
            return new PoolStatistics(name(), this.kind, state(), this.unended.size() - rows.size(), Integer.MAX_VALUE,
                    null, Integer.MAX_VALUE, this.counters.snapshot(), 0, rows, null);
        }
        finally {
            this.lock.unlock();
        }
    }

    @GuardedBy("lock")
    private PoolState state() {
        if (!this.shutdown) {
            return PoolState.RUNNING;
        }
        return isAtRest() ? PoolState.TERMINATED : PoolState.SHUTTING_DOWN;
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + "[" + name() + "]";
    }

    /** Which thread runs an item, and since when. */
    private record Run(@Nullable Thread thread, long since) {

        private static final Run NOT_STARTED = new Run(null, 0);

    }

    private final class Owner implements ItemOwner {

        @Override
        public String name() {
            return UnpooledExecutor.this.name();
        }

        @Override
        public ScheduledFuture<?> schedule(Duration delay, Runnable action) {
            return UnpooledExecutor.this.schedule(delay, action);
        }

        @Override
        public PendingItems pending() {
            return UnpooledExecutor.this.pending;
        }

        @Override
        public void ended(WorkItem<?> item, boolean wasRunning, Outcome outcome) {
            UnpooledExecutor.this.counters.ended(outcome);
            UnpooledExecutor.this.lock.lock();
            try {
                // what has been started is unended until its thread is free again
                if (UnpooledExecutor.this.unended.remove(item, Run.NOT_STARTED)) {
                    UnpooledExecutor.this.changed.signalAll();
                }
            }
            finally {
                UnpooledExecutor.this.lock.unlock();
            }
        }

    }

}
