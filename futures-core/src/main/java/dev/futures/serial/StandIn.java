// SPDX-License-Identifier: Apache-2.0

package dev.futures.serial;

import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import org.jspecify.annotations.Nullable;

/**
 * What is in a stream instead of an array that is sent beside it, or of a buffer, which
 * the JDK does not serialize. It trusts nothing that it was read from.
 */
final class StandIn implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final int NOT_BESIDE = -1;

    private static final byte ARRAY = 0;

    private static final byte BUFFER = 1;

    private static final byte LITTLE_ENDIAN = 2;

    private static final byte READ_ONLY = 4;

    /** Which part, or that the content is here. */
    private final int index;

    /** An array, or a buffer and of what kind. */
    private final byte form;

    private final byte @Nullable [] content;

    private StandIn(int index, byte form, byte @Nullable [] content) {
        this.index = index;
        this.form = form;
        this.content = content;
    }

    static StandIn forArray(int index) {
        return new StandIn(index, ARRAY, null);
    }

    static StandIn forBuffer(ByteBuffer buffer, int index) {
        return new StandIn(index, formOf(buffer), null);
    }

    static StandIn forBuffer(ByteBuffer buffer) {
        return new StandIn(NOT_BESIDE, formOf(buffer), Parcel.copyOf(buffer));
    }

    private static byte formOf(ByteBuffer buffer) {
        int order = (buffer.order() == ByteOrder.LITTLE_ENDIAN) ? LITTLE_ENDIAN : 0;
        return (byte) (BUFFER | order | (buffer.isReadOnly() ? READ_ONLY : 0));
    }

    boolean isBeside() {
        return this.index != NOT_BESIDE;
    }

    int index() {
        return this.index;
    }

    /** Returns a stand-in for the same, as another part. */
    StandIn at(int otherIndex) {
        return new StandIn(otherIndex, this.form, null);
    }

    /** Returns what this stands for. */
    Object resolve(Parts parts) throws IOException {
        boolean buffer = (this.form & BUFFER) != 0;
        boolean known = buffer ? (this.form & ~(BUFFER | LITTLE_ENDIAN | READ_ONLY)) == 0 : this.form == ARRAY;
        if (!known) {
            throw new InvalidObjectException("a stand-in is of the unknown form " + this.form);
        }
        byte[] bytes = this.content;
        if (isBeside() || bytes == null) {
            bytes = parts.take(this.index);
        }
        if (!buffer) {
            return bytes;
        }
        ByteOrder order = ((this.form & LITTLE_ENDIAN) != 0) ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        ByteBuffer wrapped = ByteBuffer.wrap(bytes);
        return (((this.form & READ_ONLY) != 0) ? wrapped.asReadOnlyBuffer() : wrapped).order(order);
    }

    /** What has been sent beside a stream. */
    interface Parts {

        /** Returns a part, which nobody else gets. */
        byte[] take(int index) throws IOException;

    }

}
