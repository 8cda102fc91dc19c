// SPDX-License-Identifier: Apache-2.0

package dev.futures;

/**
 * Thrown when a future is written in a state that does not allow it: PEP 3148's
 * {@code InvalidStateError}.
 */
public class InvalidStateException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     * @param message the state and the future
     */
    public InvalidStateException(String message) {
        super(message);
    }

}
