// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.lang.reflect.Proxy;

import org.jspecify.annotations.Nullable;

/**
 * Objects to bytes and back, by Java serialization. What comes in passes a filter, and is
 * looked up in the class loader of the application.
 */
final class Payloads {

    private final @Nullable ClassLoader classLoader;

    private final ObjectInputFilter filter;

    private final int maxLength;

    Payloads(@Nullable ClassLoader classLoader, ObjectInputFilter filter, int maxLength) {
        this.classLoader = classLoader;
        this.filter = filter;
        this.maxLength = maxLength;
    }

    /**
     * Converts an object.
     * @throws IOException if it is not serializable or too large; its own methods may
     * throw anything
     */
    byte[] encode(@Nullable Object object) throws IOException {
        BoundedOutput bytes = new BoundedOutput(this.maxLength);
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return bytes.toByteArray();
    }

    /**
     * Converts bytes.
     * @throws IOException if they are malformed or refused by the filter
     * @throws ClassNotFoundException if a class is not there; the object's own methods
     * may throw anything
     */
    @Nullable Object decode(byte[] bytes) throws IOException, ClassNotFoundException {
        RefusedClass refused = new RefusedClass(this.filter, bytes.length);
        try (ObjectInputStream in = new LoaderInput(new ByteArrayInputStream(bytes), this.classLoader)) {
            in.setObjectInputFilter(refused);
            return in.readObject();
        }
        catch (java.io.InvalidClassException ex) {
            throw (refused.reason != null) ? new IOException(refused.reason, ex) : ex;
        }
    }

    /** A filter that remembers what it refused, which the JDK does not say. */
    private static final class RefusedClass implements ObjectInputFilter {

        /** A hash table may have a slot for every other byte, an array one for each. */
        private static final long SLOTS_PER_BYTE = 16;

        private final ObjectInputFilter filter;

        private final long maxArrayLength;

        private @Nullable String reason;

        RefusedClass(ObjectInputFilter filter, int payloadLength) {
            this.filter = filter;
            this.maxArrayLength = 64 + SLOTS_PER_BYTE * payloadLength;
        }

        @Override
        public Status checkInput(FilterInfo info) {
            if (info.arrayLength() > this.maxArrayLength) {
                this.reason = "an array of length " + info.arrayLength() + " cannot be in so few bytes";
                return Status.REJECTED;
            }
            Status status = this.filter.checkInput(info);
            if (status == Status.REJECTED) {
                Class<?> type = info.serialClass();
                this.reason = (type != null) ? "class " + type.getName() + " is refused by the deserialization filter"
                        : "the deserialization filter refuses depth " + info.depth() + ", " + info.references()
                                + " references, " + info.streamBytes() + " bytes";
            }
            return status;
        }

    }

    private static final class LoaderInput extends ObjectInputStream {

        private final @Nullable ClassLoader classLoader;

        LoaderInput(InputStream in, @Nullable ClassLoader classLoader) throws IOException {
            super(in);
            this.classLoader = classLoader;
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass description) throws IOException, ClassNotFoundException {
            try {
                return Class.forName(description.getName(), false, this.classLoader);
            }
            catch (ClassNotFoundException ex) {
                // primitive types, and whatever only the loader of this library knows
                return super.resolveClass(description);
            }
        }

        @Override
        @SuppressWarnings("deprecation")
        protected Class<?> resolveProxyClass(String[] names) throws IOException, ClassNotFoundException {
            Class<?>[] interfaces = new Class<?>[names.length];
            for (int i = 0; i < names.length; i++) {
                interfaces[i] = Class.forName(names[i], false, this.classLoader);
            }
            return Proxy.getProxyClass(this.classLoader, interfaces);
        }

    }

    private static final class BoundedOutput extends ByteArrayOutputStream {

        private final int limit;

        BoundedOutput(int limit) {
            super(512);
            this.limit = limit;
        }

        @Override
        public synchronized void write(int value) {
            ensureRoom(1);
            super.write(value);
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            ensureRoom(length);
            super.write(bytes, offset, length);
        }

        private void ensureRoom(int length) {
            if (length > this.limit - this.count) {
                throw new PayloadTooLargeException(this.limit);
            }
        }

    }

    /** What is to be sent is too large. Unchecked because a stream declares nothing. */
    static final class PayloadTooLargeException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        PayloadTooLargeException(int limit) {
            super("its serialized form is larger than the limit of " + limit
                    + " bytes; pass a file name, or raise the limit (maxPayload)");
        }

    }

}
