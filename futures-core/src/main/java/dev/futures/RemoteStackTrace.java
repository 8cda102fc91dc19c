// SPDX-License-Identifier: Apache-2.0

package dev.futures;

/**
 * Says where an exception that came to this side by serialization was thrown. It is
 * attached to that exception as a suppressed one, so that a log shows both sides; it has
 * no stack of its own.
 */
public class RemoteStackTrace extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception without a stack.
     * @param message the worker, the task and, if need be, the stack trace as the worker
     * saw it
     */
    public RemoteStackTrace(String message) {
        super(message, null, false, false);
    }

}
