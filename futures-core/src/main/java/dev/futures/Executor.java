// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;

import org.jspecify.annotations.Nullable;

/**
 * Runs tasks asynchronously, as <a href="https://peps.python.org/pep-3148/#executor">PEP
 * 3148</a> defines it. Every kind of pool has this API, so that code need not know
 * whether its tasks run in threads or in processes.
 * <p>
 * It is deliberately not a {@link java.util.concurrent.Executor}: frameworks look those
 * up by type and take whatever they find for their own purposes. Where one is wanted,
 * pass {@link #asExecutorService()}.
 * <p>
 * What a thread did before it submitted a task happens-before what the task does. All
 * methods are safe for use by multiple threads.
 */
public interface Executor extends AutoCloseable {

    /**
     * Returns the name of this executor, which its threads, messages and statistics
     * carry.
     * @return the name
     */
    String name();

    /**
     * Schedules a task. Does not block, unless a pool was told to do so when its queue is
     * full, or to have the caller run the task; a direct executor and an inline pool
     * always do the latter. A pool that isolates its tasks may serialize this one in the
     * calling thread.
     * @param <T> the type of the result
     * @param task the task
     * @param options how it is to be run
     * @return the future of its result
     * @throws ExecutorShutdownException after {@link #shutdown(boolean, boolean)}
     * @throws QueueFullException if every worker is busy and the queue is full
     * @throws BrokenExecutorException if the executor is broken
     */
    <T extends @Nullable Object> Future<T> submit(Task<T> task, TaskOptions options);

    /**
     * Schedules a task; see {@link #submit(Task, TaskOptions)}.
     * @param <T> the type of the result
     * @param task the task
     * @return the future of its result
     * @throws RejectedExecutionException if the executor is shut down or its queue full
     * @throws BrokenExecutorException if the executor is broken
     */
    default <T extends @Nullable Object> Future<T> submit(Task<T> task) {
        return submit(task, TaskOptions.none());
    }

    /**
     * Schedules a task that has no result; see {@link #submit(Task, TaskOptions)}.
     * @param action the task
     * @return the future of its end, whose result is {@code null}
     * @throws RejectedExecutionException if the executor is shut down or its queue full
     * @throws BrokenExecutorException if the executor is broken
     */
    default Future<@Nullable Void> submit(TaskAction action) {
        return submit(action, TaskOptions.none());
    }

    /**
     * Schedules a task that has no result; see {@link #submit(Task, TaskOptions)}.
     * @param action the task
     * @param options how it is to be run
     * @return the future of its end, whose result is {@code null}
     * @throws RejectedExecutionException if the executor is shut down or its queue full
     * @throws BrokenExecutorException if the executor is broken
     */
    default Future<@Nullable Void> submit(TaskAction action, TaskOptions options) {
        return submit(new MapCalls.Action(action), options.namedAfter(action.getClass()));
    }

    /**
     * Applies a function to every input, each as a task, and returns the results in the
     * order of the inputs. All tasks are submitted before this method returns.
     * @param <A> the type of the inputs
     * @param <R> the type of the results
     * @param function the function
     * @param inputs the inputs, which must be finite
     * @return the results; see {@link #map(TaskFunction, Iterable, MapOptions)}
     * @throws RejectedExecutionException if the executor is shut down or its queue full
     * @throws BrokenExecutorException if the executor is broken
     */
    default <A extends @Nullable Object, R extends @Nullable Object> CloseableIterator<R> map(
            TaskFunction<? super A, ? extends R> function, Iterable<? extends A> inputs) {
        return map(function, inputs, MapOptions.defaults());
    }

