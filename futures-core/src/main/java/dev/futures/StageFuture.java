// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * The part of a {@link Promise} that is a {@link CompletableFuture}: what of that class
 * would bypass the promise's own states is closed or led back to them.
 *
 * @param <T> the type of the result
 */
abstract class StageFuture<T extends @Nullable Object> extends CompletableFuture<T> {

    // volatile: set by whoever derives a stage, read by the thread that completes
    private volatile boolean hasStages;

    final boolean hasStages() {
        return this.hasStages;
    }

    /** Waits until the outcome can be seen, whatever it is. */
    final void awaitDone() {
        try {
            join();
        }
        catch (CancellationException | CompletionException ex) {
            // that is an outcome
            return;
        }
    }

    @Override
    public final <U> CompletableFuture<U> newIncompleteFuture() {
        this.hasStages = true;
        return new CompletableFuture<>();
    }

    @Override
    public final CompletionStage<T> minimalCompletionStage() {
        this.hasStages = true;
        return super.minimalCompletionStage();
    }

    /**
     * Returns this object: cancelling it cancels the task.
     */
    @Override
    public final CompletableFuture<T> toCompletableFuture() {
        this.hasStages = true;
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
