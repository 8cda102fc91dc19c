// SPDX-License-Identifier: Apache-2.0

package dev.futures.interpreter;

import dev.futures.thread.BrokenThreadPoolException;
import org.jspecify.annotations.Nullable;

/**
 * Says that an {@link InterpreterPoolExecutor} is broken because an initializer failed or
 * could not be sent to a worker.
 */
public class BrokenInterpreterPoolException extends BrokenThreadPoolException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     * @param message what happened
     * @param cause the cause, if it is known
     */
    public BrokenInterpreterPoolException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

}
