// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import dev.futures.BrokenExecutorException;
import org.jspecify.annotations.Nullable;

/**
 * Says that a {@link ProcessPoolExecutor} is broken, or, as {@link WorkerDiedException},
 * that one of its processes is. PEP 3148's {@code BrokenProcessPool}.
 */
public class BrokenProcessPoolException extends BrokenExecutorException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     * @param message what happened
     * @param cause the cause, if it is known
     */
    public BrokenProcessPoolException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

}
