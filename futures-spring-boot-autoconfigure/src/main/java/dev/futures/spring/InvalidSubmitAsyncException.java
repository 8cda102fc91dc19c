// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring;

/**
 * Thrown at start-up when a {@link SubmitAsync} method cannot work.
 */
public class InvalidSubmitAsyncException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    private final String action;

    /**
     * Creates an exception.
     * @param message which method, and what is wrong with it
     * @param action what to write instead
     */
    public InvalidSubmitAsyncException(String message, String action) {
        super(message);
        this.action = action;
    }

    /**
     * Returns what to write instead.
     * @return a sentence
     */
    public String action() {
        return this.action;
    }

}
