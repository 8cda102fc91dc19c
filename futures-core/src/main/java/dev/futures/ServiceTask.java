// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * A task of an {@link ExecutorServiceView}, and its future as the JDK wants it. The
 * executor gets the user's callable alone, which may have to travel; its future, the
 * inner one, ends this one. Whoever calls {@link #run()} has the task run right there,
 * unless an executor has it.
 *
 * @param <T> the type of the result
 */
final class ServiceTask<T extends @Nullable Object> extends LinkedPromise<T> implements RunnableFuture<T> {

    /** Whether an executor or a caller of run() has the task. */
    private final AtomicBoolean taken = new AtomicBoolean();

    // volatile: cleared when the outcome is known, read by whoever takes the task
    private volatile @Nullable Work<T> work;

    // volatile: written when an executor takes the task, cleared when that future ends
    private volatile @Nullable Future<?> inner;

    // volatile: whether the cancellation of the inner future is none of this one
    private volatile boolean recalled;

    @SuppressWarnings("unchecked") // the result of the callable
    ServiceTask(Callable<T> callable) {
        Objects.requireNonNull(callable, "callable");
        Task<T> task = (callable instanceof Task<T> already) ? already : new Call<>(callable);
        this.work = new Work<>(task, callable.getClass(), (result) -> (T) result);
    }

    ServiceTask(Runnable runnable, T result) {
        Objects.requireNonNull(runnable, "runnable");
        // the result stays here: only its owner knows which object it has to be
        this.work = new Work<>(new Run(runnable), runnable.getClass(), (nothing) -> result);
    }

    @SuppressWarnings("NullAway") // null is what a Void is
    static ServiceTask<@Nullable Void> of(Runnable runnable) {
        return new ServiceTask<>(runnable, null);
    }

    /**
     * Has an executor run the task; a task that is taken or done is replaced by nothing.
     * @param whenEnded what to do when the executor is through with it
     * @throws java.util.concurrent.RejectedExecutionException if the executor says so
     * @throws BrokenExecutorException if the executor is broken
     */
    void submitTo(Executor executor, Runnable whenEnded) {
        Work<T> taking = take();
        if (taking == null) {
            executor.submit(new Nothing()).addDoneCallback((done) -> whenEnded.run());
            return;
        }
        Future<?> submitted;
        try {
            submitted = executor.submit(taking.task, TaskOptions.none().namedAfter(taking.code));
        }
        catch (Throwable ex) {
            this.taken.set(false);
            throw ex;
        }
        this.recalled = false;
        this.inner = submitted;
        link((outcome, mayInterruptIfRunning) -> submitted.cancel(mayInterruptIfRunning));
        follow(submitted, () -> {
            whenEnded.run();
            innerEnded(submitted);
        });
    }

    private @Nullable Work<T> take() {
        Work<T> current = this.work;
        return (current != null && this.taken.compareAndSet(false, true)) ? current : null;
    }

    private void follow(Future<?> submitted, Runnable action) {
        if (!(submitted instanceof Promise<?> promise)) {
            submitted.addDoneCallback((done) -> action.run());
        }
        else if (!promise.addListener(new Listeners.Node(action, this))) {
            action.run();
        }
    }

    private void innerEnded(Future<?> ended) {
        boolean cancelled = ended.cancelled();
        if (cancelled && this.recalled) {
            return;
        }
        this.inner = null;
        if (cancelled) {
            cancel(false);
        }
        else {
            endAs(ended);
        }
    }

    /** Ends this future as another one has ended, which is done. */
    private void endAs(java.util.concurrent.Future<?> ended) {
        try {
            Object result = ended.get();
            Work<T> current = this.work;
            if (current != null) {
                complete(current.outcome.apply(result));
            }
        }
        catch (ExecutionException ex) {
            Throwable cause = ex.getCause();
            completeExceptionally((cause != null) ? cause : ex);
        }
        catch (CancellationException ex) {
            cancel(false);
        }
        catch (InterruptedException ex) {
            // it is done, so there is nothing to wait for
            throw new IllegalStateException(ex);
        }
    }

    /**
     * Takes the task back from its executor.
     * @return {@code false} if it was started, or is done
     */
    boolean recall() {
        Future<?> current = this.inner;
        if (current == null) {
            return false;
        }
        // before it is cancelled: that must not cancel this one
        this.recalled = true;
        if (cancelBeforeStart(current)) {
            unlink();
            this.inner = null;
            this.taken.set(false);
            return !done();
        }
        this.recalled = false;
        // somebody else may have cancelled it meanwhile
        if (current.done()) {
            innerEnded(current);
        }
        return false;
    }

    private static boolean cancelBeforeStart(Future<?> future) {
        if (future instanceof Promise<?> promise) {
            return promise.cancelIfPending();
        }
        return !future.done() && future.cancel();
    }

    @Override
    public void run() {
        Work<T> taking = take();
        if (taking == null) {
            return;
        }
        // it knows how to interrupt the thread that runs it, and when not to
        FutureTask<?> here = new FutureTask<>(taking.task);
        link((outcome, mayInterruptIfRunning) -> here.cancel(mayInterruptIfRunning));
        here.run();
        endAs(here);
    }

    @Override
    protected void ending(boolean wasRunning, Outcome outcome) {
        this.work = null;
    }

    /** What is to be done. */
    private static final class Work<T extends @Nullable Object> {

        private final Task<?> task;

        private final Class<?> code;

        private final Function<@Nullable Object, T> outcome;

        Work(Task<?> task, Class<?> code, Function<@Nullable Object, T> outcome) {
            this.task = task;
            this.code = code;
            this.outcome = outcome;
        }

    }

    /**
     * A callable as a task, serializable if the callable is.
     *
     * @param <T> the type of the result
     * @param callable the callable
     */
    @SuppressWarnings("serial")
    private record Call<T extends @Nullable Object>(Callable<T> callable) implements Task<T> {

        @Override
        public T call() throws Exception {
            return this.callable.call();
        }

    }

    /**
     * A runnable as a task, serializable if the runnable is.
     *
     * @param runnable the runnable
     */
    @SuppressWarnings("serial")
    private record Run(Runnable runnable) implements Task<@Nullable Void> {

        @Override
        public @Nullable Void call() {
            this.runnable.run();
            return null;
        }

    }

    /** Takes the place of a task that is done already. */
    private record Nothing() implements TaskAction {

        @Override
        public void run() {
        }

    }

}
