// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.futures.support.Await;
import dev.futures.support.LeakCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(LeakCheck.class)
class RendezvousTests {

    private static final int LIMIT = 1000;

    @TempDir
    private Path directory;

    private Rendezvous rendezvous;

    private final List<SocketChannel> peers = new ArrayList<>();

    @BeforeEach
    void open() throws IOException {
        this.rendezvous = Rendezvous.open(this.directory.resolve("s"));
    }

    @AfterEach
    void close() throws IOException {
        this.rendezvous.close();
        for (SocketChannel peer : this.peers) {
            peer.close();
        }
    }

    private SocketChannel peer() throws IOException {
        SocketChannel channel = SocketChannel.open(this.rendezvous.address());
        this.peers.add(channel);
        return channel;
    }

    private void say(SocketChannel peer, Frame frame) throws IOException {
        assertThat(new Connection(peer, LIMIT).send(frame)).isTrue();
    }

    private static Frame hello(byte[] secret) {
        return new Frame(Frame.Kind.HELLO, 1, secret);
    }

    private static long in(Duration time) {
        return System.nanoTime() + time.toNanos();
    }

    private void assertThatTheRightOneGetsIn() throws Exception {
        SocketChannel child = peer();
        say(child, hello(this.rendezvous.secret()));
        try (Connection connection = this.rendezvous.accept(in(Await.PATIENCE), LIMIT)) {
            assertThat(connection).isNotNull();
            say(child, new Frame(Frame.Kind.READY, 7, new byte[LIMIT]));
            Frame[] frame = new Frame[1];
            Await.until("the frame has come", () -> {
                try {
                    connection.fill();
                    frame[0] = connection.next();
                    return frame[0] != null;
                }
                catch (IOException ex) {
                    throw new AssertionError(ex);
                }
            });
            assertThat(frame[0].id()).isEqualTo(7);
        }
    }

