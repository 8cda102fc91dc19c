// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

/**
 * An exception on its way from a child to its parent: as an object, for the case that it
 * can be rebuilt there, and as text, for the case that it cannot.
 *
 * @param className the class of the exception
 * @param description its class and message
 * @param stackTrace its stack trace as text
 * @param object the exception itself, or nothing if it is not serializable
 */
@SuppressWarnings("ArrayRecordComponent")
record Failure(String className, String description, String stackTrace, byte[] object) {

    private static final int MAX_TEXT = 64 * 1024;

    /** Returns how long a description can be of an exception that is not too large. */
    static int maxLength(int maxPayload) {
        long texts = 3L * Character.BYTES * 2 * (MAX_TEXT + 3);
        return (int) Math.min(Integer.MAX_VALUE - 8, maxPayload + texts + 4L * Integer.BYTES);
    }

    /** Describes an exception, whose own methods may fail. */
    static Failure of(Throwable thrown, Payloads payloads) {
        return new Failure(thrown.getClass().getName(), describe(thrown), stackTrace(thrown),
                serialize(thrown, payloads));
    }

    /** Returns its class and message, although its own methods may fail. */
    static String describe(Throwable thrown) {
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

    private static byte[] serialize(Throwable thrown, Payloads payloads) {
        try {
            return payloads.encode(thrown);
        }
        catch (Throwable ex) {
            return new byte[0];
        }
    }

    private static String truncate(String text) {
        return (text.length() <= MAX_TEXT) ? text : text.substring(0, MAX_TEXT) + "...";
    }

    byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            write(out, this.className.getBytes(StandardCharsets.UTF_8));
            write(out, this.description.getBytes(StandardCharsets.UTF_8));
            write(out, this.stackTrace.getBytes(StandardCharsets.UTF_8));
            write(out, this.object);
        }
        catch (IOException ex) {
            throw new AssertionError("writing to memory failed", ex);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static Failure fromBytes(byte[] bytes) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return new Failure(readText(in), readText(in), readText(in), read(in));
        }
    }

    private static String readText(DataInputStream in) throws IOException {
        return new String(read(in), StandardCharsets.UTF_8);
    }

    private static byte[] read(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new ProtocolException("it broke the protocol: length in failure must be in [0, " + in.available()
                    + "] but was " + length);
        }
        return in.readNBytes(length);
    }

    /**
     * Rebuilds the exception, or a stand-in, and attaches where it comes from.
     * @param payloads how to read it
     * @param origin the process and the task
     */
    Throwable toThrowable(Payloads payloads, String origin) {
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