    /**
     * Applies a function to every input, each as a task or several in a chunk, and
     * returns the results, in the order of the inputs unless the options say otherwise.
     * Without a buffer size everything is submitted before this method returns, with one
     * just so many tasks; from then on {@code next()} submits one for each that it waited
     * for. Tasks run whether or not anybody iterates.
     * <p>
     * {@code hasNext()} does not block; {@code next()} waits for a result. If the task
     * failed it throws what the task threw, a checked exception wrapped in a
     * {@link java.util.concurrent.CompletionException}; then the remaining tasks are
     * cancelled and the iterator has ended, unless the options say
     * {@link MapOptions#withContinueAfterFailure(boolean) otherwise}. The iterator ends
     * in the same way, and always, with a {@link java.util.concurrent.TimeoutException}
     * when the time limit, which counts from this call, has passed, though a result that
     * is there already is still returned; and with an {@link InterruptedException} when
     * the waiting thread is interrupted.
     * <p>
     * If the inputs or the executor fail while {@code next()} goes on submitting, the
     * tasks submitted so far are still consumed; after the last one {@code next()} throws
     * that failure, once. Inputs that the executor refused have been taken all the same.
     * <p>
     * Closing the iterator cancels the tasks whose results were not consumed, except
     * those that are running. Dropping it without closing it cancels nothing.
     * @param <A> the type of the inputs
     * @param <R> the type of the results
     * @param function the function
     * @param inputs the inputs, which may be infinite if the options have a buffer size;
     * they are iterated over in the threads that call this method and {@code next()}, and
     * what they throw during this call is thrown by it
     * @param options sizes, order, limits and progress
     * @return the results
     * @throws RejectedExecutionException if the executor is shut down or its queue full;
     * what was submitted is cancelled
     * @throws BrokenExecutorException if the executor is broken; what was submitted is
     * cancelled
     */
    default <A extends @Nullable Object, R extends @Nullable Object> CloseableIterator<R> map(
            TaskFunction<? super A, ? extends R> function, Iterable<? extends A> inputs, MapOptions options) {
        return new MapIterator<>(this, function, inputs, options.namedAfter(function.getClass()));
    }

    /**
     * Applies a function to the first inputs of both, to the second ones, and so on, and
     * returns the results in that order. All tasks are submitted before this method
     * returns.
     * @param <A> the type of the first inputs
     * @param <B> the type of the second inputs
     * @param <R> the type of the results
     * @param function the function
     * @param firsts the first inputs
     * @param seconds the second inputs; one of the two must be finite
     * @return the results; see
     * {@link #map(TaskBiFunction, Iterable, Iterable, MapOptions)}
     * @throws RejectedExecutionException if the executor is shut down or its queue full
     * @throws BrokenExecutorException if the executor is broken
     */
    default <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object> CloseableIterator<R> map(
            TaskBiFunction<? super A, ? super B, ? extends R> function, Iterable<? extends A> firsts,
            Iterable<? extends B> seconds) {
        return map(function, firsts, seconds, MapOptions.defaults());
    }

    /**
     * Applies a function with two inputs, as
     * {@link #map(TaskFunction, Iterable, MapOptions)} does with one. The shorter inputs
     * end it, as in Python's {@code zip}, but no input is taken from one of the two
     * unless the other one has one as well, so nothing that could be read on is lost.
     * Whoever has three or more inputs pairs them up beforehand, into a record for
     * instance, and maps a function of that.
     * @param <A> the type of the first inputs
     * @param <B> the type of the second inputs
     * @param <R> the type of the results
     * @param function the function
     * @param firsts the first inputs
     * @param seconds the second inputs; both may be infinite if the options have a buffer
     * size
     * @param options sizes, order, limits and progress
     * @return the results
     * @throws RejectedExecutionException if the executor is shut down or its queue full;
     * what was submitted is cancelled
     * @throws BrokenExecutorException if the executor is broken; what was submitted is
     * cancelled
     */
    default <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object> CloseableIterator<R> map(
            TaskBiFunction<? super A, ? super B, ? extends R> function, Iterable<? extends A> firsts,
            Iterable<? extends B> seconds, MapOptions options) {
        return new MapIterator<>(this, new MapPairs.OfPair<A, B, R>(function), MapPairs.<A, B>zip(firsts, seconds),
                options.namedAfter(function.getClass()));
    }

    /**
     * Tells the executor to accept no more tasks and to free its workers when those that
     * it has are done. May be called more than once.
     * @param wait whether to wait until everything has ended; if the calling thread is
     * interrupted it stops waiting, with its interrupt flag set
     * @param cancelFutures whether to cancel the tasks that no worker has started
     * @throws IllegalStateException if a task of this executor wants to wait, which would
     * never end; the executor is shut down all the same
     */
    void shutdown(boolean wait, boolean cancelFutures);

