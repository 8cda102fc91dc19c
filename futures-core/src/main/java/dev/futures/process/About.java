// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What a child is told about a task besides the task itself.
 *
 * @param taskName what statistics and messages call it
 * @param timeLimit how long it may run, or {@code null} if it has no limit
 */
record About(String taskName, @Nullable Duration timeLimit) {

    private static final int MAX_NAME = 1000;

    private static final long NO_LIMIT = Long.MAX_VALUE;

    byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong((this.timeLimit != null) ? nanos(this.timeLimit) : NO_LIMIT);
            String name = this.taskName;
            out.write(name.substring(0, Math.min(name.length(), MAX_NAME)).getBytes(StandardCharsets.UTF_8));
        }
        catch (IOException ex) {
            throw new AssertionError("writing to memory failed", ex);
        }
        return bytes.toByteArray();
    }

    private static long nanos(Duration limit) {
        try {
            return limit.toNanos();
        }
        catch (ArithmeticException ex) {
            return NO_LIMIT;
        }
    }

    static About fromBytes(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        long nanos = in.readLong();
        return new About(new String(in.readAllBytes(), StandardCharsets.UTF_8),
                (nanos != NO_LIMIT) ? Duration.ofNanos(nanos) : null);
    }

}
