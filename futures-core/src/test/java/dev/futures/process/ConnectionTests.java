// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import dev.futures.support.Await;
import dev.futures.support.LeakCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(LeakCheck.class)
class ConnectionTests {

    private static final int LIMIT = 3 * 1024 * 1024;

    @TempDir
    private Path directory;

    private SocketChannel raw;

    private Connection reader;

    @BeforeEach
    void connect() throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(this.directory.resolve("s"));
        try (ServerSocketChannel server = ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX)) {
            server.bind(address);
            this.raw = SocketChannel.open(address);
            this.reader = new Connection(server.accept(), LIMIT);
        }
    }

    @AfterEach
    void disconnect() throws IOException {
        this.raw.close();
        this.reader.close();
    }

    private static ByteBuffer header(int length, int kind, long id) {
        return ByteBuffer.allocate(Frame.HEADER_LENGTH).putInt(length).put((byte) kind).putLong(id).flip();
    }

    private static byte[] content(int length) {
        byte[] content = new byte[length];
        new Random(length).nextBytes(content);
        return content;
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            this.raw.write(bytes);
        }
    }

    private Thread inBackground(Sender sender) {
        Thread thread = new Thread(() -> {
            try {
                sender.send();
            }
            catch (IOException ex) {
                throw new AssertionError(ex);
            }
        });
        thread.start();
        return thread;
    }

    private interface Sender {

        void send() throws IOException;

    }

    @ParameterizedTest
    @ValueSource(ints = { 0, 1, 65_523, 65_524, 65_536, 1_048_576, 1_048_577, LIMIT })
    void framesOfAllSizesArrive(int length) throws Exception {
        byte[] content = content(length);
        Connection sender = new Connection(this.raw, LIMIT);
        Thread thread = inBackground(() -> {
            sender.send(new Frame(Frame.Kind.TASK, 42, content));
            sender.send(new Frame(Frame.Kind.BYE, 43));
        });
        Frame first = this.reader.receive();
        assertThat(first.kind()).isEqualTo(Frame.Kind.TASK);
        assertThat(first.id()).isEqualTo(42);
        assertThat(first.payload()).isEqualTo(content);
        assertThat(this.reader.receive().kind()).isEqualTo(Frame.Kind.BYE);
        thread.join();
    }

    @Test
    void bytesThatComeOneByOneMakeAFrame() throws Exception {
        Thread thread = inBackground(() -> {
            ByteBuffer bytes = ByteBuffer.allocate(100).put(header(5, 6, 9)).put(new byte[] { 1, 2, 3, 4, 5 }).flip();
            while (bytes.hasRemaining()) {
                write(ByteBuffer.wrap(new byte[] { bytes.get() }));
            }
        });
        Frame frame = this.reader.receive();
        assertThat(frame.kind()).isEqualTo(Frame.Kind.RESULT);
        assertThat(frame.payload()).containsExactly(1, 2, 3, 4, 5);
        thread.join();
    }

    @ParameterizedTest
    @ValueSource(ints = { -1, Integer.MIN_VALUE, LIMIT + 1, Integer.MAX_VALUE })
    void aLengthOutOfRangeIsRefused(int length) throws Exception {
        write(header(length, 6, 1));
        assertThatExceptionOfType(ProtocolException.class).isThrownBy(this.reader::receive)
            .withMessageEndingWith("length of frame must be in [0, " + LIMIT + "] but was " + length);
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, 99, 127, -1 })
    void anUnknownKindIsRefused(int kind) throws Exception {
        write(header(0, kind, 1));
        assertThatExceptionOfType(ProtocolException.class).isThrownBy(this.reader::receive)
            .withMessageEndingWith("unknown kind of frame: " + kind);
    }

    @Test
    void aStreamThatEndsInTheMiddleIsAnEnd() throws Exception {
        write(header(10, 6, 1));
        write(ByteBuffer.wrap(new byte[9]));
        this.raw.close();
        assertThat(this.reader.receive()).isNull();
    }

    @Test
    void aStreamThatEndsInAHeaderIsAnEnd() throws Exception {
        write(ByteBuffer.wrap(new byte[Frame.HEADER_LENGTH - 1]));
        this.raw.close();
        assertThat(this.reader.receive()).isNull();
    }

    @Test
    void whatDoesNotFitIsSentLater() throws Exception {
        this.raw.configureBlocking(false);
        Connection sender = new Connection(this.raw, LIMIT);
        byte[] content = content(LIMIT);
        assertThat(sender.send(new Frame(Frame.Kind.TASK, 1, content))).isFalse();
        assertThat(sender.send(new Frame(Frame.Kind.BYE, 2))).isFalse();
        Frame[] frames = new Frame[2];
        Thread thread = inBackground(() -> {
            frames[0] = this.reader.receive();
            frames[1] = this.reader.receive();
        });
        Await.until("everything is sent", () -> {
            try {
                return sender.flush();
            }
            catch (IOException ex) {
                throw new AssertionError(ex);
            }
        });
        thread.join(Await.PATIENCE.toMillis());
        assertThat(frames[0].payload()).isEqualTo(content);
        assertThat(frames[1].kind()).isEqualTo(Frame.Kind.BYE);
    }

    @Test
    void framesOfManyThreadsDoNotMix() throws Exception {
        Connection sender = new Connection(this.raw, LIMIT);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            int number = t;
            threads.add(inBackground(() -> {
                for (int i = 0; i < 200; i++) {
                    int length = (number * 7919 + i * 104_729) % 100_000;
                    sender.send(new Frame(Frame.Kind.RESULT, length, content(length)));
                }
            }));
        }
        for (int i = 0; i < 800; i++) {
            Frame frame = this.reader.receive();
            assertThat(frame.payload()).isEqualTo(content((int) frame.id()));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @Test
    void onlyAUnixSocketOfLinuxTellsThatBytesWereNotRead() throws Exception {
        boolean linux = System.getProperty("os.name").equals("Linux");
        assertThat(new Connection(this.raw, LIMIT).isResetOnlyIfUnread()).isEqualTo(linux);
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (ServerSocketChannel server = ServerSocketChannel.open().bind(loopback);
                SocketChannel tcp = SocketChannel.open(server.getLocalAddress())) {
            assertThat(new Connection(tcp, LIMIT).isResetOnlyIfUnread()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(names = { "PROGRESS", "STACK", "READY", "HELLO" })
    void whatCarriesNoObjectIsRefusedIfItIsLong(Frame.Kind kind) throws Exception {
        FrameReader narrow = new FrameReader(Integer.MAX_VALUE, false);
        ByteBuffer header = new Frame(kind, 1).header().putInt(0, 300_000);
        assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> narrow.next(header))
            .withMessageContaining("length of frame must be in [0, 262144]");
    }

    @Test
    void whoMayNotWaitDoesNotWaitForWhoSends() throws Exception {
        Connection sender = new Connection(this.raw, LIMIT);
        Thread thread = inBackground(() -> sender.send(new Frame(Frame.Kind.TASK, 1, content(LIMIT))));
        Await.until("the other one is sending", () -> {
            try {
                return !sender.trySend(new Frame(Frame.Kind.PROGRESS, 2));
            }
            catch (IOException ex) {
                throw new AssertionError(ex);
            }
        });
        Frame frame = this.reader.receive();
        while (frame.kind() == Frame.Kind.PROGRESS) {
            frame = this.reader.receive();
        }
        assertThat(frame.payload()).isEqualTo(content(LIMIT));
        thread.join(Await.PATIENCE.toMillis());
        assertThat(sender.trySend(new Frame(Frame.Kind.PROGRESS, 3))).isTrue();
        assertThat(this.reader.receive().id()).isEqualTo(3);
    }

    @Test
    void whatTheChannelDoesNotTakeIsUnwritten() throws Exception {
        this.raw.configureBlocking(false);
        Connection sender = new Connection(this.raw, LIMIT);
        Frame small = new Frame(Frame.Kind.PROGRESS, 1, content(1000));
        assertThat(sender.hasUnwritten()).isFalse();
        int sent = 1;
        while (sender.send(small)) {
            assertThat(sender.hasUnwritten()).isFalse();
            sent++;
        }
        assertThat(sender.hasUnwritten()).isTrue();
        for (int i = 0; i < sent; i++) {
            assertThat(this.reader.receive().id()).isEqualTo(1);
            sender.flush();
        }
        assertThat(sender.hasUnwritten()).isFalse();
    }

}
