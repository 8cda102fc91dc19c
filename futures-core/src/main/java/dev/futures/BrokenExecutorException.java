// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import org.jspecify.annotations.Nullable;

/**
 * Says that an executor is broken: it accepts no more tasks and fails those that waited.
 * PEP 3148's {@code BrokenExecutor}.
 */
public class BrokenExecutorException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     * @param message which executor broke, and how
     * @param cause the cause, if it is known
     */
    public BrokenExecutorException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

}
