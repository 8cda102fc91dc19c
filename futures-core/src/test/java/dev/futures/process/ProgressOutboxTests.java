// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Objects;

import dev.futures.TaskProgress;
import dev.futures.support.Await;
import dev.futures.support.LeakCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a child sends of what its tasks report.
 */
@ExtendWith(LeakCheck.class)
class ProgressOutboxTests {

    @TempDir
    private Path directory;

    private Connection child;

    private Connection parent;

    private ProgressOutbox outbox;

    @BeforeEach
    void connect() throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(this.directory.resolve("s"));
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(address);
            this.child = new Connection(SocketChannel.open(address), 1000);
            this.parent = new Connection(server.accept(), 10_000);
        }
        this.outbox = new ProgressOutbox(this.child);
    }

    /** Its thread ends when there is nobody to tell. */
    @AfterEach
    void disconnect() throws IOException {
        this.child.close();
        this.parent.close();
        this.outbox.progress(Long.MAX_VALUE, new TaskProgress(null, "for nobody"));
    }

    private Frame receive() throws IOException {
        return Objects.requireNonNull(this.parent.receive());
    }

    @Test
    void theLastReportIsSentBeforeTheOutcome() throws Exception {
        int reports = 10_000;
        for (int i = 1; i <= reports; i++) {
            this.outbox.progress(1, new TaskProgress(i / (double) reports, "step " + i));
        }
        this.outbox.flushProgress();
        this.child.send(new Frame(Frame.Kind.RESULT, 1));
        TaskProgress last = null;
        int received = 0;
        Frame frame = receive();
        while (frame.kind() == Frame.Kind.PROGRESS) {
            last = ProgressFormat.fromBytes(frame.payload());
            received++;
            frame = receive();
        }
        assertThat(frame.kind()).isEqualTo(Frame.Kind.RESULT);
        assertThat(last).isEqualTo(new TaskProgress(1.0, "step " + reports));
        assertThat(received).as("only some are sent").isLessThan(reports / 10);
    }

    @Test
    void aReportIsSentThoughNoOtherFollows() throws Exception {
        this.outbox.progress(1, new TaskProgress(0.5, "page 1"));
        Frame frame = receive();
        assertThat(frame.id()).isEqualTo(1);
        assertThat(ProgressFormat.fromBytes(frame.payload())).isEqualTo(new TaskProgress(0.5, "page 1"));
        this.outbox.progress(1, new TaskProgress(0.6, null));
        assertThat(ProgressFormat.fromBytes(receive().payload())).isEqualTo(new TaskProgress(0.6, null));
    }

    @Test
    void aLateReportOfAnEndedTaskDoesNotReplaceThatOfTheNext() throws Exception {
        // the first one is on its way: what follows waits for the next tenth of a second
        this.outbox.progress(1, new TaskProgress(null, "first task"));
        assertThat(receive().id()).isEqualTo(1);
        this.outbox.progress(2, new TaskProgress(null, "second task"));
        this.outbox.progress(1, new TaskProgress(null, "left behind"));
        this.outbox.flushProgress();
        this.child.send(new Frame(Frame.Kind.RESULT, 2));
        StringBuilder seen = new StringBuilder();
        for (Frame frame = receive(); frame.kind() == Frame.Kind.PROGRESS; frame = receive()) {
            seen.append(ProgressFormat.fromBytes(frame.payload()).text()).append(';');
        }
        // unless the machine was so slow that both were sent
        assertThat(seen.toString()).isIn("second task;", "second task;left behind;");
    }

    @Test
    void itsThreadKeepsNothingOfTheTaskThatStartedIt() throws Exception {
        Thread task = Thread.currentThread();
        ClassLoader before = task.getContextClassLoader();
        ClassLoader ofTask = new ClassLoader(before) {
        };
        task.setContextClassLoader(ofTask);
        try {
            this.outbox.progress(1, new TaskProgress(0.5, null));
        }
        finally {
            task.setContextClassLoader(before);
        }
        assertThat(receive().id()).isEqualTo(1);
        Thread sender = Thread.getAllStackTraces()
            .keySet()
            .stream()
            .filter((thread) -> thread.getName().equals("futures-progress"))
            .findFirst()
            .orElseThrow();
        assertThat(sender.getContextClassLoader()).isNotSameAs(ofTask);
        assertThat(sender.isDaemon()).isTrue();
        // an interrupt while it writes would close the channel
        Await.until("it waits",
                () -> sender.getState() == Thread.State.TIMED_WAITING || sender.getState() == Thread.State.WAITING);
        sender.interrupt();
        this.outbox.progress(1, new TaskProgress(0.75, null));
        assertThat(ProgressFormat.fromBytes(receive().payload())).isEqualTo(new TaskProgress(0.75, null));
        Await.until("the interrupt is forgotten", () -> !sender.isInterrupted());
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, 1, 8 })
    void aReportThatIsTooShortIsAgainstTheRules(int length) {
        assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> ProgressFormat.fromBytes(new byte[length]))
            .withMessage("it broke the protocol: progress must have at least 9 bytes but has " + length);
    }

    @Test
    void aReportThatIsOutOfRangeIsAgainstTheRules() {
        byte[] report = ProgressFormat.toBytes(new TaskProgress(1.0, "text"));
        report[0] = 0x41;
        assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> ProgressFormat.fromBytes(report))
            .withMessageStartingWith("it broke the protocol: fraction must be in [0, 1] but was ");
    }

}
