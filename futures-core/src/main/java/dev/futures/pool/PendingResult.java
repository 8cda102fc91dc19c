// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

import dev.futures.Future;
import dev.futures.Futures;
import dev.futures.TaskContext;
import org.jspecify.annotations.Nullable;

/**
 * What a task returns whose result is still to come: its future ends as a stage does, and
 * the worker goes on to the next task meanwhile. Until then the future is running, its
 * time limit counts, and cancelling it cancels the stage. The executor treats the task as
 * one that runs: {@code cancelAll} cancels it, and whoever waits for the executor to come
 * to rest or to end waits for it, so a stage that never ends needs a time limit. If the
 * executor breaks, it may still end. No worker has it, though: in statistics it is
 * neither queued nor among the tasks of workers, just submitted and not ended.
 * <p>
 * Callbacks of the future run in the thread that ends the stage, or the future. If that
 * ends several such futures, each as the one before, their callbacks must not wait for
 * each other. For those who turn calls of methods into tasks.
 */
public final class PendingResult {

    private static final Logger logger = System.getLogger("dev.futures");

    /**
     * Apart from the other: a callback that cancels a future finds the stage cancelled.
     */
    private static final Trampoline cancellations = new Trampoline();

    private static final Trampoline completions = new Trampoline();

    private final Future<?> future;

    private PendingResult(Future<?> future) {
        this.future = future;
    }

    /**
     * Returns whether the calling thread runs a task that may return such a result, which
     * is so in threads of this JVM. Elsewhere a task has to wait.
     * @return {@code true} if so
     */
    public static boolean isSupportedHere() {
        return TaskContext.current() instanceof ItemContext;
    }

    /**
     * Has the future of the task end as the given stage does.
     * @param stage the stage
     * @return what the task is to return
     */
    public static PendingResult of(CompletionStage<? extends @Nullable Object> stage) {
        return new PendingResult(Futures.wrap(Objects.requireNonNull(stage, "stage")));
    }

    /** Returns the stage, as a future. */
    Future<?> future() {
        return this.future;
    }

    /** Cancels the stage, for a task that was stopped. */
    void cancel() {
        cancellations.run(this::cancelStage);
    }

    private void cancelStage() {
        // cancel would wait for whoever ends it, which may be this thread
        if (this.future instanceof WorkItem<?> item && item.isDecided()) {
            return;
        }
        try {
            this.future.cancel(true);
        }
        catch (RuntimeException ex) {
            logger.log(Level.WARNING, "cancelling what a task waited for failed", ex);
        }
    }

    /** Completes an item when the stage is done, in the thread that completes that. */
    <T extends @Nullable Object> void complete(WorkItem<T> item) {
        this.future.addDoneCallback((done) -> completions.run(() -> complete(item, done)));
    }

    @SuppressWarnings("unchecked") // the task has promised a result of that type
    private static <T extends @Nullable Object> void complete(WorkItem<T> item, Future<?> done) {
        // whoever ends the item may be cancelling the stage right here, and cancel would
        // wait for that
        if (item.isDecided()) {
            return;
        }
        if (done.cancelled()) {
            item.cancel(true);
            return;
        }
        try {
            item.complete((T) done.result());
        }
        catch (Throwable ex) {
            item.completeExceptionally(ex);
        }
    }

}
