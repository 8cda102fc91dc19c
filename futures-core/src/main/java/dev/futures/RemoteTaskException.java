// SPDX-License-Identifier: Apache-2.0

package dev.futures;

/**
 * Stands in for an exception that a task threw in a worker process, or with the classes
 * of an interpreter, and that cannot be rebuilt here. It keeps the name of its class, its
 * message and its stack trace as text.
 */
public class RemoteTaskException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The class of the exception that the task threw. */
    private final String className;

    /**
     * Creates an exception.
     * @param className the class of the exception that the task threw
     * @param message its class and message
     * @param cause why it cannot be rebuilt, and its stack trace
     */
    public RemoteTaskException(String className, String message, Throwable cause) {
        super(message, cause);
        this.className = className;
    }

    /**
     * Returns the class of the exception that the task threw.
     * @return the name of the class
     */
    public String className() {
        return this.className;
    }

}