    /**
     * Shuts down, waits for all tasks to end and frees the workers:
     * {@code shutdown(true, false)}.
     * @throws IllegalStateException if a task of this executor calls it
     */
    default void shutdown() {
        shutdown(true, false);
    }

    /**
     * Cancels all tasks; those that run are stopped as by {@code cancel(true)}, whoever
     * submitted them, and their futures are cancelled. Does not wait for them to end. The
     * executor goes on to accept tasks, unless it is shut down.
     */
    void cancelAll();

    /**
     * Waits until the executor has been shut down and its last worker has ended. A task
     * of this executor that calls this waits in vain, until the time is up.
     * @param timeout how long to wait
     * @return {@code false} if that did not happen in time
     * @throws InterruptedException if the calling thread is interrupted while it waits
     */
    boolean awaitTermination(Duration timeout) throws InterruptedException;

    /**
     * Does what leaving Python's {@code with} block does: shuts down and waits for all
     * tasks to end. If the calling thread is interrupted while it waits, the tasks that
     * are left are cancelled and stopped; then this method waits on and returns with the
     * interrupt flag set.
     * @throws IllegalStateException if a task of this executor calls it, which would wait
     * for itself; the executor is shut down all the same
     */
    @Override
    void close();

    /**
     * Shuts down and escalates: waits for all tasks to end; when the patience has run
     * out, cancels those that wait and stops those that run; then waits as long again for
     * the workers to end. When a task does not end even so, {@link #close()} will not
     * wait for it either. If the calling thread is interrupted while it waits, the tasks
     * are stopped and it returns at once with the interrupt flag set.
     * @param patience how long to wait for the tasks
     * @return whether everything has ended
     * @throws IllegalStateException if a task of this executor calls it, which would wait
     * for itself; the executor is shut down all the same
     */
    boolean close(Duration patience);

    /**
     * Returns what this executor is doing: a snapshot, taken without stopping anything.
     * @return the statistics
     */
    PoolStatistics statistics();

    /**
     * Returns this executor as the JDK knows executors, for libraries that ask for one. A
     * view, not another executor: shutting it down shuts this executor down, and all
     * views of one executor share its state.
     * <p>
     * It keeps the contract of the JDK where that differs from this one: {@code cancel}
     * of its futures succeeds even when the task is running, and with {@code false} lets
     * it run on; {@code get} throws {@code ExecutionException} for every failure; what an
     * executed {@code Runnable} throws goes to the uncaught exception handler of the
     * thread that learns of it; a broken executor rejects tasks with a
     * {@link RejectedExecutionException} whose cause is the
     * {@link BrokenExecutorException}. {@code shutdownNow} stops all running tasks, as
     * {@link #cancelAll()} does, and returns those that never started if they were
     * submitted through this view; others that wait are cancelled. The futures of tasks
     * that it stops are cancelled, where an executor of the JDK only interrupts the
     * tasks; a {@link java.util.concurrent.FutureTask} that was executed ends as its own
     * callable does. A task that is being submitted just then is run, rejected or
     * returned.
     * <p>
     * If this executor {@linkplain #isolatesTasks() isolates its tasks}, the callable or
     * runnable travels and has to be serializable: a {@link Task} is a callable that is.
     * {@code execute} then rejects what is not, and what would have to end a future in
     * this application: a {@link java.util.concurrent.FutureTask}, and the tasks of
     * {@link java.util.concurrent.ExecutorCompletionService} and of the asynchronous
     * methods of {@link java.util.concurrent.CompletableFuture}. {@code submit} works
     * everywhere, and so does {@link Futures#asCompleted(Iterable)}.
     * @return a new view
     */
    default java.util.concurrent.ExecutorService asExecutorService() {
        return new ExecutorServiceView(this);
    }

    /**
     * Returns whether tasks run apart from the application, in other processes or with
     * classes of their own: then they and their results are serialized, and share no
     * object with it. A pool that was built inline isolates nothing, whatever its kind.
     * @return {@code true} if so
     */
    default boolean isolatesTasks() {
        return false;
    }

}
