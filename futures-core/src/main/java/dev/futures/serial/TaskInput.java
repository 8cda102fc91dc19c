// SPDX-License-Identifier: Apache-2.0

package dev.futures.serial;

import java.io.IOException;
import java.io.StreamCorruptedException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Reads tasks from somebody whom this JVM trusts. It keeps what captures nothing, and
 * takes it instead of reading the same bytes again. For authors of executors only. Not
 * safe for use by multiple threads.
 */
public final class TaskInput {

    private static final int MAX_KEPT = 64;

    private static final int MAX_KEPT_LENGTH = 4 * 1024;

    private final Payloads payloads;

    private final List<Kept> kept = new ArrayList<>();

    private final Map<String, OwnRecord> shapes = new HashMap<>();

    /**
     * Creates an input.
     * @param payloads reads what is not of this library
     */
    public TaskInput(Payloads payloads) {
        this.payloads = payloads;
    }

    /**
     * Converts what {@link Payloads#packTask} has made.
     * @param parcel the parcel, which must not be used again
     * @return the task
     * @throws IOException if it is malformed or refused by the filter, or if the object's
     * own methods fail
     * @throws ClassNotFoundException if a class is not there
     */
    public @Nullable Object read(Parcel parcel) throws IOException, ClassNotFoundException {
        ByteBuffer stream = parcel.stream();
        if (!stream.hasRemaining() || stream.get(stream.position()) != TaskOutput.HEAD) {
            return readStream(parcel);
        }
        try {
            return readHead(stream, parcel.parts());
        }
        catch (RuntimeException ex) {
            // there are fewer bytes than it says
            throw new IOException("reading it failed: " + Failure.describe(ex), ex);
        }
    }

    private @Nullable Object readHead(ByteBuffer stream, List<ByteBuffer> parts)
            throws IOException, ClassNotFoundException {
        ByteBuffer head = take(stream);
        Object rest = stream.hasRemaining() ? this.payloads.unpack(new Parcel(stream, parts)) : null;
        head = head.hasArray() ? head : ByteBuffer.wrap(Parcel.copyOf(head));
        Object task = readComponent(head, this.payloads.plainInput(head), rest);
        if (head.hasRemaining()) {
            throw new StreamCorruptedException("there are " + head.remaining() + " bytes behind a task");
        }
        return task;
    }

    private @Nullable Object readComponent(ByteBuffer head, PlainInput values, @Nullable Object rest)
            throws IOException, ClassNotFoundException {
        return switch (head.get(head.position())) {
            case TaskOutput.REST -> {
                head.get();
                yield rest;
            }
            case TaskOutput.STATELESS -> readStream(new Parcel(take(head), List.of()));
            case TaskOutput.RECORD -> readRecord(head, values, rest);
            // a primitive component, about whose class a stream would not ask
            case PlainOutput.FALSE, PlainOutput.TRUE -> head.get() == PlainOutput.TRUE;
            default -> values.read();
        };
    }

    private Object readRecord(ByteBuffer head, PlainInput values, @Nullable Object rest)
            throws IOException, ClassNotFoundException {
        OwnRecord shape = shape(StandardCharsets.ISO_8859_1.decode(take(head)).toString());
        @Nullable Object[] components = new @Nullable Object[shape.size()];
        for (int i = 0; i < components.length; i++) {
            components[i] = readComponent(head, values, rest);
        }
        return shape.create(components);
    }

    /** Returns the bytes behind a tag and their length. */
    private static ByteBuffer take(ByteBuffer from) {
        from.get();
        int length = from.getInt();
        ByteBuffer bytes = from.slice(from.position(), length);
        from.position(from.position() + length);
        return bytes;
    }

    private OwnRecord shape(String name) throws IOException, ClassNotFoundException {
        OwnRecord known = this.shapes.get(name);
        if (known == null) {
            known = OwnRecord.of(Class.forName(name, false, TaskInput.class.getClassLoader()));
            if (known == null) {
                throw new StreamCorruptedException(name + " is not a task of this library");
            }
            this.shapes.put(name, known);
        }
        return known;
    }

    private @Nullable Object readStream(Parcel parcel) throws IOException, ClassNotFoundException {
        ByteBuffer stream = parcel.stream();
        if (stream.remaining() > MAX_KEPT_LENGTH || !stream.hasArray() || !parcel.parts().isEmpty()) {
            return this.payloads.unpack(parcel);
        }
        for (Kept each : this.kept) {
            if (each.is(stream)) {
                return each.object();
            }
        }
        Object object = this.payloads.unpack(parcel);
        if (object != null && Stateless.is(object)) {
            if (this.kept.size() == MAX_KEPT) {
                this.kept.clear();
            }
            this.kept.add(new Kept(Parcel.copyOf(stream), object));
        }
        return object;
    }

    /**
     * What captures nothing.
     *
     * @param bytes its bytes
     * @param object what they have been read as
     */
    @SuppressWarnings("ArrayRecordComponent")
    private record Kept(byte[] bytes, Object object) {

        boolean is(ByteBuffer stream) {
            int from = stream.arrayOffset() + stream.position();
            return this.bytes.length == stream.remaining()
                    && Arrays.equals(this.bytes, 0, this.bytes.length, stream.array(), from, from + this.bytes.length);
        }

    }

}
