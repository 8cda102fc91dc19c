// SPDX-License-Identifier: Apache-2.0

package dev.futures.serial;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Objects to bytes and back, by Java serialization. What comes in passes a filter, and
 * its classes are looked up in one class loader. For authors of executors only. Safe for
 * use by multiple threads.
 */
public final class Payloads {

    /** No limit but that of an array. */
    public static final int UNLIMITED = Integer.MAX_VALUE - 8;

    private static final Map<String, Class<?>> PRIMITIVES = Stream
        .of(boolean.class, byte.class, char.class, short.class, int.class, long.class, float.class, double.class,
                void.class)
        .collect(Collectors.toUnmodifiableMap(Class::getName, Function.identity()));

    private final @Nullable ClassLoader classLoader;

    /** Where classes are looked up that the first one does not know. */
    private final @Nullable ClassLoader fallback;

    private final ObjectInputFilter filter;

    private final int maxLength;

    /**
     * Creates payloads of the application. Whatever its loader does not know is looked up
     * in that of this library.
     * @param classLoader the class loader of the application
     * @param filter what may come in
     * @param maxLength how long an object may be, in bytes
     */
    public Payloads(@Nullable ClassLoader classLoader, ObjectInputFilter filter, int maxLength) {
        this(classLoader, Payloads.class.getClassLoader(), filter, maxLength);
    }

    private Payloads(@Nullable ClassLoader classLoader, @Nullable ClassLoader fallback, ObjectInputFilter filter,
            int maxLength) {
        this.classLoader = classLoader;
        this.fallback = fallback;
        this.filter = filter;
        this.maxLength = maxLength;
    }

    /**
     * Creates payloads whose classes come from one loader and no other, not even those of
     * this library. They are as trusted as this JVM, so nothing is refused but by its own
     * filter, and nothing is too long.
     * @param classLoader the class loader
     * @return the payloads
     */
    public static Payloads isolated(ClassLoader classLoader) {
        return new Payloads(classLoader, classLoader, JvmFilter.alone(), UNLIMITED);
    }

    /**
     * Converts an object. Its own methods may throw anything.
     * @param object the object
     * @return the bytes
     * @throws IOException if it is not serializable
     * @throws PayloadTooLargeException if it is too long
     */
    public byte[] encode(@Nullable Object object) throws IOException {
        BoundedOutput bytes = new BoundedOutput(this.maxLength);
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return bytes.toByteArray();
    }

    /**
     * Converts bytes. The object's own methods may throw anything.
     * @param bytes the bytes
     * @return the object
     * @throws IOException if they are malformed or refused by the filter
     * @throws ClassNotFoundException if a class is not there
     */
    public @Nullable Object decode(byte[] bytes) throws IOException, ClassNotFoundException {
        RefusedClass refused = new RefusedClass(this.filter, bytes.length);
        try (ObjectInputStream in = new LoaderInput(new ByteArrayInputStream(bytes), this.classLoader, this.fallback)) {
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

        private final @Nullable ClassLoader fallback;

        LoaderInput(InputStream in, @Nullable ClassLoader classLoader, @Nullable ClassLoader fallback)
                throws IOException {
            super(in);
            this.classLoader = classLoader;
            this.fallback = fallback;
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass description) throws ClassNotFoundException {
            String name = description.getName();
            Class<?> primitive = PRIMITIVES.get(name);
            if (primitive != null) {
                return primitive;
            }
            try {
                return Class.forName(name, false, this.classLoader);
            }
            catch (ClassNotFoundException ex) {
                // not what super does: that finds classes of whoever is on the stack
                if (this.fallback == this.classLoader) {
                    throw ex;
                }
                return Class.forName(name, false, this.fallback);
            }
        }

        @Override
        @SuppressWarnings("deprecation")
        protected Class<?> resolveProxyClass(String[] names) throws ClassNotFoundException {
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

    /**
     * Says that what is to be sent is too large. Unchecked because a stream declares
     * nothing.
     */
    public static final class PayloadTooLargeException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        PayloadTooLargeException(int limit) {
            super("its serialized form is larger than the limit of " + limit + " bytes; pass a file name"
                    + ((limit < UNLIMITED) ? ", or raise the limit (maxPayload)" : ""));
        }

    }

}
