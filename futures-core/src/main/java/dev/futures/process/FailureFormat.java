// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

import dev.futures.serial.Failure;

/**
 * What a failure looks like in a frame: its four parts, each after its length.
 */
final class FailureFormat {

    private FailureFormat() {
    }

    /** Returns how long a failure can be whose exception is not too large. */
    static int maxLength(int maxPayload) {
        long texts = 3L * Character.BYTES * 2 * (Failure.MAX_TEXT + 3);
        return (int) Math.min(Integer.MAX_VALUE - 8, maxPayload + texts + 4L * Integer.BYTES);
    }

    static byte[] toBytes(Failure failure) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            write(out, failure.className().getBytes(StandardCharsets.UTF_8));
            write(out, failure.description().getBytes(StandardCharsets.UTF_8));
            write(out, failure.stackTrace().getBytes(StandardCharsets.UTF_8));
            write(out, failure.object());
        }
        catch (IOException ex) {
            throw new AssertionError("writing to memory failed", ex);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
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
