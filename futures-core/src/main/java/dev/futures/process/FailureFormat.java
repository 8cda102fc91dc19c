// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import dev.futures.serial.Failure;
import dev.futures.serial.Payloads;

/**
 * What a failure looks like in a frame: its four parts, each after its length.
 */
final class FailureFormat {

    private FailureFormat() {
    }

    /** Returns how long a failure can be whose exception is not too large. */
    static int maxLength(int maxPayload) {
        long texts = 3L * Character.BYTES * 2 * (Failure.MAX_TEXT + 3);
        long object = Math.max(maxPayload, Failure.MIN_OBJECT);
        return (int) Math.min(Payloads.UNLIMITED, object + texts + 4L * Integer.BYTES);
    }

    /**
     * Returns the bytes of a failure, without its object if that would be too long for an
     * array.
     */
    static byte[] toBytes(Failure failure) {
        byte[][] fields = { failure.className().getBytes(StandardCharsets.UTF_8),
                failure.description().getBytes(StandardCharsets.UTF_8),
                failure.stackTrace().getBytes(StandardCharsets.UTF_8), failure.object() };
        if (lengthOf(fields) > Payloads.UNLIMITED) {
            fields[fields.length - 1] = new byte[0];
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) lengthOf(fields));
        for (byte[] field : fields) {
            bytes.putInt(field.length).put(field);
        }
        return bytes.array();
    }

    private static long lengthOf(byte[][] fields) {
        long length = 0;
        for (byte[] field : fields) {
            length += Integer.BYTES + field.length;
        }
        return length;
    }

    static Failure fromBytes(byte[] bytes) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return new Failure(readText(in), readText(in), readText(in), read(in));
        }
    }

    private static String readText(DataInputStream in) throws IOException {
        return new String(read(in), StandardCharsets.UTF_8);
    }

    private static byte[] read(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new ProtocolException("it broke the protocol: length in failure must be in [0, " + in.available()
                    + "] but was " + length);
        }
        return in.readNBytes(length);
    }

}
