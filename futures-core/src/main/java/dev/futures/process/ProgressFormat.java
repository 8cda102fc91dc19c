// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import dev.futures.TaskProgress;

/**
 * What a report of progress looks like in a frame: the fraction, which may be no number,
 * whether there is a text, and the text.
 */
final class ProgressFormat {

    private ProgressFormat() {
    }

    static byte[] toBytes(TaskProgress progress) {
        Double fraction = progress.fraction();
        String text = progress.text();
        byte[] textBytes = (text != null) ? text.getBytes(StandardCharsets.UTF_8) : new byte[0];
        return ByteBuffer.allocate(Double.BYTES + 1 + textBytes.length)
            .putDouble((fraction != null) ? fraction : Double.NaN)
            .put((byte) ((text != null) ? 1 : 0))
            .put(textBytes)
            .array();
    }

    static TaskProgress fromBytes(byte[] bytes) throws ProtocolException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        if (bytes.length < Double.BYTES + 1) {
            throw new ProtocolException("it broke the protocol: progress must have at least " + (Double.BYTES + 1)
                    + " bytes but has " + bytes.length);
        }
        double fraction = buffer.getDouble();
        boolean hasText = buffer.get() != 0;
        try {
            return new TaskProgress(Double.isNaN(fraction) ? null : fraction,
                    hasText ? StandardCharsets.UTF_8.decode(buffer).toString() : null);
        }
        catch (IllegalArgumentException ex) {
            throw new ProtocolException("it broke the protocol: " + ex.getMessage());
        }
    }

}
