// SPDX-License-Identifier: Apache-2.0

package dev.futures.benchmarks.processes;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * The least that a process of a pool could be: connects to its parent, says hello and
 * sends back what it is sent.
 */
public final class BareJvm {

    private BareJvm() {
    }

    /**
     * Serves until the parent closes the connection.
     * @param arguments the path of the parent's socket
     * @throws IOException if the parent cannot be reached
     */
    public static void main(String[] arguments) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(arguments[0]))) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(BareProcess.MESSAGE);
            buffer.limit(1);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            buffer.clear();
            while (channel.read(buffer) >= 0) {
                if (!buffer.hasRemaining()) {
                    buffer.flip();
                    while (buffer.hasRemaining()) {
                        channel.write(buffer);
                    }
                    buffer.clear();
                }
            }
        }
    }

}
