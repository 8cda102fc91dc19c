// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.futures.support.Await;
import dev.futures.support.LeakCheck;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A process and its channel, whose other end is here: it stays open when the process
 * dies.
 */
@ExtendWith(LeakCheck.class)
class WorkerProcessTests {

    private static final int LIMIT = 4 * 1024 * 1024;

    @TempDir
    private Path directory;

    private Rendezvous rendezvous;

    private Process process;

    private WorkerProcess child;

    private SocketChannel channel;

    private Connection peer;

    @BeforeEach
    void connect() throws Exception {
        this.process = new ProcessBuilder("sh", "-c", "read end; exit 5").start();
        this.child = new WorkerProcess(this.process, "unknown", "pool", "worker");
        this.rendezvous = Rendezvous.open(this.directory.resolve("s"));
        this.channel = SocketChannel.open(this.rendezvous.address());
        this.peer = new Connection(this.channel, LIMIT);
        this.peer.send(new Frame(Frame.Kind.HELLO, 1, this.rendezvous.secret()));
        assertThat(this.child.connect(this.rendezvous, LIMIT, in(Await.PATIENCE))).isTrue();
    }

    @AfterEach
    void close() throws IOException {
        this.child.close();
        this.channel.close();
        this.rendezvous.close();
    }

    private static long in(Duration time) {
        return System.nanoTime() + time.toNanos();
    }

    /** Waits as if there were no time limit: the tests have one. */
    private Frame awaitFrame() throws IOException {
        Frame frame = this.child.awaitFrame(0);
        while (frame == null) {
            frame = this.child.awaitFrame(0);
        }
        return frame;
    }

    private void kill() throws InterruptedException {
        this.child.kill();
        this.process.waitFor();
    }

    @Test
    void aDeadProcessIsSeenThoughSomebodyElseHoldsItsChannelOpen() throws Exception {
        kill();
        assertThatExceptionOfType(EOFException.class).isThrownBy(this::awaitFrame)
            .withMessage("worker process " + this.child.pid() + " ended");
    }

