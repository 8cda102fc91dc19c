// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.util.concurrent.RejectedExecutionException;

/**
 * Thrown when a task is submitted while every worker is busy and the queue is full.
 */
public class QueueFullException extends RejectedExecutionException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     * @param message which executor is full, and its capacity
     */
    public QueueFullException(String message) {
        super(message);
    }

}
