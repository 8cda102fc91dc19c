// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.futures.serial.Parcel;
import org.jspecify.annotations.Nullable;

/**
 * Makes frames of the bytes that come in, each section in the array that it stays in. Not
 * safe for use by multiple threads.
 */
final class FrameReader {

    /** How much a peer can make us allocate before it has sent as much. */
    private static final int TRUSTED_LENGTH = 1024 * 1024;

    /** How long a frame may be that carries no object. */
    private static final int MAX_REMARK = 256 * 1024;

    /** How much it can make us allocate after that, as a multiple of what it has sent. */
    private static final int TRUSTED_FACTOR = 8;

    /** Whether the peer may make us allocate what it only announces. */
    private final boolean trusting;

    private int maxPayload;

    /** header -> number of parts -> lengths of parts -> sections -> header. */
    private Stage stage = Stage.HEADER;

    private Frame.Kind kind = Frame.Kind.HELLO;

    private long id;

    /** The length of all sections. */
    private int length;

    /** The lengths of the stream and of the parts. */
    private int[] lengths = {};

    /** How many of the lengths are known. */
    private int known;

    /** What has been received completely. */
    private final List<ByteBuffer> sections = new ArrayList<>();

    /** How long that is. */
    private int complete;

    /** The section that is being received, and how much of it is there. */
    private byte @Nullable [] content;

    private int filled;

    FrameReader(int maxPayload, boolean trusting) {
        this.maxPayload = maxPayload;
        this.trusting = trusting;
    }

    private enum Stage {

        HEADER, COUNT, LENGTHS, SECTIONS

    }

    void maxPayload(int maxPayload) {
        this.maxPayload = maxPayload;
    }

    /**
     * Takes bytes up to the end of a frame, or as many as there are.
     * @return the frame, or {@code null} if it needs more bytes
     */
    @Nullable Frame next(ByteBuffer in) throws ProtocolException {
        try {
            return assemble(in);
        }
        catch (OutOfMemoryError ex) {
            clear();
            throw new ProtocolException("it sent " + this.length + " bytes, for which there is no memory here");
        }
    }

    private @Nullable Frame assemble(ByteBuffer in) throws ProtocolException {
        if (this.stage == Stage.HEADER && !readHeader(in)) {
            return null;
        }
        if (this.stage == Stage.COUNT && !readCount(in)) {
            return null;
        }
        if (this.stage == Stage.LENGTHS && !readLengths(in)) {
            return null;
        }
        while (this.sections.size() < this.lengths.length) {
            if (!readSection(in, this.lengths[this.sections.size()])) {
                return null;
            }
        }
        Parcel parcel = new Parcel(this.sections.get(0), this.sections.subList(1, this.sections.size()));
        clear();
        return new Frame(this.kind, this.id, parcel);
    }

    private void clear() {
        this.stage = Stage.HEADER;
        this.sections.clear();
        this.complete = 0;
        this.content = null;
        this.filled = 0;
    }

    private boolean readHeader(ByteBuffer in) throws ProtocolException {
        if (in.remaining() < Frame.HEADER_LENGTH) {
            return false;
        }
        this.length = in.getInt();
        byte code = in.get();
        this.kind = Frame.Kind.of(code);
        int limit = this.kind.carriesPayload() ? this.maxPayload : maxRemark();
        if (this.length < 0 || this.length > limit) {
            throw broken("length of frame must be in [0, " + limit + "] but was " + this.length);
        }
        this.id = in.getLong();
        boolean parts = Frame.hasParts(code);
        this.lengths = new int[] { this.length };
        this.stage = parts ? Stage.COUNT : Stage.SECTIONS;
        return true;
    }

    /** However low the limit of payloads is, a task may have a name. */
    private int maxRemark() {
        return this.trusting ? MAX_REMARK : Math.min(this.maxPayload, MAX_REMARK);
    }

    private boolean readCount(ByteBuffer in) throws ProtocolException {
        if (in.remaining() < Integer.BYTES) {
            return false;
        }
        int count = in.getInt();
        if (count < 1 || count > this.length / Parcel.MIN_PART) {
            throw broken("number of parts in " + this.length + " bytes must be in [1, " + this.length / Parcel.MIN_PART
                    + "] but was " + count);
        }
        this.lengths = new int[1 + count];
        this.lengths[0] = this.length;
        this.known = 1;
        this.stage = Stage.LENGTHS;
        return true;
    }

    /** What the parts do not take is the stream. */
    private boolean readLengths(ByteBuffer in) throws ProtocolException {
        while (this.known < this.lengths.length) {
            if (in.remaining() < Integer.BYTES) {
                return false;
            }
            int part = in.getInt();
            if (part < Parcel.MIN_PART || part > this.lengths[0]) {
                throw broken(
                        "length of part must be in [" + Parcel.MIN_PART + ", " + this.lengths[0] + "] but was " + part);
            }
            this.lengths[this.known++] = part;
            this.lengths[0] -= part;
        }
        this.stage = Stage.SECTIONS;
        return true;
    }

    private boolean readSection(ByteBuffer in, int expected) {
        byte[] bytes = (this.content != null) ? this.content : new byte[room(expected)];
        this.content = bytes;
        while (this.filled < expected && in.hasRemaining()) {
            if (this.filled == bytes.length) {
                bytes = Arrays.copyOf(bytes, room(expected));
                this.content = bytes;
            }
            int count = Math.min(in.remaining(), bytes.length - this.filled);
            in.get(bytes, this.filled, count);
            this.filled += count;
        }
        if (this.filled < expected) {
            return false;
        }
        this.sections.add(ByteBuffer.wrap(bytes));
        this.complete += expected;
        this.content = null;
        this.filled = 0;
        return true;
    }

    /** Returns how much of a section may be allocated now. */
    private int room(int expected) {
        long earned = TRUSTED_FACTOR * ((long) this.complete + this.filled);
        return this.trusting ? expected : (int) Math.min(expected, Math.max(TRUSTED_LENGTH, earned));
    }

    private static ProtocolException broken(String rule) {
        return new ProtocolException("it broke the protocol: " + rule);
    }

}
