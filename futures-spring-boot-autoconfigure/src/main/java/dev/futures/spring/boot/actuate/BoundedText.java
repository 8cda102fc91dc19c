// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.actuate;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.StringJoiner;

import org.jspecify.annotations.Nullable;

/**
 * Text of exceptions and of names, which may be of any length, cut to what may be kept.
 */
final class BoundedText {

    static final int MAX_NAME = 500;

    static final int MAX_MESSAGE = 8 * 1024;

    static final int MAX_STACK_TRACE = 32 * 1024;

    /** A cause may be its own cause by a detour. */
    private static final int MAX_CAUSES = 10;

    private BoundedText() {
    }

    static String name(String name) {
        return cut(name, MAX_NAME);
    }

    /** Returns what an exception says, or what it is if it says nothing. */
    static String message(Throwable failure) {
        try {
            String message = failure.getMessage();
            return (message != null) ? cut(message, MAX_MESSAGE) : failure.getClass().getName();
        }
        catch (RuntimeException | Error ex) {
            return unreadable(failure);
        }
    }

    /** Returns what an exception and its causes say, each once. */
    static String messages(Throwable failure) {
        StringJoiner messages = new StringJoiner(": ");
        Throwable next = failure;
        for (int i = 0; next != null && i < MAX_CAUSES; i++) {
            String message = message(next);
            if (!messages.toString().contains(message)) {
                messages.add(message);
            }
            next = next.getCause();
        }
        return cut(messages.toString(), MAX_MESSAGE);
    }

    /** Returns the stack trace with the causes, up to a number of frames in all. */
    static String stackTrace(Throwable failure, int frames) {
        BoundedWriter writer = new BoundedWriter();
        try {
            failure.printStackTrace(new FramePrinter(writer, frames));
        }
        catch (FullException ex) {
            return cut(writer.text.toString(), MAX_STACK_TRACE);
        }
        catch (RuntimeException | Error ex) {
            return unreadable(failure);
        }
        return writer.text.toString();
    }

    /** An exception of a user may throw another when it is asked for its message. */
    private static String unreadable(Throwable failure) {
        return failure.getClass().getName() + ", which cannot be read";
    }

    private static String cut(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
        return text.substring(0, end);
    }

    /** Ends the printing of a stack trace as soon as it is long enough. */
    private static final class BoundedWriter extends Writer {

        private final StringBuilder text = new StringBuilder();

        @Override
        public void write(char[] chars, int offset, int length) {
            // one more shows that there is something to cut
            int room = MAX_STACK_TRACE + 1 - this.text.length();
            this.text.append(chars, offset, Math.min(length, room));
            if (length >= room) {
                throw new FullException();
            }
        }

        @Override
        public void flush() {
        }

        @Override
        public void close() {
        }

    }

    /** Ends the printing of a stack trace after a number of frames. */
    private static final class FramePrinter extends PrintWriter {

        private int left;

        FramePrinter(Writer writer, int frames) {
            super(writer);
            this.left = frames;
        }

        @Override
        public void println(@Nullable Object line) {
            if (line instanceof String text && text.stripLeading().startsWith("at ") && this.left-- == 0) {
                throw new FullException();
            }
            super.println(line);
        }

    }

    /** Says that enough was printed. */
    private static final class FullException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        FullException() {
            super("long enough", null, false, false);
        }

    }

}
