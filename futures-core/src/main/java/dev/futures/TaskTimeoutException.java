// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.util.concurrent.TimeoutException;

/**
 * The outcome of a task whose own time limit expired, as against the
 * {@link TimeoutException} of a caller who did not want to wait any longer.
 */
public class TaskTimeoutException extends TimeoutException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     * @param message which task exceeded which limit
     */
    public TaskTimeoutException(String message) {
        super(message);
    }

}
