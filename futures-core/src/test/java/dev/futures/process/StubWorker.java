// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;

import dev.futures.TaskProgress;
import dev.futures.serial.Payloads;
import dev.futures.support.JavaProgram;

/**
 * A worker process that says hello as it should and then misbehaves.
 */
final class StubWorker {

    private static final String MANNER = "FUTURES_TEST_MANNER";

    private final SocketChannel channel;

    private final Connection connection;

    private StubWorker(SocketChannel channel, Connection connection) {
        this.channel = channel;
        this.connection = connection;
    }

    /** What it does when it has been sent a task. */
    enum Manner {

        LEAVES_TASKS_UNREAD {
            @Override
            void misbehave(StubWorker worker) throws IOException {
                worker.awaitReadable();
                Runtime.getRuntime().halt(7);
            }
        },
        SENDS_NOISE {
            @Override
            void misbehave(StubWorker worker) throws IOException {
                worker.receiveTask();
                byte[] noise = new byte[100_000];
                new Random(1).nextBytes(noise);
                worker.write(noise);
            }
        },
        CLAIMS_MORE_THAN_IT_MAY {
            @Override
            void misbehave(StubWorker worker) throws IOException {
                worker.write(header(Integer.MAX_VALUE, Frame.Kind.RESULT, worker.receiveTask()));
            }
        },
        STOPS_IN_THE_MIDDLE {
            @Override
            void misbehave(StubWorker worker) throws IOException {
                worker.write(header(1000, Frame.Kind.RESULT, worker.receiveTask()));
                worker.write(new byte[999]);
                Runtime.getRuntime().halt(7);
            }
        },
        ANSWERS_TWICE {
            @Override
            void misbehave(StubWorker worker) throws IOException {
                long id = worker.receiveTask();
                Frame answer = new Frame(Frame.Kind.RESULT, id, serialized("answer"));
                worker.connection.send(answer, answer);
            }
        },
        ANSWERS_ANOTHER {
            @Override
            void misbehave(StubWorker worker) throws IOException {
                worker.connection.send(new Frame(Frame.Kind.RESULT, worker.receiveTask() + 1, serialized("answer")));
            }
        },
        SAYS_HELLO_AGAIN {
            @Override
            void misbehave(StubWorker worker) throws IOException {
                worker.connection.send(new Frame(Frame.Kind.HELLO, worker.receiveTask()));
            }
        },
        REPORTS_WRONG_PROGRESS {
            @Override
            void misbehave(StubWorker worker) throws IOException {
                byte[] progress = ProgressFormat.toBytes(new TaskProgress(0.5, "half"));
                ByteBuffer.wrap(progress).putDouble(0, 17);
                worker.connection.send(new Frame(Frame.Kind.PROGRESS, worker.receiveTask(), progress));
            }
        },
        FLOODS_WITH_PROGRESS {
            @Override
            void misbehave(StubWorker worker) throws IOException {
                long id = worker.receiveTask();
                for (int i = 0; i < 200_000; i++) {
                    worker.connection.send(new Frame(Frame.Kind.PROGRESS, id,
                            ProgressFormat.toBytes(new TaskProgress(null, "x" + i))));
                }
                worker.connection.send(new Frame(Frame.Kind.RESULT, id, serialized("answer")));
            }
        };

        abstract void misbehave(StubWorker worker) throws IOException;

    }

    /** Builds pools whose processes are such ones; POSIX only. */
    static ProcessPoolBuilder builder(Path directory, Manner manner) throws IOException {
        Path java = directory.resolve("java");
        Files.writeString(java,
                "#!/bin/sh\nexec '" + Path.of(System.getProperty("java.home"), "bin", "java")
                        + "' -XX:TieredStopAtLevel=1 -cp '" + JavaProgram.classPath() + "' "
                        + StubWorker.class.getName() + "\n");
        if (!java.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + java + " executable");
        }
        return Pools.builder(1).java(java).environment(Map.of(MANNER, manner.name()));
    }

    public static void main(String[] args) throws Exception {
        InputStream lifeLine = System.in;
        Bootstrap bootstrap = Bootstrap.readFrom(lifeLine);
        try (SocketChannel channel = SocketChannel.open(bootstrap.address())) {
            Connection connection = new Connection(channel, bootstrap.maxPayload());
            connection.send(new Frame(Frame.Kind.HELLO, 0, bootstrap.secret()));
            Frame init = connection.receive();
            connection.send(new Frame(Frame.Kind.READY, init.id()));
            Manner.valueOf(System.getenv(MANNER)).misbehave(new StubWorker(channel, connection));
            // as long as the parent wants
            lifeLine.transferTo(OutputStream.nullOutputStream());
        }
    }

    private void awaitReadable() throws IOException {
        try (Selector selector = Selector.open()) {
            this.channel.configureBlocking(false);
            this.channel.register(selector, SelectionKey.OP_READ);
            selector.select();
        }
    }

    private long receiveTask() throws IOException {
        Frame frame = this.connection.receive();
        while (frame.kind() != Frame.Kind.TASK) {
            frame = this.connection.receive();
        }
        return frame.id();
    }

    private void write(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            this.channel.write(buffer);
        }
    }

    private static byte[] header(int length, Frame.Kind kind, long id) {
        return ByteBuffer.allocate(Frame.HEADER_LENGTH)
            .putInt(length)
            .put(new Frame(kind, id).header().get(Integer.BYTES))
            .putLong(id)
            .array();
    }

    private static byte[] serialized(String text) throws IOException {
        return new Payloads(StubWorker.class.getClassLoader(), SerialFilters.fromParent(), 1000).encode(text);
    }

}
