// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;

/**
 * Passing on what a task threw.
 */
final class Throwables {

    private Throwables() {
    }

    /** Returns the exception to be thrown; anything else is thrown from here as it is. */
    static Exception asException(Throwable thrown) {
        if (thrown instanceof Exception exception) {
            return exception;
        }
        throw Throwables.<RuntimeException>undeclared(thrown);
    }

    /** Throws it as it is, but wraps a checked exception, which could not be caught. */
    static RuntimeException unchecked(Throwable thrown) {
        if (thrown instanceof RuntimeException exception) {
            return exception;
        }
        if (thrown instanceof Error error) {
            throw error;
        }
        return new CompletionException(thrown);
    }

    /**
     * Wraps what a {@link java.util.concurrent.CompletableFuture} would take for its own
     * wrapper, or for the mark of a cancelled future. Calls no code of a user.
     */
    static Throwable unmistakable(Throwable thrown) {
        boolean special = thrown instanceof CompletionException || thrown instanceof CancellationException;
        return special ? new CompletionException(thrown.getClass().getName(), thrown) : thrown;
    }

    @SuppressWarnings({ "unchecked", "TypeParameterUnusedInFormals" })
    private static <X extends Throwable> X undeclared(Throwable thrown) throws X {
        throw (X) thrown;
    }

}
