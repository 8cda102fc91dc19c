// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * The part of a {@link Promise} that is a {@link CompletableFuture}: what of that class
 * would bypass the promise's own states is closed or led back to them.
 *
 * @param <T> the type of the result
 */
abstract class StageFuture<T extends @Nullable Object> extends CompletableFuture<T> implements Future<T> {

    // volatile: set by whoever derives a stage, read by the thread that completes
    private volatile boolean hasStages;

    final boolean hasStages() {
        return this.hasStages;
    }

    private void hasStage() {
        this.hasStages = true;
        observed();
    }

    /**
     * Called by whoever asks for the outcome or has something done with it, but not by
     * those who only wait for the end. May be called often; must neither block nor throw.
     */
    protected void observed() {
    }

    final void conclude(Listeners listeners) {
        try {
            listeners.run();
        }
        finally {
            concluded();
        }
    }

    /**
     * Called once, when callbacks have run, by the thread that decided the outcome. Must
     * neither block nor throw.
     */
    protected void concluded() {
    }

    /**
     * Has an observer told what the calling thread waits for without a time limit, from
     * now on until that thread ends. For executors, in threads of their own.
     * @param observer the observer
     */
    protected static void observeWaits(WaitObserver observer) {
        Waits.observe(observer);
    }

    /** Returns the future whose end ends this one: usually this one. */
    Future<?> awaited() {
        return this;
    }

    @Override
    public final T get() throws InterruptedException, ExecutionException {
        observed();
        Runnable afterwards = willWait();
        try {
            return super.get();
        }
        catch (RuntimeException ex) {
            throw describing(ex);
        }
        finally {
            afterwards.run();
        }
    }

    @Override
    public final T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        observed();
        try {
            return super.get(timeout, unit);
        }
        catch (RuntimeException ex) {
            throw describing(ex);
        }
    }

    @Override
    public final T join() {
        observed();
        Runnable afterwards = willWait();
        try {
            return super.join();
        }
        finally {
            afterwards.run();
        }
    }

    @Override
    public final T getNow(T valueIfAbsent) {
        observed();
        return super.getNow(valueIfAbsent);
    }

    /** Returns the result of this future, which has one, without having looked at it. */
    final T outcomeNow() {
        return super.join();
    }

    /** The JDK asks an exception for its text, which may fail; then this says enough. */
    private ExecutionException describing(RuntimeException fromSuper) {
        Throwable thrown = failure();
        if (thrown == null) {
            throw fromSuper;
        }
        return new ExecutionException(thrown.getClass().getName(), thrown);
    }

    abstract @Nullable Throwable failure();

    /**
     * Returns the result; does not wait. Since Java 19 the JDK has this method.
     * @return the result
     * @throws IllegalStateException if there is none, or none yet
     */
    public final T resultNow() {
        observed();
        if (!isDone() || isCompletedExceptionally()) {
            throw new IllegalStateException("there is no result: " + this);
        }
        return super.join();
    }

    /**
     * Returns what the task threw; does not wait. Since Java 19 the JDK has this method.
     * @return the very exception object
     * @throws IllegalStateException if the task has not failed, or not yet
     */
    public final Throwable exceptionNow() {
        observed();
        Throwable thrown = isDone() ? failure() : null;
        if (thrown == null) {
            throw new IllegalStateException("there is no exception: " + this);
        }
        return thrown;
    }

    private Runnable willWait() {
        return super.isDone() ? Waits.NO_WAIT : Waits.begin(Set.of(this), true);
    }

    /** Waits until the outcome can be seen, whatever it is. */
    final void awaitDone() {
        try {
            super.join();
        }
        catch (CancellationException | CompletionException ex) {
            // that is an outcome
            return;
        }
    }

    @Override
    public final <U> CompletableFuture<U> newIncompleteFuture() {
        hasStage();
        return new CompletableFuture<>();
    }

    @Override
    public final CompletionStage<T> minimalCompletionStage() {
        hasStage();
        return super.minimalCompletionStage();
    }

    /**
     * Returns this object: cancelling it cancels the task.
     */
    @Override
    public final CompletableFuture<T> toCompletableFuture() {
        hasStage();
        return this;
    }

    @Override
    public final CompletableFuture<T> completeAsync(Supplier<? extends T> supplier) {
        return completeAsync(supplier, defaultExecutor());
    }

    @Override
    public final CompletableFuture<T> completeAsync(Supplier<? extends T> supplier,
            java.util.concurrent.Executor executor) {
        Objects.requireNonNull(supplier, "supplier");
        executor.execute(() -> {
            try {
                if (!isDone()) {
                    complete(supplier.get());
                }
            }
            catch (Throwable ex) {
                completeExceptionally(ex);
            }
        });
        return this;
    }

    /**
     * Not supported: a done future keeps its outcome.
     * @param value ignored
     */
    @Override
    public final void obtrudeValue(T value) {
        throw new UnsupportedOperationException("the outcome of a done future cannot be replaced");
    }

    /**
     * Not supported: a done future keeps its outcome.
     * @param ex ignored
     */
    @Override
    public final void obtrudeException(Throwable ex) {
        throw new UnsupportedOperationException("the outcome of a done future cannot be replaced");
    }

}