    private static void assertTurnedAway(SocketChannel peer) throws Exception {
        CompletableFuture<Integer> read = CompletableFuture.supplyAsync(() -> {
            try {
                return peer.read(ByteBuffer.allocate(1));
            }
            catch (IOException ex) {
                // reset: the same as closed
                return -1;
            }
        });
        assertThat(read.get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(-1);
    }

    @Test
    void whoKnowsTheSecretGetsIn() throws Exception {
        assertThat(this.rendezvous.address()).isInstanceOf(UnixDomainSocketAddress.class);
        assertThatTheRightOneGetsIn();
    }

    @Test
    void aWrongSecretIsTurnedAway() throws Exception {
        SocketChannel intruder = peer();
        byte[] guess = this.rendezvous.secret();
        guess[31] ^= 1;
        say(intruder, hello(guess));
        SocketChannel brief = peer();
        say(brief, hello(new byte[0]));
        assertThatTheRightOneGetsIn();
        assertTurnedAway(intruder);
        assertTurnedAway(brief);
    }

    @Test
    void theRightSecretInTheWrongFrameIsTurnedAway() throws Exception {
        SocketChannel intruder = peer();
        say(intruder, new Frame(Frame.Kind.READY, 1, this.rendezvous.secret()));
        assertThatTheRightOneGetsIn();
        assertTurnedAway(intruder);
    }

    @Test
    void garbageIsTurnedAway() throws Exception {
        SocketChannel http = peer();
        http.write(ByteBuffer.wrap("GET / HTTP/1.1\r\n\r\n".getBytes()));
        SocketChannel huge = peer();
        huge.write(ByteBuffer.allocate(13).putInt(Integer.MAX_VALUE).put((byte) 1).putLong(1).flip());
        SocketChannel boastful = peer();
        boastful.write(hello(new byte[Bootstrap.SECRET_LENGTH + 1]).header());
        SocketChannel longer = peer();
        say(longer, hello(new byte[Bootstrap.SECRET_LENGTH + 1]));
        assertThatTheRightOneGetsIn();
        assertTurnedAway(http);
        assertTurnedAway(huge);
        assertTurnedAway(boastful);
        assertTurnedAway(longer);
    }

    @Test
    void whoSaysNothingOrGoesHoldsUpNobody() throws Exception {
        // the line of those who wait for their acceptance is short: somebody has to
        // accept
        CompletableFuture<Connection> accepted = CompletableFuture.supplyAsync(() -> {
            try {
                return this.rendezvous.accept(in(Await.PATIENCE), LIMIT);
            }
            catch (IOException ex) {
                throw new UncheckedIOException(ex);
            }
        });
        for (int i = 0; i < 100; i++) {
            SocketChannel peer = peer();
            if (i % 3 == 0) {
                peer.close();
            }
            else if (i % 3 == 1) {
                write(peer, new byte[5]);
            }
        }
        say(peer(), hello(this.rendezvous.secret()));
        try (Connection connection = accepted.get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            assertThat(connection).isNotNull();
        }
    }

    /** To somebody who may have been turned away. */
    private static void write(SocketChannel peer, byte[] bytes) {
        try {
            peer.write(ByteBuffer.wrap(bytes));
        }
        catch (IOException ex) {
            assertThat(ex).hasMessageContaining("pipe");
        }
    }

    @Test
    void nobodyComesInTime() throws Exception {
        assertThat(this.rendezvous.accept(in(Duration.ofMillis(10)), LIMIT)).isNull();
        assertThat(this.rendezvous.accept(in(Duration.ofMillis(-10)), LIMIT)).isNull();
    }

    @Test
    void abortEndsTheWaiting() throws Exception {
        Thread aborter = new Thread(this.rendezvous::abort);
        aborter.start();
        assertThat(this.rendezvous.accept(in(Duration.ofHours(1)), LIMIT)).isNull();
        aborter.join();
    }

    @Test
    void aPathThatIsTooLongMeansLoopback() throws Exception {
        this.rendezvous.close();
        this.rendezvous = Rendezvous.open(this.directory.resolve("x".repeat(120)));
        SocketAddress address = this.rendezvous.address();
        assertThat(address).isInstanceOf(InetSocketAddress.class);
        assertThat(((InetSocketAddress) address).getAddress().isLoopbackAddress()).isTrue();
        assertThatTheRightOneGetsIn();
    }

    @Test
    void secretsDiffer() throws Exception {
        try (Rendezvous other = Rendezvous.open(this.directory.resolve("t"))) {
            assertThat(other.secret()).hasSize(32).isNotEqualTo(this.rendezvous.secret());
        }
    }

    private SocketChannel silent() throws IOException {
        SocketChannel peer = peer();
        peer.configureBlocking(false);
        return peer;
    }

    private static boolean isTurnedAway(SocketChannel peer) {
        try {
            return peer.read(ByteBuffer.allocate(1)) < 0;
        }
        catch (IOException ex) {
            // reset: the same as closed
            return true;
        }
    }

    /** Lets those in, and those out, who are there already. */
    private void awaitTurnedAway(SocketChannel peer) throws Exception {
        Await.until("it is turned away", () -> {
            try {
                assertThat(this.rendezvous.accept(in(Duration.ofMillis(5)), LIMIT)).isNull();
            }
            catch (IOException ex) {
                throw new AssertionError(ex);
            }
            return isTurnedAway(peer);
        });
    }

    private void awaitWrongSecretTurnedAway() throws Exception {
        SocketChannel intruder = silent();
        say(intruder, hello(new byte[Bootstrap.SECRET_LENGTH]));
        awaitTurnedAway(intruder);
    }

    @Test
    void ofThoseWhoAreSilentTheOldestIsTurnedAway() throws Exception {
        List<SocketChannel> silent = new ArrayList<>();
        for (int i = 0; i < 17; i++) {
            silent.add(silent());
        }
        awaitTurnedAway(silent.get(0));
        assertThat(silent.subList(1, 17)).noneMatch(RendezvousTests::isTurnedAway);
        assertThatTheRightOneGetsIn();
    }

    @Test
    void whoHasGoneTakesNobodysPlace() throws Exception {
        List<SocketChannel> silent = new ArrayList<>();
        for (int i = 0; i < 13; i++) {
            silent.add(silent());
        }
        peer().close();
        // who comes last is the last one to be seen
        awaitWrongSecretTurnedAway();
        silent.add(silent());
        silent.add(silent());
        awaitWrongSecretTurnedAway();
        assertThat(silent).noneMatch(RendezvousTests::isTurnedAway);
    }

    @Test
    void whoIsStillThereAtTheEndIsTurnedAway() throws Exception {
        SocketChannel silent = peer();
        awaitWrongSecretTurnedAway();
        this.rendezvous.close();
        assertTurnedAway(silent);
    }

}
