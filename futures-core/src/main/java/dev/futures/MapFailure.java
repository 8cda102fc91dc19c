// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.Serializable;

import org.jspecify.annotations.Nullable;

/**
 * Stands where the result of an input would be that failed. An exception that would not
 * survive the way between processes is replaced when it sets out, so that the other
 * results of its chunk arrive.
 *
 * @param exception what the function threw
 */
record MapFailure(Throwable exception) implements Serializable {

    /** Called by serialization. */
    private Object writeReplace() {
        String why = whyNotTravelling(this.exception);
        return (why != null) ? new MapFailure(standIn(this.exception, why)) : this;
    }

    /** Tries it: nothing else tells, and it is only done for what has failed. */
    private static @Nullable String whyNotTravelling(Throwable thrown) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(thrown);
            out.flush();
            try (ObjectInputStream in = new LoaderInput(new ByteArrayInputStream(bytes.toByteArray()))) {
                in.readObject();
            }
            return null;
        }
        catch (Throwable ex) {
            return describe(ex);
        }
    }

    private static Throwable standIn(Throwable thrown, String why) {
        String className = thrown.getClass().getName();
        RemoteTaskException standIn = new RemoteTaskException(className, describe(thrown),
                new TaskSerializationException("the exception " + className + " did not travel: " + why, null));
        try {
            standIn.setStackTrace(thrown.getStackTrace());
        }
        catch (Throwable ex) {
            // its own method failed: there is no stack trace then
            standIn.setStackTrace(new StackTraceElement[0]);
        }
        return standIn;
    }

    /** Returns its class and message, although its own methods may fail. */
    private static String describe(Throwable thrown) {
        try {
            return thrown.toString();
        }
        catch (Throwable ex) {
            return thrown.getClass().getName();
        }
    }

    private static final class LoaderInput extends ObjectInputStream {

        LoaderInput(InputStream in) throws IOException {
            super(in);
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass description) throws IOException, ClassNotFoundException {
            try {
                return Class.forName(description.getName(), false, Thread.currentThread().getContextClassLoader());
            }
            catch (ClassNotFoundException ex) {
                // primitive types, and whatever only the loader of this library knows
                return super.resolveClass(description);
            }
        }

    }

}
