// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

/**
 * One message between a parent and its child. On the wire: the length of the payload (4
 * bytes), the kind (1 byte), the id (8 bytes), the payload.
 *
 * @param kind what it says
 * @param id the task that it is about; for {@link Kind#HELLO} the process id
 * @param payload its content
 */
@SuppressWarnings("ArrayRecordComponent")
record Frame(Kind kind, long id, byte[] payload) {

    static final int HEADER_LENGTH = Integer.BYTES + Byte.BYTES + Long.BYTES;

    private static final byte[] EMPTY = new byte[0];

    Frame(Kind kind, long id) {
        this(kind, id, EMPTY);
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
        STACK(11);

        private final byte code;

        Kind(int code) {
            this.code = (byte) code;
        }

        byte code() {
            return this.code;
        }

        static Kind of(byte code) throws ProtocolException {
            for (Kind kind : values()) {
                if (kind.code == code) {
                    return kind;
                }
            }
            throw new ProtocolException("it broke the protocol: unknown kind of frame: " + code);
        }

    }

}
