// SPDX-License-Identifier: Apache-2.0

package dev.futures.thread;

import dev.futures.BrokenExecutorException;
import org.jspecify.annotations.Nullable;

/**
 * Says that a {@link ThreadPoolExecutor} is broken because an initializer failed.
 */
public class BrokenThreadPoolException extends BrokenExecutorException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     * @param message what happened
     * @param cause the cause, if it is known
     */
    public BrokenThreadPoolException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

}
