// SPDX-License-Identifier: Apache-2.0

package dev.futures.serial;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Writes values of the commonest classes, which have no state but their content, and
 * lists of them, in a form of its own: a fraction of a stream of the JDK in length and in
 * time. Gives up as soon as it meets anything else, or too much.
 */
final class PlainOutput {

    static final byte NULL = 1;

    static final byte FALSE = 2;

    static final byte TRUE = 3;

    static final byte INT = 4;

    static final byte LONG = 5;

    static final byte DOUBLE = 6;

    /** A length (2 bytes) and a byte for each character. */
    static final byte LATIN1 = 7;

    /** A length (2 bytes) and two bytes for each character. */
    static final byte UTF16 = 8;

    /** A length (4 bytes) and the values. */
    static final byte LIST = 9;

    /** In a list, the index (2 bytes) of the same text in it. */
    static final byte SAME = 10;

    /** Nothing that is written here is longer, so nothing longer need be read. */
    static final int MAX_LENGTH = 64 * 1024;

    /** Long ones are left to the JDK, which writes each once wherever it occurs. */
    private static final int MAX_TEXT = 1000;

    private static final int FIRST_LENGTH = 64;

    private static final int MAX_LATIN1 = 0xff;

    private final int limit;

    private ByteBuffer bytes = ByteBuffer.allocate(FIRST_LENGTH);

    PlainOutput(int limit) {
        this.limit = Math.min(limit, MAX_LENGTH);
    }

    /** Whether it is in this form, rather than a stream of the JDK. */
    static boolean isPlain(ByteBuffer stream) {
        return stream.hasRemaining() && stream.get(stream.position()) >= NULL && stream.get(stream.position()) <= LIST;
    }

    ByteBuffer toBuffer() {
        return this.bytes.flip();
    }

    /**
     * Writes a value or a list of values.
     * @return {@code false} if it is something else
     */
    boolean write(@Nullable Object object) {
        // a list of another class would come back as another one
        return (object != null && object.getClass() == ArrayList.class) ? writeList((List<?>) object)
                : writeValue(object);
    }

    private boolean writeList(List<?> list) {
        int size = list.size();
        // a value takes a byte at least
        if (size > this.limit || !hasRoom(1 + Integer.BYTES + size)) {
            return false;
        }
        this.bytes.put(LIST).putInt(size);
        Texts texts = new Texts();
        int index = 0;
        // by an iterator, which notices if somebody changes the list
        for (Object each : list) {
            int same = (each instanceof String text) ? texts.indexOf(text, index) : -1;
            if (!((same < 0) ? writeValue(each) : writeSame(same))) {
                return false;
            }
            index++;
        }
        return true;
    }

    private boolean writeSame(int index) {
        boolean room = hasRoom(1 + Short.BYTES);
        if (room) {
            this.bytes.put(SAME).putShort((short) index);
        }
        return room;
    }

    private boolean writeValue(@Nullable Object value) {
        if (value instanceof Integer number) {
            return writeInt(number);
        }
        if (value instanceof String text) {
            return writeText(text);
        }
        if (value instanceof Boolean truth) {
            return write(truth ? TRUE : FALSE);
        }
        if (value instanceof Long number) {
            return writeLong(LONG, number);
        }
        if (value instanceof Double number) {
            return writeLong(DOUBLE, Double.doubleToRawLongBits(number));
        }
        return value == null && write(NULL);
    }

    private boolean writeInt(int number) {
        boolean room = hasRoom(1 + Integer.BYTES);
        if (room) {
            this.bytes.put(INT).putInt(number);
        }
        return room;
    }

    private boolean writeLong(byte tag, long number) {
        boolean room = hasRoom(1 + Long.BYTES);
        if (room) {
            this.bytes.put(tag).putLong(number);
        }
        return room;
    }

    @SuppressWarnings("deprecation") // what it does to other characters does not matter
    private boolean writeText(String text) {
        int length = text.length();
        if (length > MAX_TEXT) {
            return false;
        }
        boolean latin1 = isLatin1(text);
        if (!hasRoom(1 + Short.BYTES + length * (latin1 ? 1 : Character.BYTES))) {
            return false;
        }
        this.bytes.put(latin1 ? LATIN1 : UTF16).putShort((short) length);
        if (latin1) {
            text.getBytes(0, length, this.bytes.array(), this.bytes.position());
            this.bytes.position(this.bytes.position() + length);
        }
        else {
            for (int i = 0; i < length; i++) {
                this.bytes.putChar(text.charAt(i));
            }
        }
        return true;
    }

    private static boolean isLatin1(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > MAX_LATIN1) {
                return false;
            }
        }
        return true;
    }

    /** The same, but writes nothing at all if it is something else. */
    boolean tryWrite(@Nullable Object object) {
        int position = this.bytes.position();
        if (write(object)) {
            return true;
        }
        this.bytes.position(position);
        return false;
    }

    /** Writes a tag, whose meaning is somebody else's. */
    boolean write(byte tag) {
        if (!hasRoom(1)) {
            return false;
        }
        this.bytes.put(tag);
        return true;
    }

    /** Writes bytes after a tag and their length. */
    boolean write(byte tag, ByteBuffer content) {
        int length = content.remaining();
        if (length > this.limit || !hasRoom(1 + Integer.BYTES + length)) {
            return false;
        }
        this.bytes.put(tag).putInt(length).put(content.duplicate());
        return true;
    }

    private boolean hasRoom(int length) {
        int needed = this.bytes.position() + length;
        if (needed > this.limit) {
            return false;
        }
        if (needed > this.bytes.capacity()) {
            int grown = Math.min(Math.max(needed, 2 * this.bytes.capacity()), this.limit);
            this.bytes = ByteBuffer.allocate(grown).put(this.bytes.flip());
        }
        return true;
    }

    /**
     * Some of the texts of a list: results are often one of a few, and need not arrive as
     * so many copies.
     */
    private static final class Texts {

        private static final int SLOTS = 16;

        private @Nullable String @Nullable [] texts;

        private int @Nullable [] indexes;

        /**
         * Returns where it was before, or -1 if it was not or that has been forgotten.
         */
        int indexOf(String text, int index) {
            if (this.texts == null || this.indexes == null) {
                this.texts = new @Nullable String[SLOTS];
                this.indexes = new int[SLOTS];
            }
            int slot = text.hashCode() & (SLOTS - 1);
            if (isSame(this.texts[slot], text)) {
                return this.indexes[slot];
            }
            this.texts[slot] = text;
            this.indexes[slot] = index;
            return -1;
        }

        /** Not merely equal: what is another object here is to be another one there. */
        @SuppressWarnings("ReferenceEquality")
        private static boolean isSame(@Nullable String one, String other) {
            return one == other;
        }

    }

}
