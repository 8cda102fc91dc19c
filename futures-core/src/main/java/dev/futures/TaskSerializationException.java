// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import org.jspecify.annotations.Nullable;

/**
 * The outcome of a task that could not travel to its worker, or whose result could not
 * travel back, in pools that serialize them. The message says which of the two, and names
 * the class at fault if it is known; the cause is what the serialization threw. The
 * worker and the other tasks are not affected.
 */
public class TaskSerializationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     * @param message what could not travel, and why
     * @param cause what the serialization threw
     */
    public TaskSerializationException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

}
