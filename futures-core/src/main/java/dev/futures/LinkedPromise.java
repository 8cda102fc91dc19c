// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import org.jspecify.annotations.Nullable;

/**
 * A promise that ends as something else does, its source, and tells the source when it
 * ends otherwise.
 *
 * @param <T> the type of the result
 */
class LinkedPromise<T extends @Nullable Object> extends Promise<T> {

    private static final Logger logger = System.getLogger("dev.futures");

    @SuppressWarnings("rawtypes")
    private static final AtomicReferenceFieldUpdater<LinkedPromise, @Nullable Source> SOURCE = AtomicReferenceFieldUpdater
        .newUpdater(LinkedPromise.class, Source.class, "source");

    // volatile: written by whoever links, cleared by whoever ends this promise
    private volatile @Nullable Source source;

    // volatile: written by whoever ends this promise, read by whoever links
    private volatile @Nullable Outcome endedAs;

    /** Written before endedAs. */
    private boolean endedWithInterrupt;

    /** Returns a promise that ends as the stage does. */
    static <T extends @Nullable Object> LinkedPromise<T> to(CompletionStage<? extends T> stage) {
        LinkedPromise<T> promise = new LinkedPromise<>();
        promise.link((outcome, mayInterruptIfRunning) -> {
            if (outcome == Outcome.CANCELLED) {
                stage.toCompletableFuture().cancel(mayInterruptIfRunning);
            }
        });
        stage.whenComplete(promise::endAs);
        return promise;
    }

    private void endAs(T result, @Nullable Throwable thrown) {
        if (thrown == null) {
            complete(result);
        }
        else if (thrown instanceof CancellationException) {
            cancel(false);
        }
        else {
            completeExceptionally(withoutWrapper(thrown));
        }
    }

    private static Throwable withoutWrapper(Throwable thrown) {
        Throwable cause = thrown.getCause();
        return (thrown.getClass() == CompletionException.class && cause != null) ? cause : thrown;
    }

    /** From now on the source is told when this promise ends. */
    final void link(Source newSource) {
        this.source = newSource;
        // it may have ended before
        Outcome before = this.endedAs;
        if (before != null) {
            tellSource(before);
        }
    }

    final void unlink() {
        this.source = null;
    }

    @Override
    final void ended(Outcome outcome, boolean mayInterruptIfRunning) {
        this.endedWithInterrupt = mayInterruptIfRunning;
        this.endedAs = outcome;
        tellSource(outcome);
    }

    private void tellSource(Outcome outcome) {
        Source linked = (this.source != null) ? SOURCE.getAndSet(this, null) : null;
        if (linked == null) {
            return;
        }
        boolean mayInterruptIfRunning = this.endedWithInterrupt;
        try {
            linked.followerEnded(outcome, mayInterruptIfRunning);
        }
        catch (UnsupportedOperationException ex) {
            logger.log(Level.DEBUG, () -> "the source of " + this + " cannot be cancelled and goes on", ex);
        }
        catch (RuntimeException | Error ex) {
            logger.log(Level.WARNING, () -> "cancelling the source of " + this + " failed", ex);
        }
    }

    /** What a promise is linked to. */
    @FunctionalInterface
    interface Source {

        /**
         * The promise has ended, possibly because the source did.
         * @param outcome how it ended
         * @param mayInterruptIfRunning what cancel was told
         */
        void followerEnded(Outcome outcome, boolean mayInterruptIfRunning);

    }

}
