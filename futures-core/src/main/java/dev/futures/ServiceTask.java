// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
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

    // volatile: written when an executor has taken the task, read by whoever recalls it
    private volatile @Nullable Submission submission;

    // volatile: written by whoever takes the task, read when this future has ended
    private volatile ClaimedTask.@Nullable Claim claim;

    // volatile: written by whoever looks at the outcome, read when there is an inner one
    private volatile boolean looked;

    ServiceTask(Callable<T> callable) {
        Objects.requireNonNull(callable, "callable");
        this.work = new Work<>(callable, callable.getClass(), ServiceTask::asItIs);
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

    @SuppressWarnings({ "unchecked", "TypeParameterUnusedInFormals", "NullAway" }) // its
                                                                                   // own
    private static <T extends @Nullable Object> T asItIs(@Nullable Object result) {
        return (T) result;
    }

    /**
     * Has an executor run the task; a task that is taken or done is replaced by nothing.
     * @param executor the executor
     * @param stopping whether somebody may have recalled all tasks before this one could
     * be
     * @param whenEnded what to do when the executor is through with it
     * @throws java.util.concurrent.RejectedExecutionException if the executor says so, or
     * is being stopped and has not started the task
     * @throws BrokenExecutorException if the executor is broken
     */
    void submitTo(Executor executor, BooleanSupplier stopping, Runnable whenEnded) {
        Work<T> taking = take();
        if (taking == null) {
            executor.submit(new Nothing()).addDoneCallback((done) -> whenEnded.run());
            return;
        }
        ClaimedTask.Claim newClaim = new ClaimedTask.Claim();
        this.claim = newClaim;
        Submission submitted;
        try {
            submitted = new Submission(executor.submit(new ClaimedTask<>(taking.callable, newClaim),
                    TaskOptions.none().namedAfter(taking.code)), newClaim);
        }
        catch (Throwable ex) {
            this.taken.set(false);
            throw ex;
        }
        // whoever stops the executor sees this, or is seen to have done so
        this.submission = submitted;
        if (stopping.getAsBoolean() && recall(submitted)) {
            throw new ExecutorShutdownException(
                    "executor '" + executor.name() + "' was shut down while the task was submitted");
        }
        if (this.looked) {
            submitted.looked();
        }
        submitted.linkTo(this);
        submitted.follow(this, () -> {
            whenEnded.run();
            innerEnded(submitted);
        });
    }

    private @Nullable Work<T> take() {
        Work<T> current = this.work;
        return (current != null && this.taken.compareAndSet(false, true)) ? current : null;
    }

    /** A thread that waits for this one waits for what the executor has. */
    @Override
    Future<?> awaited() {
        Submission current = this.submission;
        return (current != null) ? current.inner : this;
    }

    private void innerEnded(Submission ended) {
        if (ended.recalled) {
            return;
        }
        if (ended.inner.cancelled()) {
            cancel(false);
        }
        else if (ended.inner instanceof Promise<?> promise) {
            endAs(promise);
        }
        else {
            endAs(ended.inner);
        }
    }

    /** Ends this future as another one has ended, which nobody has looked at yet. */
    private void endAs(Promise<?> ended) {
        Throwable thrown = ended.failure();
        if (thrown != null) {
            completeExceptionally(thrown);
        }
        else {
            succeed(ended.outcomeNow());
        }
    }

    /** Ends this future as another one has ended, which is done. */
    private void endAs(java.util.concurrent.Future<?> ended) {
        // the thread may be interrupted: that is not for us
        boolean interrupted = Thread.interrupted();
        try {
            succeed(ended.get());
        }
        catch (ExecutionException ex) {
            Throwable cause = ex.getCause();
            completeExceptionally((cause != null) ? cause : ex);
        }
        catch (CancellationException ex) {
            cancel(false);
        }
        catch (InterruptedException ex) {
            interrupted = true;
            completeExceptionally(ex);
        }
        finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void succeed(@Nullable Object result) {
        Work<T> current = this.work;
        if (current != null) {
            complete(current.outcome.apply(result));
        }
    }

    /**
     * Takes the task back from its executor. Of several callers one succeeds.
     * @return {@code false} if it was started, or is done, or the executor is only about
     * to have it
     */
    boolean recall() {
        Submission current = this.submission;
        return current != null && recall(current);
    }

    private boolean recall(Submission current) {
        if (current.recall(this)) {
            this.submission = null;
            this.taken.set(false);
            return !done();
        }
        // somebody else may have cancelled it meanwhile
        if (!current.recalled && current.followed && current.inner.done()) {
            innerEnded(current);
        }
        return false;
    }

    /**
     * Sees to it that the executor does not run the task any more.
     * @return {@code false} if it was run, or sent to where it is
     */
    boolean preventRun() {
        ClaimedTask.Claim current = this.claim;
        return current == null || current.revoke() || !current.isUsed();
    }

    @Override
    public void run() {
        Work<T> taking = take();
        if (taking == null) {
            return;
        }
        ClaimedTask.Claim newClaim = new ClaimedTask.Claim();
        newClaim.use();
        this.claim = newClaim;
        // it knows how to interrupt the thread that runs it, and when not to
        FutureTask<?> here = new FutureTask<>(taking.callable);
        link((outcome, mayInterruptIfRunning) -> here.cancel(mayInterruptIfRunning));
        here.run();
        endAs(here);
    }

    @Override
    protected void ending(boolean wasRunning, Outcome outcome) {
        this.work = null;
    }

    @Override
    protected void observed() {
        this.looked = true;
        Submission current = this.submission;
        if (current != null) {
            current.looked();
        }
    }

    /** The task at an executor. */
    private static final class Submission {

        private final Future<?> inner;

        private final ClaimedTask.Claim claim;

        // volatile: whether the end of the inner future is none of the outer one; written
        // with the lock held, and final once it is free
        private volatile boolean recalled;

        // volatile: whether the outer future ends when the inner one does
        private volatile boolean followed;

        Submission(Future<?> inner, ClaimedTask.Claim claim) {
            this.inner = inner;
            this.claim = claim;
        }

        void looked() {
            if (this.inner instanceof Promise<?> promise) {
                promise.observed();
            }
        }

        synchronized void linkTo(ServiceTask<?> task) {
            if (!this.recalled) {
                task.link((outcome, mayInterruptIfRunning) -> this.inner.cancel(mayInterruptIfRunning));
            }
        }

        void follow(ServiceTask<?> task, Runnable action) {
            this.followed = true;
            if (!(this.inner instanceof Promise<?> promise)) {
                this.inner.addDoneCallback((done) -> action.run());
            }
            else if (!promise.addListener(new Listeners.Node(action, task))) {
                action.run();
            }
        }

        synchronized boolean recall(ServiceTask<?> task) {
            if (this.recalled) {
                return false;
            }
            // before it is cancelled: that must not cancel the outer one
            this.recalled = true;
            // a worker that has just started it may not have come to running it
            boolean succeeded = cancelBeforeStart() || this.claim.revoke();
            this.recalled = succeeded;
            if (succeeded) {
                task.unlink();
                looked();
            }
            return succeeded;
        }

        private boolean cancelBeforeStart() {
            if (this.inner instanceof Promise<?> promise) {
                return promise.cancelIfPending();
            }
            return !this.inner.done() && this.inner.cancel();
        }

    }

    /** What is to be done. */
    private static final class Work<T extends @Nullable Object> {

        private final Callable<?> callable;

        private final Class<?> code;

        private final Function<@Nullable Object, T> outcome;

        Work(Callable<?> callable, Class<?> code, Function<@Nullable Object, T> outcome) {
            this.callable = callable;
            this.code = code;
            this.outcome = outcome;
        }

    }

    /**
     * A runnable as a callable, serializable if the runnable is.
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
