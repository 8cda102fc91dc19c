// SPDX-License-Identifier: Apache-2.0

package dev.futures.serial;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * Takes a task apart that this library has put around code of a user: values of common
 * classes and code that captures nothing go into a head, and what is left into one stream
 * of the JDK, so that whatever shares objects does so on the other side as well. On the
 * wire: {@link #HEAD}, the length of the head (4 bytes), the head, the stream.
 */
final class TaskOutput {

    /** The first byte of a task in this form. */
    static final byte HEAD = 16;

    /** The name of the class of a record, and then its components. */
    static final byte RECORD = 17;

    /** The stream of a lambda that captures nothing. */
    static final byte STATELESS = 18;

    /** What is in the stream behind the head. */
    static final byte REST = 19;

    private static final int BEFORE_HEAD = 1 + Integer.BYTES;

    private final Payloads payloads;

    private final PlainOutput head;

    private @Nullable Object rest;

    private TaskOutput(Payloads payloads) {
        this.payloads = payloads;
        this.head = new PlainOutput(payloads.maxLength() - BEFORE_HEAD);
    }

    /** Returns the task in this form, or {@code null} if that does not suit it. */
    static @Nullable Parcel write(Object task, Payloads payloads) throws IOException {
        if (Stateless.is(task)) {
            ByteBuffer stream = Stateless.streamOf(task, payloads);
            return (stream.remaining() <= payloads.maxLength()) ? Parcel.of(stream) : null;
        }
        OwnRecord shape = OwnRecord.of(task.getClass());
        return (shape != null) ? new TaskOutput(payloads).toParcel(task, shape) : null;
    }

    private @Nullable Parcel toParcel(Object task, OwnRecord shape) throws IOException {
        if (!writeRecord(task, shape)) {
            return null;
        }
        Parcel stream = (this.rest != null) ? this.payloads.pack(this.rest) : Parcel.EMPTY;
        ByteBuffer bytes = this.head.toBuffer();
        long length = (long) BEFORE_HEAD + bytes.remaining() + stream.length();
        if (length > this.payloads.maxLength()) {
            return null;
        }
        ByteBuffer whole = ByteBuffer.allocate(BEFORE_HEAD + bytes.remaining() + stream.stream().remaining())
            .put(HEAD)
            .putInt(bytes.remaining())
            .put(bytes)
            .put(stream.stream())
            .flip();
        return new Parcel(whole, stream.parts());
    }

    private boolean writeRecord(Object record, OwnRecord shape) throws IOException {
        byte[] name = record.getClass().getName().getBytes(StandardCharsets.ISO_8859_1);
        if (!this.head.write(RECORD, ByteBuffer.wrap(name))) {
            return false;
        }
        for (int i = 0; i < shape.size(); i++) {
            if (!writeComponent(shape.get(record, i))) {
                return false;
            }
        }
        return true;
    }

    private boolean writeComponent(@Nullable Object component) throws IOException {
        if (this.head.tryWrite(component)) {
            return true;
        }
        if (component == null) {
            return false;
        }
        OwnRecord shape = OwnRecord.of(component.getClass());
        if (shape != null) {
            return writeRecord(component, shape);
        }
        if (Stateless.is(component)) {
            return this.head.write(STATELESS, Stateless.streamOf(component, this.payloads));
        }
        // two of them may share an object
        boolean first = this.rest == null;
        this.rest = component;
        return first && this.head.write(REST);
    }

}
