// SPDX-License-Identifier: Apache-2.0

package dev.futures.benchmarks.processes;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A {@link BareJvm} and the connection to it, over a Unix domain socket, which is what a
 * process pool uses where there are any.
 */
final class BareProcess implements AutoCloseable {

    /** How long a message is: about as long as the task and the result of a no-op. */
    static final int MESSAGE = 256;

    /** The heap of all children, bare or not. */
    static final long MAX_HEAP = 64 * 1024 * 1024;

    private static final long EXIT_SECONDS = 10;

    private final Process process;

    private final SocketChannel channel;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(MESSAGE);

    private BareProcess(Process process, SocketChannel channel) {
        this.process = process;
        this.channel = channel;
    }

    /** Starts one on the class path of this JVM, and waits until it has said hello. */
    static BareProcess start() throws IOException {
        return start(List.of(), List.of("-cp", System.getProperty("java.class.path"), BareJvm.class.getName()));
    }

    /**
     * Starts one and waits until it has said hello.
     * @param options further options of the JVM
     * @param main what is started, with the class path
     */
    static BareProcess start(List<String> options, List<String> main) throws IOException {
        Path directory = Files.createTempDirectory("futures-benchmark-");
        Path socket = directory.resolve("s");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            List<String> command = new ArrayList<>(
                    List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx" + MAX_HEAP,
                            "-XX:+UseSerialGC", "-XX:-UsePerfData"));
            command.addAll(options);
            command.addAll(main);
            command.add(socket.toString());
            Process process = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
            BareProcess bare = new BareProcess(process, server.accept());
            bare.receive(1);
            return bare;
        }
        finally {
            Files.deleteIfExists(socket);
            Files.delete(directory);
        }
    }

    long pid() {
        return this.process.pid();
    }

    /** Sends a message and waits until it is back. */
    ByteBuffer roundTrip() throws IOException {
        this.buffer.clear();
        while (this.buffer.hasRemaining()) {
            this.channel.write(this.buffer);
        }
        return receive(MESSAGE);
    }

    private ByteBuffer receive(int length) throws IOException {
        this.buffer.clear().limit(length);
        while (this.buffer.hasRemaining()) {
            if (this.channel.read(this.buffer) < 0) {
                throw new EOFException("the bare JVM has ended");
            }
        }
        return this.buffer;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        this.channel.close();
        if (!this.process.waitFor(EXIT_SECONDS, TimeUnit.SECONDS)) {
            this.process.destroyForcibly();
            throw new IllegalStateException("the bare JVM did not end by itself");
        }
    }

}
