// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.worker;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

import dev.futures.Future;
import dev.futures.Futures;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.util.ClassUtils;

/**
 * What is in the future that a method returned.
 */
public final class MethodResult {

    private static final boolean REACTOR = ClassUtils.isPresent("reactor.core.publisher.Mono",
            MethodResult.class.getClassLoader());

    private MethodResult() {
    }

    /**
     * Returns what a method returned as something that is under way: a Mono is subscribed
     * to.
     * @param returned what the method returned
     * @return the future of the Mono, or else what was returned
     */
    public static @Nullable Object started(@Nullable Object returned) {
        return (REACTOR && returned != null) ? Monos.started(returned) : returned;
    }

    /**
     * Returns the stage that is yet to give the result. One that was cancelled counts as
     * such, as it gives none: a task cannot say so otherwise.
     * @param started what {@link #started} returned
     * @return the stage, or {@code null} if it has an outcome, or is none
     */
    public static @Nullable CompletionStage<?> unfinished(@Nullable Object started) {
        if (!(started instanceof CompletionStage<?> stage)) {
            return null;
        }
        return (stage instanceof java.util.concurrent.Future<?> future && future.isDone() && !future.isCancelled())
                ? null : stage;
    }

    /**
     * Returns the result, waiting for it if need be.
     * @param started what {@link #started} returned
     * @return the result in it, or what was returned if that is no future
     * @throws InterruptedException if the calling thread is interrupted while it waits;
     * then the future is cancelled
     * @throws Exception the exception in it
     */
    public static @Nullable Object of(@Nullable Object started) throws Exception {
        java.util.concurrent.Future<?> future = (started instanceof CompletionStage<?> stage) ? Futures.wrap(stage)
                : (started instanceof java.util.concurrent.Future<?> known) ? known : null;
        if (future == null) {
            return started;
        }
        try {
            return (future instanceof Future<?> ours) ? ours.result() : future.get();
        }
        catch (InterruptedException ex) {
            future.cancel(true);
            throw ex;
        }
        catch (ExecutionException ex) {
            if (future instanceof Future<?>) {
                throw ex;
            }
            throw cause(ex);
        }
    }

    private static Exception cause(ExecutionException failure) {
        if (failure.getCause() instanceof Error error) {
            throw error;
        }
        return (failure.getCause() instanceof Exception cause) ? cause : failure;
    }

    /** Loaded only where Reactor is there. */
    private static final class Monos {

        static Object started(Object returned) {
            return (returned instanceof Mono<?> mono) ? mono.toFuture() : returned;
        }

    }

}
