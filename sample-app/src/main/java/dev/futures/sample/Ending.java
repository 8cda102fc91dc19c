// SPDX-License-Identifier: Apache-2.0

package dev.futures.sample;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

import dev.futures.Future;
import dev.futures.RemoteTaskException;
import dev.futures.TaskTimeoutException;
import dev.futures.process.BrokenProcessPoolException;
import dev.futures.sample.pdf.Inspection;
import dev.futures.sample.pdf.UnreadableDocumentException;
import org.jspecify.annotations.Nullable;

/**
 * How a document ended.
 *
 * @param state the last state
 * @param at when
 * @param inspection what was found
 * @param failure why it failed
 */
record Ending(DocumentState state, Instant at, @Nullable Inspection inspection, @Nullable Throwable failure) {

    /** Exceptions whose messages say everything; others are told with their class. */
    private static final List<Class<? extends Exception>> SELF_EXPLANATORY = List.of(UnreadableDocumentException.class,
            BrokenProcessPoolException.class, TaskTimeoutException.class, RejectedExecutionException.class,
            RemoteTaskException.class);

    /** Tells how a future ended, which has to be done. */
    static Ending of(Future<?> future) {
        Instant now = Instant.now();
        if (future.cancelled()) {
            return new Ending(DocumentState.CANCELLED, now, null, null);
        }
        Throwable failure = failure(future);
        if (failure != null) {
            return new Ending(DocumentState.FAILED, now, null, failure);
        }
        Object result = future.toCompletableFuture().join();
        return new Ending(DocumentState.DONE, now, (result instanceof Inspection found) ? found : null, null);
    }

    private static @Nullable Throwable failure(Future<?> future) {
        try {
            return future.exception();
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return ex;
        }
    }

    /** Says why it failed, for people. */
    @Nullable String error() {
        Throwable thrown = this.failure;
        if (thrown == null) {
            return null;
        }
        boolean plain = SELF_EXPLANATORY.stream().anyMatch((type) -> type.isInstance(thrown));
        String message = thrown.getMessage();
        return (plain && message != null) ? message : thrown.toString();
    }

}
