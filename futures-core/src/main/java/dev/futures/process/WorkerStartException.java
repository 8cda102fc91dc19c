// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/**
 * A worker process could not be started, or ended before it was ready.
 */
final class WorkerStartException extends IOException {

    private static final long serialVersionUID = 1L;

    private final boolean permanent;

    WorkerStartException(String message, @Nullable Throwable cause) {
        this(message, cause, false);
    }

    WorkerStartException(String message, @Nullable Throwable cause, boolean permanent) {
        super(message, cause);
        this.permanent = permanent;
    }

    static WorkerStartException permanent(String message, @Nullable Throwable cause) {
        return new WorkerStartException(message, cause, true);
    }

    /**
     * Returns whether the cause lies in how children are started, such as an option that
     * the JVM does not know: trying again would not help.
     */
    boolean isPermanent() {
        return this.permanent;
    }

    /** The process did start, but the initializer failed: trying again would not help. */
    static final class InitializerFailed extends Exception {

        private static final long serialVersionUID = 1L;

        private final Throwable failure;

        InitializerFailed(Throwable failure) {
            super(failure);
            this.failure = failure;
        }

        Throwable failure() {
            return this.failure;
        }

    }

}
