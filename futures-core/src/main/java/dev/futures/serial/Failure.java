// SPDX-License-Identifier: Apache-2.0

package dev.futures.serial;

import java.io.PrintWriter;
import java.io.StringWriter;

import dev.futures.RemoteStackTrace;
import dev.futures.RemoteTaskException;
import dev.futures.TaskSerializationException;

/**
 * An exception on its way from a worker to its pool: as an object, for the case that it
 * can be rebuilt there, and as text, for the case that it cannot. For authors of
 * executors only.
 *
 * @param className the class of the exception
 * @param description its class and message
 * @param stackTrace its stack trace as text
 * @param object the exception itself, or nothing if it is not serializable
 */
@SuppressWarnings("ArrayRecordComponent")
public record Failure(String className, String description, String stackTrace, byte[] object) {

    /** How many characters of a text are kept, without the dots that say so. */
    public static final int MAX_TEXT = 64 * 1024;

    /** How long the exception itself may be, in bytes, where the limit is lower. */
    public static final int MIN_OBJECT = 64 * 1024;

    /**
     * Describes an exception, whose own methods may fail.
     * @param thrown the exception
     * @param payloads how to write it
     * @return its description
     */
    public static Failure of(Throwable thrown, Payloads payloads) {
        return new Failure(thrown.getClass().getName(), describe(thrown), stackTrace(thrown),
                serialize(thrown, payloads));
    }

    /**
     * Returns the class and message of an exception, whose own methods may fail.
     * @param thrown the exception
     * @return its {@code toString()} if possible
     */
    public static String describe(Throwable thrown) {
        try {
            return truncate(thrown.toString());
        }
        catch (Throwable ex) {
            return thrown.getClass().getName();
        }
    }

    private static String stackTrace(Throwable thrown) {
        StringWriter text = new StringWriter();
        try {
            thrown.printStackTrace(new PrintWriter(text));
        }
        catch (Throwable ex) {
            text.append("(its stack trace cannot be printed: ").append(ex.getClass().getName()).append(')');
        }
        return truncate(text.toString());
    }

    /**
     * The JVM makes the text of a NullPointerException when asked, and only where it was
     * thrown.
     */
    private static Throwable withText(Throwable thrown) {
        if (thrown.getClass() != NullPointerException.class || thrown.getCause() != null) {
            return thrown;
        }
        NullPointerException complete = new NullPointerException(thrown.getMessage());
        complete.setStackTrace(thrown.getStackTrace());
        for (Throwable suppressed : thrown.getSuppressed()) {
            complete.addSuppressed(suppressed);
        }
        return complete;
    }

    private static byte[] serialize(Throwable thrown, Payloads payloads) {
        try {
            return payloads.encodeFailure(withText(thrown));
        }
        catch (Throwable ex) {
            return new byte[0];
        }
    }

    private static String truncate(String text) {
        return (text.length() <= MAX_TEXT) ? text : text.substring(0, MAX_TEXT) + "...";
    }

    /**
     * Rebuilds the exception, or a stand-in, and attaches where it comes from.
     * @param payloads how to read it
     * @param origin the worker and the task
     * @return the exception
     */
    public Throwable toThrowable(Payloads payloads, String origin) {
        Throwable thrown = rebuild(payloads);
        String stack = (thrown instanceof RemoteTaskException) ? "\n" + this.stackTrace.stripTrailing() : "";
        thrown.addSuppressed(new RemoteStackTrace("thrown in " + origin + stack));
        return thrown;
    }

    private Throwable rebuild(Payloads payloads) {
        String why = "it is not serializable, or too large";
        if (this.object.length > 0) {
            try {
                if (payloads.decode(this.object) instanceof Throwable thrown) {
                    return thrown;
                }
                why = "it is not an exception";
            }
            catch (Throwable ex) {
                why = "it could not be read: " + describe(ex);
            }
        }
        return new RemoteTaskException(this.className, this.description,
                new TaskSerializationException("the exception " + this.className + " did not travel: " + why, null));
    }

}
