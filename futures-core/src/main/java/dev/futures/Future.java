// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The outcome of a task handed to an {@link Executor}, as
 * <a href="https://peps.python.org/pep-3148/#future-objects">PEP 3148</a> defines it. It
 * is at the same time a {@link java.util.concurrent.Future} and a
 * {@link CompletionStage}, so whatever accepts one of those accepts it.
 * <p>
 * A future is <em>pending</em> until a worker starts its task, then <em>running</em>, and
 * ends once: <em>finished</em>, with a result or an exception, or <em>cancelled</em>.
 * Running means that the task has really been started: a task that only waits is never
 * reported as running. A cancelled future is done at once, for every observer.
 * <p>
 * Everything a task did happens-before everything that a thread does after it learned
 * from this object that the task is done. All methods are safe for use by multiple
 * threads. Only executors, and tests, complete futures: see {@link Promise}.
 *
 * <h2>Stages</h2> As with {@link java.util.concurrent.CompletableFuture}, the function of
 * a stage that is derived from this future directly is handed what the task threw, or a
 * {@link CancellationException} if this future was cancelled; only if the task threw a
 * {@code CancellationException} or a {@link java.util.concurrent.CompletionException}
 * itself, that comes wrapped in a {@code CompletionException}, so that nobody takes it
 * for something else. A stage that depends on this future ends with a
 * {@code CompletionException} whose cause is what the task threw. Functions whose names
 * do not end in {@code Async} run in the thread that completes this future, before the
 * callbacks. Cancelling a derived stage does not cancel this future; cancelling
 * {@link #toCompletableFuture()} does, for that is this object.
 *
 * @param <T> the type of the result
 */
public interface Future<T extends @Nullable Object> extends java.util.concurrent.Future<T>, CompletionStage<T> {

    /**
     * Waits for the task to end and returns its result. If the task failed, throws the
     * very exception object that the task threw, whatever its type and without a wrapper.
     * @return the result
     * @throws CancellationException if the future was cancelled
     * @throws InterruptedException if the calling thread is interrupted while it waits
     * @throws DeadlockException if the calling thread is a worker of the same pool and
     * the wait could never end
     * @throws Exception the exception that the task threw
     */
    T result() throws Exception;

    /**
     * Waits for the task to end, at most for the given time, and returns its result. Zero
     * or less does not wait.
     * @param timeout how long to wait
     * @return the result
     * @throws TimeoutException if the task has not ended in time; the task goes on
     * @throws CancellationException if the future was cancelled
     * @throws InterruptedException if the calling thread is interrupted while it waits
     * @throws Exception the exception that the task threw
     */
    T result(Duration timeout) throws Exception;

    /**
     * Waits for the task to end and returns what it threw.
     * @return the very exception object, or {@code null} if the task returned a result
     * @throws CancellationException if the future was cancelled
     * @throws InterruptedException if the calling thread is interrupted while it waits
     * @throws DeadlockException if the calling thread is a worker of the same pool and
     * the wait could never end
     */
    @Nullable Throwable exception() throws InterruptedException;

    /**
     * Waits for the task to end, at most for the given time, and returns what it threw.
     * Zero or less does not wait.
     * @param timeout how long to wait
     * @return the very exception object, or {@code null} if the task returned a result
     * @throws TimeoutException if the task has not ended in time; the task goes on
     * @throws CancellationException if the future was cancelled
     * @throws InterruptedException if the calling thread is interrupted while it waits
     */
    @Nullable Throwable exception(Duration timeout) throws InterruptedException, TimeoutException;

    /**
     * Cancels the task unless it is running or done: PEP 3148's {@code cancel}. Does not
     * block.
     * @return {@code true} if the future is cancelled, by this call or an earlier one
     */
    default boolean cancel() {
        return cancel(false);
    }

    /**
     * Cancels the task. With {@code true} a running task is stopped as well: in a thread
     * by an interrupt, which the task may ignore; in a process by an interrupt, and if
     * that has not ended it soon, by killing the process. The future is cancelled at
     * once, whatever the task does about it. With {@code false} this is
     * {@link #cancel()}: it refuses once the task is running.
     * @param mayInterruptIfRunning whether to stop a running task
     * @return {@code true} if the future is cancelled, by this call or an earlier one
     */
    @Override
    boolean cancel(boolean mayInterruptIfRunning);

    /**
     * Returns whether the future was cancelled.
     * @return {@code true} if it was
     */
    boolean cancelled();

    /**
     * Returns whether a worker is executing the task now.
     * @return {@code true} if so
     */
    boolean running();

    /**
     * Returns whether the task ended or the future was cancelled.
     * @return {@code true} if so
     */
    boolean done();

    /**
     * Has the given callback called with this future once it is done. Callbacks run in
     * the order in which they were added, each once, in the thread that completes or
     * cancels the future; one that is added to a done future runs at once, in the calling
     * thread. What a callback throws is logged and otherwise ignored. A callback should
     * not block: it holds up the worker that runs it.
     * @param callback what to call
     */
    void addDoneCallback(Consumer<? super Future<T>> callback);

    /**
     * Returns what the task last reported of its progress, see {@link TaskContext}. The
     * last report stays when the future has ended. Does not block.
     * @return the progress, or {@code null} if nothing was reported, which is always so
     * for futures of other origin than an executor's {@code submit}
     */
    default @Nullable TaskProgress progress() {
        return null;
    }

    /**
     * Has a listener told of each report of progress that arrives from now on, until the
     * future ends, when it is let go. It is called by the thread that receives the
     * report, a worker's, so it must not block: it would hold up the task or its process.
     * Calls for one future do not overlap unless the task reports from several threads.
     * What it throws is logged and otherwise ignored. Never called for futures of other
     * origin than an executor's {@code submit}.
     * @param listener the listener
     */
    default void addProgressListener(Consumer<? super TaskProgress> listener) {
        Objects.requireNonNull(listener, "listener");
    }

}
