// SPDX-License-Identifier: Apache-2.0

package dev.futures.serial;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes one object and puts its large arrays and buffers aside, if they may be.
 */
final class PayloadOutput extends ObjectOutputStream {

    private final Bytes bytes;

    private final boolean partsAllowed;

    private final List<ByteBuffer> parts = new ArrayList<>();

    private PayloadOutput(Bytes bytes, boolean partsAllowed) throws IOException {
        super(bytes);
        this.bytes = bytes;
        this.partsAllowed = partsAllowed;
        enableReplaceObject(true);
    }

    static PayloadOutput create(int limit, String limitName, boolean partsAllowed) throws IOException {
        return new PayloadOutput(new Bytes(limit, limitName), partsAllowed);
    }

    /** Returns what has been written, after this has been closed. */
    Parcel toParcel() {
        return new Parcel(ByteBuffer.wrap(this.bytes.buffer, 0, this.bytes.count), this.parts);
    }

    @Override
    protected Object replaceObject(Object object) {
        if (object instanceof byte[] array) {
            return isAside(array.length) ? StandIn.forArray(putAside(ByteBuffer.wrap(array))) : array;
        }
        if (object instanceof ByteBuffer buffer) {
            return putInPlaceOf(buffer.duplicate().order(buffer.order()));
        }
        if (object instanceof StandIn standIn && standIn.isBeside()) {
            // it is asked for again, so it is to be written unshared: as a copy
            return standIn.at(putAside(this.parts.get(standIn.index())));
        }
        return object;
    }

    /** The buffer is ours, so its limit stays as it is. */
    private StandIn putInPlaceOf(ByteBuffer buffer) {
        if (isAside(buffer.remaining())) {
            return StandIn.forBuffer(buffer, putAside(buffer));
        }
        this.bytes.ensureRoom(buffer.remaining());
        return StandIn.forBuffer(buffer);
    }

    private boolean isAside(int length) {
        return this.partsAllowed && length >= Parcel.MIN_PART;
    }

    private int putAside(ByteBuffer part) {
        this.bytes.reserve(part.remaining());
        this.parts.add(part);
        return this.parts.size() - 1;
    }

    /** An array that grows, up to a limit that it shares with what is put aside. */
    private static final class Bytes extends OutputStream {

        private static final int FIRST_LENGTH = 512;

        private final int limit;

        private final String limitName;

        private byte[] buffer = new byte[FIRST_LENGTH];

        private int count;

        private int reserved;

        Bytes(int limit, String limitName) {
            this.limit = limit;
            this.limitName = limitName;
        }

        @Override
        public void write(int value) {
            ensureRoom(1);
            this.buffer[this.count++] = (byte) value;
        }

        @Override
        public void write(byte[] source, int offset, int length) {
            ensureRoom(length);
            System.arraycopy(source, offset, this.buffer, this.count, length);
            this.count += length;
        }

        void reserve(int length) {
            check(length);
            this.reserved += length;
        }

        void ensureRoom(int length) {
            check(length);
            if (length > this.buffer.length - this.count) {
                long grown = Math.max(2L * this.buffer.length, (long) this.count + length);
                this.buffer = Arrays.copyOf(this.buffer, (int) Math.min(grown, Payloads.UNLIMITED));
            }
        }

        private void check(int length) {
            if (length > this.limit - this.count - this.reserved) {
                throw new Payloads.PayloadTooLargeException(this.limit, this.limitName);
            }
        }

    }

}
