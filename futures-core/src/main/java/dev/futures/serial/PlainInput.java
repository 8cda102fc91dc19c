// SPDX-License-Identifier: Apache-2.0

package dev.futures.serial;

import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter;
import java.io.StreamCorruptedException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link PlainOutput} has written, or somebody else whom nobody trusts. The
 * filter is asked about each class as the JDK would ask it, and counts the same. About
 * further values of these classes, of which the JDK asks one by one, it is asked once for
 * all of a list: only the counts differ, and they only grow.
 */
final class PlainInput {

    /** Not a tag: the superclass of what some of them stand for. */
    private static final int NUMBER = 0;

    private final ByteBuffer bytes;

    private final PayloadFilter check;

    private final @Nullable ObjectInputFilter filter;

    private final int start;

    private long references;

    /** The tags whose classes have passed. */
    private int passed;

    /** How many references there were when a class or a text came again, or 0. */
    private long referencesAgain;

    private int bytesAgain;

    /**
     * Creates an input.
     * @param bytes a buffer with an array, which is moved on
     * @param check what is asked
     */
    PlainInput(ByteBuffer bytes, PayloadFilter check) {
        this.bytes = bytes;
        this.check = check;
        this.filter = asOfStream(check);
        this.start = bytes.position();
    }

    /** Whoever runs this JVM may have put another filter in the place of ours. */
    private static @Nullable ObjectInputFilter asOfStream(ObjectInputFilter filter) {
        BinaryOperator<@Nullable ObjectInputFilter> factory = ObjectInputFilter.Config.getSerialFilterFactory();
        return factory.apply(factory.apply(null, ObjectInputFilter.Config.getSerialFilter()), filter);
    }

    /** Reads a value or a list of values. */
    @Nullable Object read() throws IOException {
        this.references++;
        byte tag = this.bytes.get();
        return (tag == PlainOutput.LIST) ? readList() : readValue(tag, 1);
    }

    private List<@Nullable Object> readList() throws IOException {
        int size = this.bytes.getInt();
        if (size < 0 || size > this.bytes.remaining()) {
            throw new StreamCorruptedException("a list of " + size + " in " + this.bytes.remaining() + " bytes");
        }
        check(ArrayList.class, -1, 1);
        this.references++;
        if (size > 0) {
            check(Object[].class, size, 1);
        }
        List<@Nullable Object> list = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            this.references++;
            byte tag = this.bytes.get();
            list.add((tag == PlainOutput.SAME) ? readSame(list) : readValue(tag, 2));
        }
        if (this.referencesAgain > 0) {
            ask(new Info(null, -1, 2, this.referencesAgain, this.bytesAgain));
            this.referencesAgain = 0;
        }
        return list;
    }

    private String readSame(List<@Nullable Object> list) throws IOException {
        int index = Short.toUnsignedInt(this.bytes.getShort());
        if (index < list.size() && list.get(index) instanceof String text) {
            again();
            return text;
        }
        throw new StreamCorruptedException("there is no text at " + index + " of " + list.size());
    }

    private @Nullable Object readValue(byte tag, int depth) throws IOException {
        return switch (tag) {
            case PlainOutput.NULL -> null;
            case PlainOutput.LATIN1 -> readLatin1(length(1));
            case PlainOutput.UTF16 -> readUtf16(length(Character.BYTES));
            case PlainOutput.FALSE, PlainOutput.TRUE -> {
                pass(PlainOutput.TRUE, Boolean.class, depth);
                yield tag == PlainOutput.TRUE;
            }
            case PlainOutput.INT -> {
                pass(tag, Integer.class, depth);
                yield this.bytes.getInt();
            }
            case PlainOutput.LONG -> {
                pass(tag, Long.class, depth);
                yield this.bytes.getLong();
            }
            case PlainOutput.DOUBLE -> {
                pass(tag, Double.class, depth);
                yield Double.longBitsToDouble(this.bytes.getLong());
            }
            default -> throw new StreamCorruptedException("a value of the unknown kind " + tag);
        };
    }

    private int length(int bytesEach) throws IOException {
        int length = Short.toUnsignedInt(this.bytes.getShort());
        if (length * bytesEach > this.bytes.remaining()) {
            throw new StreamCorruptedException("a text of " + length + " in " + this.bytes.remaining() + " bytes");
        }
        return length;
    }

    private String readLatin1(int length) {
        int position = this.bytes.position();
        this.bytes.position(position + length);
        return new String(this.bytes.array(), this.bytes.arrayOffset() + position, length, StandardCharsets.ISO_8859_1);
    }

    /** Not by a charset, which would replace what is not well-formed. */
    private String readUtf16(int length) {
        char[] characters = new char[length];
        this.bytes.asCharBuffer().get(characters);
        this.bytes.position(this.bytes.position() + length * Character.BYTES);
        return new String(characters);
    }

    private void pass(byte tag, Class<?> type, int depth) throws IOException {
        if (isKnown(tag)) {
            again();
            return;
        }
        check(type, -1, depth);
        this.references++;
        if (type != Boolean.class) {
            boolean known = isKnown(NUMBER);
            check(known ? null : Number.class, -1, depth + 1);
            this.references += known ? 0 : 1;
        }
    }

    /** Returns whether it is, and from now on it is. */
    private boolean isKnown(int tag) {
        int before = this.passed;
        this.passed |= 1 << tag;
        return this.passed == before;
    }

    private void again() {
        this.referencesAgain = this.references;
        this.bytesAgain = this.bytes.position() - this.start;
    }

    private void check(@Nullable Class<?> type, int arrayLength, int depth) throws IOException {
        ask(new Info(type, arrayLength, depth, this.references, this.bytes.position() - this.start));
    }

    /** What is no answer refuses as well, and so does an exception. */
    private void ask(Info info) throws IOException {
        if (this.filter == null) {
            return;
        }
        ObjectInputFilter.@Nullable Status status = ObjectInputFilter.Status.REJECTED;
        RuntimeException thrown = null;
        try {
            status = this.filter.checkInput(info);
        }
        catch (RuntimeException ex) {
            thrown = ex;
        }
        if (status == null || status == ObjectInputFilter.Status.REJECTED) {
            InvalidClassException refused = new InvalidClassException("filter status: " + status);
            refused.initCause(thrown);
            throw this.check.orRefusal(refused);
        }
    }

    /**
     * What a filter is told.
     *
     * @param serialClass the class, or {@code null} if it is one that has passed
     * @param arrayLength the length of an array, or -1
     * @param depth how deep the value is
     * @param references how many values and classes there are
     * @param streamBytes how many bytes have been read
     */
    private record Info(@Nullable Class<?> serialClass, long arrayLength, long depth, long references,
            long streamBytes) implements ObjectInputFilter.FilterInfo {
    }

}
