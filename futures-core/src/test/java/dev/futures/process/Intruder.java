// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What another user of the machine may try. Uses nothing but the JDK, since that user
 * cannot read the classes of the project. Prints what each attempt led to, and keeps its
 * connections open until its standard input ends.
 */
final class Intruder {

    private static final int CROWD = 40;

    private Intruder() {
    }

    /** An attempt that succeeds if it throws nothing. */
    private interface Attempt {

        void run() throws Exception;

    }

    /**
     * Tries everything.
     * @param args the directory, the process ids of child and parent, the ports
     */
    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        ProcessHandle child = ProcessHandle.of(Long.parseLong(args[1])).orElseThrow();
        Path childFiles = Path.of("/proc", args[1]);
        attempt("list", () -> Files.list(directory).close());
        attempt("read arguments", () -> Files.readString(directory.resolve("a")));
        attempt("replace arguments", () -> Files.writeString(directory.resolve("a"), "-version"));
        attempt("add a file", () -> Files.createFile(directory.resolve("x")));
        attempt("move the directory", () -> Files.move(directory, directory.resolveSibling("moved")));
        attempt("connect", () -> SocketChannel.open(UnixDomainSocketAddress.of(directory.resolve("s"))).close());
        attempt("read environment", () -> Files.readAllBytes(childFiles.resolve("environ")));
        attempt("read standard input", () -> Files.newInputStream(childFiles.resolve("fd/0")).close());
        attempt("write to standard input", () -> Files.newOutputStream(childFiles.resolve("fd/0")).close());
        attempt("read memory of the child", () -> Files.newInputStream(childFiles.resolve("mem")).close());
        attempt("read memory of the parent", () -> Files.newInputStream(Path.of("/proc", args[2], "mem")).close());
        attempt("kill", () -> {
            if (!child.destroyForcibly()) {
                throw new IOException("not allowed");
            }
        });
        List<SocketChannel> crowd = new ArrayList<>();
        for (String port : List.of(args).subList(3, args.length)) {
            crowd(Integer.parseInt(port), crowd);
        }
        say("connections: " + crowd.size());
        say("done: all");
        while (System.in.read() >= 0) {
            Thread.onSpinWait();
        }
    }

    /** Some say nothing, some say the wrong thing, some say nonsense. */
    private static void crowd(int port, List<SocketChannel> crowd) throws IOException {
        for (int i = 0; i < CROWD; i++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            crowd.add(channel);
            try {
                if (i % 3 == 1) {
                    channel.write(ByteBuffer.allocate(13 + 32).putInt(32).put((byte) 1).putLong(1).rewind());
                }
                else if (i % 3 == 2) {
                    channel.write(ByteBuffer.wrap(new byte[] { -1, -2, -3, -4, -5, -6, -7, 8, 9, 10, 11, 12, 13 }));
                }
            }
            catch (IOException ex) {
                // turned away already
                say("turned away: " + ex.getMessage());
            }
        }
    }

    private static void attempt(String what, Attempt attempt) {
        try {
            attempt.run();
            say(what + ": SUCCEEDED");
        }
        catch (Exception ex) {
            say(what + ": denied, " + ex);
        }
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

}
