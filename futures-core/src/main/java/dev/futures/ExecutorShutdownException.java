// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.util.concurrent.RejectedExecutionException;

/**
 * Thrown when a task is submitted to an executor that was shut down.
 */
public class ExecutorShutdownException extends RejectedExecutionException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     * @param message which executor was shut down
     */
    public ExecutorShutdownException(String message) {
        super(message);
    }

}
