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
 * time limit counts, and cancelling it cancels the stage. The pool neither lists such a
 * task among those that its workers run, nor waits for it when it is shut down. For those
 * who turn calls of methods into tasks.
 */
public final class PendingResult {

    private static final Logger logger = System.getLogger("dev.futures");

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

    /** Cancels the stage, for a task that was stopped. */
    void cancel() {
        try {
            this.future.cancel(true);
        }
        catch (RuntimeException ex) {
            logger.log(Level.WARNING, "cancelling what a task waited for failed", ex);
        }
    }

    /** Completes an item when the stage is done, in the thread that completes that. */
    @SuppressWarnings("unchecked") // the task has promised a result of that type
    <T extends @Nullable Object> void complete(WorkItem<T> item) {
        this.future.addDoneCallback((done) -> {
            // whoever ends the item may be cancelling the stage right here, and cancel
            // would wait for that
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
        });
    }

}
