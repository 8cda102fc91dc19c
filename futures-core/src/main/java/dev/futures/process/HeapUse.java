// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.nio.ByteBuffer;

/**
 * How much of a heap is in use, garbage included, and how large it may become, in bytes.
 */
record HeapUse(long used, long max) {

    static HeapUse now() {
        Runtime runtime = Runtime.getRuntime();
        // a collection may come in between
        return new HeapUse(Math.max(0, runtime.totalMemory() - runtime.freeMemory()), runtime.maxMemory());
    }

    static HeapUse fromBytes(byte[] bytes) throws ProtocolException {
        if (bytes.length != 2 * Long.BYTES) {
            throw new ProtocolException("it broke the protocol: " + bytes.length + " bytes about its heap");
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new HeapUse(Math.max(0, buffer.getLong()), Math.max(0, buffer.getLong()));
    }

    byte[] toBytes() {
        return ByteBuffer.allocate(2 * Long.BYTES).putLong(this.used).putLong(this.max).array();
    }

}
