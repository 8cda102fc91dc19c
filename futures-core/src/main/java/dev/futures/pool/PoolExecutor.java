// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;

import dev.futures.BrokenExecutorException;
import dev.futures.Executor;
import dev.futures.Future;
import dev.futures.PoolState;
import dev.futures.PoolStatistics;
import dev.futures.Task;
import dev.futures.TaskOptions;
import dev.futures.TaskStatistics;
import dev.futures.WorkerStatistics;
import org.jspecify.annotations.Nullable;

/**
 * An executor with workers: the part that all kinds of pool have in common. Workers are
 * started on demand, one a submission, as long as no worker is idle and there are fewer
 * than the maximum; idle workers are used again.
 */
public abstract class PoolExecutor implements Executor {

    private static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);

    private final PoolSettings settings;

    private final String kind;

    private final Dispatcher dispatcher;

    private final Operations operations;

    // volatile: written by close(Duration), read by close()
    private volatile boolean givenUp;

    /**
     * Creates a pool without workers.
     * @param settings the settings
     * @param kind what statistics call this kind of pool
     */
    @SuppressWarnings("this-escape")
    protected PoolExecutor(PoolSettings settings, String kind) {
        this.settings = settings;
        this.kind = kind;
        this.dispatcher = new Dispatcher(settings, new Crew() {

            @Override
            public Worker newWorker(Seat seat) {
                return PoolExecutor.this.newWorker(seat);
            }

            @Override
            public BrokenExecutorException broken(String message, @Nullable Throwable cause) {
                return PoolExecutor.this.broken(message, cause);
            }

        });
        this.operations = new Operations(this.dispatcher.pool());
    }

    /**
     * Starts as many workers as there are to be at least. To be called by whoever has
     * constructed the pool.
     */
    protected final void startMinimum() {
        this.dispatcher.lifecycle().resize(this.settings.maxWorkers());
    }

    /**
     * Creates a worker. Called with the pool's lock held, so it must be quick.
     * @param seat the worker's place in this pool
     * @return the worker, not started
     */
    protected abstract Worker newWorker(Seat seat);

    /**
     * Creates the exception that says that this kind of pool is broken.
     * @param message what happened
     * @param cause the cause, if it is known
     * @return a new exception
     */
    protected abstract BrokenExecutorException broken(String message, @Nullable Throwable cause);

    @Override
    public final String name() {
        return this.settings.name();
    }

    /**
     * Returns whether tasks run in the threads that submit them, so that there are no
     * workers, and nothing is isolated whatever the kind of pool.
     * @return {@code true} if so
     */
    protected final boolean isInline() {
        return this.settings.inline();
    }

    @Override
    public final <T extends @Nullable Object> Future<T> submit(Task<T> task, TaskOptions options) {
        WorkItem<T> item = WorkItem.create(this.dispatcher, task, options, this.settings);
        item.listeners(this.dispatcher.pool().listeners.submitted(item));
        try {
            this.dispatcher.submit(item);
        }
        catch (RejectedExecutionException | BrokenExecutorException ex) {
            item.rejected(ex);
            this.dispatcher.pool().listeners.rejected(item, ex);
            throw ex;
        }
        return item;
    }

    @Override
    public final void shutdown(boolean wait, boolean cancelFutures) {
        this.dispatcher.lifecycle().shutdown(cancelFutures);
        if (wait) {
            ensureNoTaskOfThisPool();
            try {
                awaitTermination(FOREVER);
            }
            catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public final boolean awaitTermination(Duration timeout) throws InterruptedException {
        return this.dispatcher.lifecycle().awaitTermination(timeout);
    }

    private void ensureNoTaskOfThisPool() {
        if (this.dispatcher.pool().isAtWorkHere()) {
            throw new IllegalStateException("a task of pool '" + name() + "' cannot wait for the end of its own pool");
        }
    }

    @Override
    public final void close() {
        this.dispatcher.lifecycle().shutdown(false);
        ensureNoTaskOfThisPool();
        boolean interrupted = false;
        while (!this.givenUp) {
            try {
                awaitTermination(FOREVER);
                break;
            }
            catch (InterruptedException ex) {
                interrupted = true;
                stopEverything();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public final boolean close(Duration patience) {
        this.dispatcher.lifecycle().shutdown(false);
        ensureNoTaskOfThisPool();
        try {
            if (awaitTermination(patience)) {
                return true;
            }
            stopEverything();
            this.givenUp = !awaitTermination(patience);
            return !this.givenUp;
        }
        catch (InterruptedException ex) {
            stopEverything();
            this.givenUp = true;
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Starts no more tasks until {@link #resume()}: running tasks go on, new ones are
     * accepted and wait, and the workers end as they become idle. Does not block. Has no
     * effect after shutdown.
     */
    public final void pause() {
        this.dispatcher.lifecycle().change(PoolState.RUNNING, PoolState.PAUSED);
    }

    /**
     * Ends a {@link #pause()}.
     */
    public final void resume() {
        this.dispatcher.lifecycle().change(PoolState.PAUSED, PoolState.RUNNING);
    }

    /**
     * Sets how many workers there may be from now on. Further ones are started for tasks
     * that wait; those too many end as they become idle, and no running task is stopped.
     * One that is getting ready does that first, as its initializer is not cut short.
     * Does not block.
     * @param maxWorkers the number, greater than 0 and within the limit that the pool's
     * builder names
     * @throws IllegalArgumentException if it is not
     */
    public final void resize(int maxWorkers) {
        this.settings.checkResize(maxWorkers);
        this.dispatcher.lifecycle().resize(maxWorkers);
    }

    /**
     * Returns how many workers there may be.
     * @return the number
     */
    public final int maxWorkers() {
        return this.dispatcher.pool().maxWorkers();
    }

    /**
     * Waits until no task waits and none is running.
     * @param timeout how long to wait
     * @return {@code false} if that did not happen in time
     * @throws InterruptedException if the calling thread is interrupted while it waits
     */
    public final boolean awaitQuiescence(Duration timeout) throws InterruptedException {
        return this.dispatcher.lifecycle().awaitQuiescence(timeout);
    }

    /**
     * Waits until there is no worker, as after a {@link #pause()} when the last one has
     * ended; those of a process pool end with their processes.
     * @param timeout how long to wait
     * @return {@code false} if that did not happen in time
     * @throws InterruptedException if the calling thread is interrupted while it waits
     */
    public final boolean awaitNoWorkers(Duration timeout) throws InterruptedException {
        return this.dispatcher.lifecycle().awaitNoWorkers(timeout);
    }

    /**
     * Replaces the workers: idle ones end now, busy ones after the task that they run,
     * and others are started when they are needed. Those that are getting ready stay.
     * Does not block.
     */
    public final void recycle() {
        this.operations.replace((worker) -> true);
    }

    /**
     * Replaces one worker, as {@link #recycle()} does all.
     * @param worker its name
     * @return {@code false} if there is no worker of that name
     */
    public final boolean recycle(String worker) {
        Objects.requireNonNull(worker, "worker");
        return this.operations.replace((each) -> each.name().equals(worker));
    }

    /**
     * Has a broken pool accept tasks again, with new workers. What broke it may do so
     * again. Tasks that had failed by then stay failed. Does not block.
     * @return {@code false} if the pool is not broken
     */
    public final boolean heal() {
        return this.operations.heal();
    }

    /**
     * Returns the tasks that there are: first those that run, also those whose results
     * are still to come though no worker is busy with them, then those that wait, in the
     * order in which they are going to be started.
     * @param maxWaiting how many of those that wait to return at most
     * @return a copy
     */
    public final List<TaskStatistics> tasks(int maxWaiting) {
        return this.operations.tasks(maxWaiting);
    }

    /**
     * Cancels a task, as {@link Future#cancel(boolean)} of its future does.
     * @param taskId its number
     * @param mayInterruptIfRunning whether to stop it if it is running
     * @return {@code false} if there is no such task, if it has ended, or if it is
     * running and must not be stopped
     */
    public final boolean cancel(long taskId, boolean mayInterruptIfRunning) {
        return this.operations.cancel(taskId, mayInterruptIfRunning);
    }

    /**
     * Returns how the pool is set up, as far as that may be shown to whoever looks after
     * it: nothing of tasks, and no values that may be secret.
     * @return the settings by their names in the builder, in the order of these; those
     * that are not set are left out
     */
    public final Map<String, Object> configuration() {
        Map<String, Object> configuration = new LinkedHashMap<>();
        this.settings.describe(configuration::put);
        configuration.put("maxWorkers", maxWorkers());
        describe(configuration::put);
        return Collections.unmodifiableMap(configuration);
    }

    /**
     * Tells how this kind of pool is set up.
     * @param settings is given each setting that is set, by its name in the builder
     */
    protected void describe(BiConsumer<String, Object> settings) {
    }

    @Override
    public final PoolStatistics statistics() {
        PoolStatistics statistics = this.dispatcher.pool().statistics(this.kind);
        return statistics.withWorkers(statistics.workers().stream().map(this::measured).toList());
    }

    /**
     * Tells those who listen that a worker has lost the process that its tasks run in.
     * @param worker the name of the worker
     * @param death what happened
     */
    protected final void workerDied(String worker, BrokenExecutorException death) {
        this.dispatcher.pool().listeners.workerDied(worker, death);
    }

    /**
     * Adds to the statistics of a worker what it takes a while to find out.
     * @param worker what is known
     * @return what is known then
     */
    protected WorkerStatistics measured(WorkerStatistics worker) {
        return worker;
    }

    @Override
    public final void cancelAll() {
        this.dispatcher.lifecycle().cancelAll();
    }

    private void stopEverything() {
        cancelAll();
        workers().forEach(Worker::stopNow);
    }

    /**
     * Returns the workers that have not ended, those that were let go included.
     * @return a copy
     */
    protected final Collection<Worker> workers() {
        return this.dispatcher.pool().workers();
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + "[" + name() + ", " + this.dispatcher.pool().state() + "]";
    }

}