    @Test
    void itsDeathEndsTheWaiting() throws Exception {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        Thread worker = new Thread(() -> {
            try {
                awaitFrame();
            }
            catch (EOFException ex) {
                ended.complete(null);
            }
            catch (IOException ex) {
                ended.completeExceptionally(ex);
            }
        });
        worker.start();
        Await.until("it waits", () -> Arrays.stream(worker.getStackTrace())
            .anyMatch((frame) -> frame.getMethodName().equals("select")));
        kill();
        assertThat(ended.get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isNull();
        worker.join();
    }

    @Test
    void whatItSaidBeforeItDiedCounts() throws Exception {
        this.peer.send(new Frame(Frame.Kind.RESULT, 1, new byte[LIMIT / 100]), new Frame(Frame.Kind.READY, 2));
        kill();
        assertThat(awaitFrame().id()).isEqualTo(1);
        assertThat(awaitFrame().id()).isEqualTo(2);
        assertThatExceptionOfType(EOFException.class).isThrownBy(this::awaitFrame);
    }

    @Test
    void aProcessThatDiesNeedNotBeWaitedFor() throws Exception {
        kill();
        assertThat(this.child.connect(this.rendezvous, LIMIT, in(Duration.ofHours(1)))).isFalse();
    }

    @Test
    void whatDoesNotFitAtOnceIsWrittenWhileAFrameIsAwaited() throws Exception {
        byte[] content = new byte[LIMIT];
        CompletableFuture<Integer> received = CompletableFuture.supplyAsync(() -> {
            try {
                int length = this.peer.receive().payload().length;
                this.peer.send(new Frame(Frame.Kind.READY, 7));
                return length;
            }
            catch (IOException ex) {
                throw new AssertionError(ex);
            }
        });
        this.child.send(new Frame(Frame.Kind.TASK, 1, content));
        assertThat(awaitFrame().id()).isEqualTo(7);
        assertThat(received.get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(LIMIT);
    }

    @Test
    void aStrayInterruptIsCleared() throws Exception {
        Thread.currentThread().interrupt();
        assertThat(this.child.awaitFrame(1)).isNull();
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void aStrayInterruptDoesNotCutAFarewellShort() throws Exception {
        CompletableFuture<Frame> received = CompletableFuture.supplyAsync(() -> {
            try {
                Frame frame = this.peer.receive();
                this.process.getOutputStream().close();
                return frame;
            }
            catch (IOException ex) {
                throw new AssertionError(ex);
            }
        });
        Thread.currentThread().interrupt();
        this.child.farewell();
        assertThat(Thread.interrupted()).isFalse();
        assertThat(received.get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS).kind()).isEqualTo(Frame.Kind.BYE);
        assertThat(this.child.exitStatus()).isEqualTo(5);
    }

    @Test
    void whoIsInterruptedWhileItClosesStaysInterrupted() {
        Thread.currentThread().interrupt();
        this.child.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(this.process.isAlive()).isFalse();
    }

    @Test
    void aProcessThatDoesNotEndIsKilledInTheEnd() {
        assertThat(this.child.exitStatus()).isEqualTo(137);
    }

    @Test
    void howAChannelEndsTellsWhetherTheLastTaskWasBegun() throws Exception {
        boolean unix = this.peer.isResetOnlyIfUnread();
        assertThat(this.child.hasIgnoredWhatItWasSent(new NotBegunException(1))).isTrue();
        assertThat(this.child.hasIgnoredWhatItWasSent(new EOFException())).isFalse();
        assertThat(this.child.hasIgnoredWhatItWasSent(new ProtocolException("noise"))).isFalse();
        assertThat(this.child.hasIgnoredWhatItWasSent(new IOException("reset"))).isEqualTo(unix);
        this.child.send(new Frame(Frame.Kind.TASK, 1, new byte[LIMIT]));
        assertThat(this.child.hasIgnoredWhatItWasSent(new EOFException())).as("not all of it was written").isTrue();
    }

    @Test
    void overLoopbackOnlyItsWordTellsThatTheLastTaskWasNotBegun() throws Exception {
        WorkerProcess other = new WorkerProcess(new ProcessBuilder("sleep", "300").start(), "unknown", "pool", "other");
        try (Rendezvous loopback = Rendezvous.open(this.directory.resolve("x".repeat(120)));
                SocketChannel end = SocketChannel.open(loopback.address())) {
            new Connection(end, LIMIT).send(new Frame(Frame.Kind.HELLO, 1, loopback.secret()));
            assertThat(other.connect(loopback, LIMIT, in(Await.PATIENCE))).isTrue();
            assertThat(other.hasIgnoredWhatItWasSent(new NotBegunException(1))).isTrue();
            assertThat(other.hasIgnoredWhatItWasSent(new IOException("reset"))).isFalse();
            assertThat(other.hasIgnoredWhatItWasSent(new EOFException())).isFalse();
        }
        other.close();
    }

    @Test
    void aProcessThatHasNotConnectedHasIgnoredNothing() throws Exception {
        WorkerProcess other = new WorkerProcess(new ProcessBuilder("true").start(), "unknown", "pool", "other");
        assertThat(other.hasIgnoredWhatItWasSent(new NotBegunException(1))).isFalse();
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> other.awaitFrame(1)).withMessage("not connected");
        other.close();
    }

    private static String lastWords(String script) throws Exception {
        WorkerProcess ended = new WorkerProcess(new ProcessBuilder("sh", "-c", "echo so long >&2; " + script).start(),
                "unknown", "pool", "ended");
        int unused = ended.exitStatus();
        String words = ended.describeExit() + ended.lastWords();
        ended.close();
        return words;
    }

    @Test
    void theReportOfACrashIsSummedUp() throws Exception {
        String report = "printf '#\\n# A fatal error has been detected by the Java Runtime Environment:\\n#\\n'; ";
        String signal = "printf '#  SIGSEGV (0xb) at pc=0x1, pid=1, tid=1\\n'; ";
        assertThat(lastWords(report + signal + "exit 1"))
            .startsWith("exited with status 1 (crash of the JVM: SIGSEGV); the JVM said:\n")
            .doesNotContain("so long");
        for (String other : List.of(report + signal + "exit 0", signal + "exit 1", report + "exit 1")) {
            assertThat(lastWords(other)).as(other).doesNotContain("crash", "said").contains("so long");
        }
    }

}
