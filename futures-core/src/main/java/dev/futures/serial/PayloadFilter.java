// SPDX-License-Identifier: Apache-2.0

package dev.futures.serial;

import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter;

import org.jspecify.annotations.Nullable;

/**
 * A filter for one object. It remembers what it refused, which the JDK does not say, and
 * refuses arrays that cannot be in the stream: the JDK allocates them before it reads
 * them, those in an array while that is still waiting for its other elements.
 */
final class PayloadFilter implements ObjectInputFilter {

    /** A hash table may have some slots for each byte, an array has one at most. */
    private static final long SLOTS_PER_BYTE = 4;

    /** What collections allocate that hold next to nothing. */
    private static final long FREE_SLOTS = 1024;

    private final ObjectInputFilter filter;

    private final long maxSlots;

    private final long streamLength;

    /** How many bytes beside the stream have been taken. */
    private long beside;

    private long slots;

    /** The length of a part that is about to be checked like an array in the stream. */
    private long received = -1;

    private @Nullable String reason;

    /** Whether it was refused by the filter rather than by this class. */
    private boolean byFilter;

    PayloadFilter(ObjectInputFilter filter, int streamLength) {
        this.filter = filter;
        this.streamLength = streamLength;
        this.maxSlots = FREE_SLOTS + SLOTS_PER_BYTE * streamLength;
    }

    /**
     * Checks bytes that were sent beside the stream, be they for an array or a buffer, as
     * if they had been an array in it.
     * @throws InvalidClassException if they are refused
     */
    void received(int length) throws InvalidClassException {
        this.received = length;
        this.beside += length;
        if (this.filter.checkInput(new Bytes(length, this.streamLength + this.beside)) == Status.REJECTED) {
            this.reason = "an array or buffer of " + length + " bytes, of " + this.beside
                    + " beside the stream, is refused by the deserialization filter";
            this.byFilter = true;
            throw new InvalidClassException("filter status: " + Status.REJECTED);
        }
    }

    /** Returns an exception that says what was refused, if anything was. */
    IOException orRefusal(InvalidClassException thrown) {
        if (this.reason == null) {
            return thrown;
        }
        return this.byFilter ? new Payloads.RefusedException(this.reason, thrown)
                : new IOException(this.reason, thrown);
    }

    @Override
    public Status checkInput(FilterInfo info) {
        Class<?> type = info.serialClass();
        if (info.arrayLength() >= 0 && !fits(type, info.arrayLength())) {
            this.reason = "an array of length " + info.arrayLength() + " cannot be in so few bytes";
            return Status.REJECTED;
        }
        if (type == StandIn.class) {
            // an allow-list need not know it; what it stands for is checked
            return Status.UNDECIDED;
        }
        Status status = this.filter.checkInput(info);
        if (status == Status.REJECTED) {
            this.byFilter = true;
            String where = "depth " + info.depth() + ", " + info.references() + " references, " + info.streamBytes()
                    + " bytes";
            // a class may be refused because of where it is
            this.reason = (type != null)
                    ? "class " + type.getName() + " is refused by the deserialization filter, at " + where
                    : "the deserialization filter refuses " + where;
        }
        return status;
    }

    private boolean fits(@Nullable Class<?> type, long length) {
        if (length == this.received && type == byte[].class) {
            this.received = -1;
            return true;
        }
        this.slots += length * slotsPerElement(type);
        return this.slots <= this.maxSlots;
    }

    /** A reference takes a byte at least, a number as many as in memory. */
    private static long slotsPerElement(@Nullable Class<?> type) {
        Class<?> element = (type != null) ? type.getComponentType() : null;
        if (element == null || !element.isPrimitive()) {
            return 1;
        }
        if (element == long.class || element == double.class) {
            return SLOTS_PER_BYTE * Long.BYTES;
        }
        if (element == int.class || element == float.class) {
            return SLOTS_PER_BYTE * Integer.BYTES;
        }
        return SLOTS_PER_BYTE * ((element == short.class || element == char.class) ? Short.BYTES : 1);
    }

    /**
     * What a filter is told about bytes beside a stream.
     *
     * @param arrayLength how many there are
     * @param streamBytes how many were read before, with them and the stream
     */
    private record Bytes(long arrayLength, long streamBytes) implements FilterInfo {

        @Override
        public Class<?> serialClass() {
            return byte[].class;
        }

        @Override
        public long depth() {
            return 1;
        }

        @Override
        public long references() {
            return 1;
        }

    }

}
