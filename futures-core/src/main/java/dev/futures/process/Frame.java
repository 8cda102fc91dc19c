// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.nio.ByteBuffer;
import java.util.List;

import dev.futures.serial.Parcel;

/**
 * One message between a parent and its child. On the wire: the length of the payload (4
 * bytes), the kind (1 byte), the id (8 bytes), the payload. If the payload has parts, the
 * kind says so, and before the payload come their number and the length of each (4 bytes
 * each); what is left of the payload's length is the stream, which goes first.
 *
 * @param kind what it says
 * @param id the task that it is about; for {@link Kind#HELLO} the process id
 * @param parcel its content
 */
record Frame(Kind kind, long id, Parcel parcel) {

    static final int HEADER_LENGTH = Integer.BYTES + Byte.BYTES + Long.BYTES;

    private static final byte WITH_PARTS = (byte) 0x80;

    Frame(Kind kind, long id) {
        this(kind, id, Parcel.EMPTY);
    }

    Frame(Kind kind, long id, byte[] payload) {
        this(kind, id, Parcel.of(payload));
    }

    /** Returns the content of a frame that has no parts. */
    byte[] payload() {
        return this.parcel.streamArray();
    }

    /** Returns what precedes the content on the wire. */
    ByteBuffer header() {
        List<ByteBuffer> parts = this.parcel.parts();
        boolean none = parts.isEmpty();
        ByteBuffer header = ByteBuffer.allocate(HEADER_LENGTH + (none ? 0 : (1 + parts.size()) * Integer.BYTES))
            .putInt(this.parcel.length())
            .put(none ? this.kind.code : (byte) (this.kind.code | WITH_PARTS))
            .putLong(this.id);
        if (!none) {
            header.putInt(parts.size());
            parts.forEach((part) -> header.putInt(part.remaining()));
        }
        return header.flip();
    }

    static boolean hasParts(byte code) {
        return (code & WITH_PARTS) != 0;
    }

    /** What a frame says, and in which direction. Its code goes over the wire. */
    enum Kind {

        /** Child to parent, first of all: the secret. */
        HELLO(1),
        /** Parent to child: the initializer, or nothing. */
        INIT(2),
        /** Child to parent: the initializer has succeeded. */
        READY(3),
        /** Child to parent, which then ends: the failure of the initializer. */
        INIT_FAILED(4),
        /** Parent to child: a task. */
        TASK(5),
        /** Child to parent: the result of a task. */
        RESULT(6),
        /** Child to parent: the failure of a task. */
        FAILURE(7),
        /** Parent to child: end after what you are doing. */
        BYE(8),
        /** Parent to child, right before a task: its name and time limit. */
        ABOUT(9),
        /** Child to parent: how far the task has come. */
        PROGRESS(10),
        /** Child to parent: where the task was when it was told to stop. */
        STACK(11),
        /** Child to parent: the child is ending and has not begun the task. */
        NOT_BEGUN(12),
        /** Child to parent: how much of its heap is in use, and how large it may be. */
        HEAP(13);

        private final byte code;

        Kind(int code) {
            this.code = (byte) code;
        }

        /** Whether it is about an object, which may be as large as a payload may be. */
        boolean carriesPayload() {
            return switch (this) {
                case INIT, INIT_FAILED, TASK, RESULT, FAILURE -> true;
                case HELLO, READY, BYE, ABOUT, PROGRESS, STACK, NOT_BEGUN, HEAP -> false;
            };
        }

        /** Whether it is how a task has ended. */
        boolean isOutcome() {
            return this == RESULT || this == FAILURE;
        }

        /** Whether a child may say it about a task that has not ended. */
        boolean isRemark() {
            return this == PROGRESS || this == STACK || this == NOT_BEGUN || this == HEAP;
        }

        static Kind of(byte code) throws ProtocolException {
            for (Kind kind : values()) {
                if (kind.code == (code & ~WITH_PARTS)) {
                    return kind;
                }
            }
            throw new ProtocolException("it broke the protocol: unknown kind of frame: " + code);
        }

    }

}
