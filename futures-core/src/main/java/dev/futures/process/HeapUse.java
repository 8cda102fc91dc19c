// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.nio.ByteBuffer;

/**
 * How much of a heap is in use, garbage included, and how large it may become, in bytes.
 */
record HeapUse(long used, long max) {

    static HeapUse now() {
        Runtime runtime = Runtime.getRuntime();
        return new HeapUse(runtime.totalMemory() - runtime.freeMemory(), runtime.maxMemory());
    }

    static HeapUse fromBytes(byte[] bytes) throws ProtocolException {
        if (bytes.length != 2 * Long.BYTES) {
            throw new ProtocolException("it broke the protocol: " + bytes.length + " bytes about its heap");
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        HeapUse use = new HeapUse(buffer.getLong(), buffer.getLong());
        if (use.used < 0 || use.max < 0) {
            throw new ProtocolException("it broke the protocol: a heap of " + use.used + " of " + use.max + " bytes");
        }
        return use;
    }

    byte[] toBytes() {
        return ByteBuffer.allocate(2 * Long.BYTES).putLong(this.used).putLong(this.max).array();
    }

}
