// SPDX-License-Identifier: Apache-2.0

package dev.futures.serial;

import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter;
import java.io.StreamCorruptedException;
import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

/**
 * Objects to bytes and back, by Java serialization. What comes in passes a filter, and
 * its classes are looked up in one class loader. For authors of executors only. Safe for
 * use by multiple threads.
 */
public final class Payloads {

    /** No limit but that of an array: almost 2 GiB. */
    public static final int UNLIMITED = Integer.MAX_VALUE - 8;

    private final @Nullable ClassLoader classLoader;

    /** Where classes are looked up that the first one does not know. */
    private final @Nullable ClassLoader fallback;

    private final ObjectInputFilter filter;

    private final int maxLength;

    /** What messages call the setting. */
    private final String limitName;

    /**
     * Creates payloads of the application. Whatever its loader does not know is looked up
     * in that of this library.
     * @param classLoader the class loader of the application
     * @param filter what may come in
     * @param maxLength how long an object may be, with all its arrays, in bytes
     */
    public Payloads(@Nullable ClassLoader classLoader, ObjectInputFilter filter, int maxLength) {
        this(classLoader, filter, maxLength, "maxPayload");
    }

    /**
     * Creates payloads of the application. Whatever its loader does not know is looked up
     * in that of this library.
     * @param classLoader the class loader of the application
     * @param filter what may come in
     * @param maxLength how long an object may be, with all its arrays, in bytes
     * @param limitName what messages call the setting of that length
     */
    public Payloads(@Nullable ClassLoader classLoader, ObjectInputFilter filter, int maxLength, String limitName) {
        this(classLoader, Payloads.class.getClassLoader(), filter, maxLength, limitName);
    }

    private Payloads(@Nullable ClassLoader classLoader, @Nullable ClassLoader fallback, ObjectInputFilter filter,
            int maxLength, String limitName) {
        this.classLoader = classLoader;
        this.fallback = fallback;
        this.filter = filter;
        this.maxLength = Math.min(maxLength, UNLIMITED);
        this.limitName = limitName;
    }

    /**
     * Creates payloads whose classes come from one loader and no other, not even those of
     * this library. They are as trusted as this JVM, so nothing is refused but by its own
     * filter, and nothing is too long.
     * @param classLoader the class loader
     * @return the payloads
     */
    public static Payloads isolated(ClassLoader classLoader) {
        return new Payloads(classLoader, classLoader, JvmFilter.alone(), UNLIMITED, "");
    }

    /**
     * Converts an object to one piece, with all its arrays in it. Its own methods may
     * throw anything.
     * @param object the object
     * @return the bytes
     * @throws IOException if it is not serializable
     * @throws PayloadTooLargeException if it is too long
     */
    public byte[] encode(@Nullable Object object) throws IOException {
        return write(object, this.maxLength, false).streamArray();
    }

    /** An exception of common size arrives, however low the limit is. */
    byte[] encodeFailure(Throwable thrown) throws IOException {
        return write(thrown, Math.max(this.maxLength, Failure.MIN_OBJECT), false).streamArray();
    }

    /**
     * Converts an object without copying its large arrays and buffers, which must not be
     * changed until the parcel has been sent. Its own methods may throw anything.
     * @param object the object
     * @return the bytes
     * @throws IOException if it is not serializable
     * @throws PayloadTooLargeException if it is too long
     */
    public Parcel pack(@Nullable Object object) throws IOException {
        PlainOutput plain = new PlainOutput(this.maxLength);
        return plain.write(object) ? Parcel.of(plain.toBuffer()) : write(object, this.maxLength, true);
    }

    /**
     * Converts a task for a {@link TaskInput}, which is otherwise like
     * {@link #pack(Object)}. What this library puts around the code of a user is written
     * more briefly, and code that captures nothing once.
     * @param task the task
     * @return the bytes
     * @throws IOException if it is not serializable
     * @throws PayloadTooLargeException if it is too long
     */
    public Parcel packTask(Object task) throws IOException {
        Parcel parcel = TaskOutput.write(task, this);
        return (parcel != null) ? parcel : pack(task);
    }

    int maxLength() {
        return this.maxLength;
    }

    /** Returns what reads values from a buffer with an array, which it moves on. */
    PlainInput plainInput(ByteBuffer bytes) {
        return new PlainInput(bytes, new PayloadFilter(this.filter, bytes.remaining()));
    }

    private Parcel write(@Nullable Object object, int limit, boolean partsAllowed) throws IOException {
        PayloadOutput out = PayloadOutput.create(limit, this.limitName, partsAllowed);
        try (out) {
            out.writeObject(object);
        }
        return out.toParcel();
    }

    /**
     * Converts bytes that have come in one piece.
     * @param bytes the bytes
     * @return the object
     * @throws IOException if they are malformed or refused by the filter, or if the
     * object's own methods fail
     * @throws ClassNotFoundException if a class is not there
     */
    public @Nullable Object decode(byte[] bytes) throws IOException, ClassNotFoundException {
        return unpack(Parcel.of(bytes));
    }

    /**
     * Converts a parcel. Its parts become arrays of the object, without a copy if they
     * are whole arrays.
     * @param parcel the parcel, which must not be used again
     * @return the object
     * @throws IOException if it is malformed or refused by the filter, or if the object's
     * own methods fail
     * @throws ClassNotFoundException if a class is not there
     */
    public @Nullable Object unpack(Parcel parcel) throws IOException, ClassNotFoundException {
        ByteBuffer stream = parcel.stream();
        try {
            return PlainOutput.isPlain(stream) ? readPlain(stream) : readStream(parcel);
        }
        catch (RuntimeException | StackOverflowError | LinkageError ex) {
            // wrong bytes make the JDK throw these as well
            throw new IOException("reading it failed: " + Failure.describe(ex), ex);
        }
    }

    private @Nullable Object readStream(Parcel parcel) throws IOException, ClassNotFoundException {
        PayloadFilter check = new PayloadFilter(this.filter, parcel.stream().remaining());
        try (PayloadInput in = new PayloadInput(parcel, this.classLoader, this.fallback, check)) {
            return in.readObject();
        }
        catch (InvalidClassException ex) {
            throw check.orRefusal(ex);
        }
    }

    private @Nullable Object readPlain(ByteBuffer stream) throws IOException {
        if (stream.remaining() > PlainOutput.MAX_LENGTH) {
            throw new StreamCorruptedException("plain values of " + stream.remaining() + " bytes");
        }
        ByteBuffer bytes = stream.hasArray() ? stream : ByteBuffer.wrap(Parcel.copyOf(stream));
        Object value = plainInput(bytes).read();
        if (bytes.hasRemaining()) {
            throw new StreamCorruptedException("there are " + bytes.remaining() + " bytes behind a plain value");
        }
        return value;
    }

    /**
     * Says what the deserialization filter has refused.
     */
    public static final class RefusedException extends IOException {

        private static final long serialVersionUID = 1L;

        RefusedException(String message, Throwable cause) {
            super(message, cause);
        }

    }

    /**
     * Says that what is to be sent is too large. Unchecked because a stream declares
     * nothing.
     */
    public static final class PayloadTooLargeException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        PayloadTooLargeException(int limit, String limitName) {
            super("its serialized form is larger than the limit of " + limit + " bytes; pass a file name"
                    + ((limit < UNLIMITED) ? ", or raise the limit (" + limitName + ")" : ""));
        }

    }

}
