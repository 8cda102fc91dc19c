// SPDX-License-Identifier: Apache-2.0

package dev.futures.serial;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * An object as bytes: a stream, and beside it the large arrays and buffers of the object,
 * which were not copied. Whoever has packed an object must not change those before the
 * parcel has been sent, or else has to {@linkplain #detached() detach} it. For authors of
 * executors only. Safe for use by multiple threads.
 */
public final class Parcel {

    /** A parcel of nothing, which cannot be unpacked. */
    public static final Parcel EMPTY = of(new byte[0]);

    /** The shortest array that is sent beside the stream, in bytes. */
    public static final int MIN_PART = 16 * 1024;

    private final ByteBuffer stream;

    private final List<ByteBuffer> parts;

    private final int length;

    /**
     * Creates a parcel of bytes that nobody changes any more.
     * @param stream the stream, from position to limit
     * @param parts what goes beside it, each from position to limit
     * @throws ArithmeticException if they are 2 GiB or more
     */
    public Parcel(ByteBuffer stream, List<ByteBuffer> parts) {
        this.stream = stream.duplicate();
        this.parts = parts.stream().map(ByteBuffer::duplicate).toList();
        this.length = Math.toIntExact(stream.remaining() + parts.stream().mapToLong(ByteBuffer::remaining).sum());
    }

    private Parcel(ByteBuffer stream) {
        this.stream = stream;
        this.parts = List.of();
        this.length = stream.remaining();
    }

    /**
     * Creates a parcel that is a stream and nothing else.
     * @param stream the stream, which nobody changes any more
     * @return the parcel
     */
    public static Parcel of(byte[] stream) {
        return new Parcel(ByteBuffer.wrap(stream));
    }

    /** Returns a parcel of a buffer of which nobody moves the position or the limit. */
    static Parcel of(ByteBuffer stream) {
        return new Parcel(stream);
    }

    /**
     * Returns the length of the stream and all parts.
     * @return the length in bytes
     */
    public int length() {
        return this.length;
    }

    /**
     * Returns the stream.
     * @return the bytes from position to limit
     */
    public ByteBuffer stream() {
        return this.stream.duplicate();
    }

    /**
     * Returns what goes beside the stream.
     * @return the bytes from position to limit, each
     */
    public List<ByteBuffer> parts() {
        return this.parts.isEmpty() ? this.parts : this.parts.stream().map(ByteBuffer::duplicate).toList();
    }

    /**
     * Returns the stream as an array, without copying it if it is one.
     * @return the array, which must not be changed
     */
    public byte[] streamArray() {
        return arrayOf(this.stream);
    }

    /**
     * Returns a parcel that shares no array and no buffer with the object that was
     * packed.
     * @return a copy
     */
    public Parcel detached() {
        return this.parts.isEmpty() ? this
                : new Parcel(this.stream, this.parts.stream().map((part) -> ByteBuffer.wrap(copyOf(part))).toList());
    }

    /** Returns the array behind a buffer if that is the whole of it, or else a copy. */
    static byte[] arrayOf(ByteBuffer buffer) {
        if (buffer.hasArray() && buffer.arrayOffset() + buffer.position() == 0) {
            byte[] array = buffer.array();
            return (array.length == buffer.remaining()) ? array : copyOf(buffer);
        }
        return copyOf(buffer);
    }

    static byte[] copyOf(ByteBuffer buffer) {
        byte[] copy = new byte[buffer.remaining()];
        buffer.duplicate().get(copy);
        return copy;
    }

}
