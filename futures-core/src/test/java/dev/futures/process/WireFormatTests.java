// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import dev.futures.RemoteStackTrace;
import dev.futures.RemoteTaskException;
import dev.futures.serial.Failure;
import dev.futures.serial.Payloads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Bytes that come from the other side, right and wrong ones; and how an end is described.
 */
class WireFormatTests {

    private static final Payloads PAYLOADS = new Payloads(WireFormatTests.class.getClassLoader(),
            SerialFilters.fromChild(null), 1_000_000);

    static List<SocketAddress> addresses() {
        return List.of(UnixDomainSocketAddress.of("/tmp/a b/\u00fc"),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 4242));
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void aBootstrapIsReadAsItWasWritten(SocketAddress address) throws Exception {
        byte[] secret = new byte[Bootstrap.SECRET_LENGTH];
        new Random(1).nextBytes(secret);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new Bootstrap(address, secret, 77, "limit").writeTo(bytes);
        Bootstrap read = Bootstrap.readFrom(new ByteArrayInputStream(bytes.toByteArray()));
        assertThat(read.address()).isEqualTo(address);
        assertThat(read.secret()).isEqualTo(secret);
        assertThat(read.maxPayload()).isEqualTo(77);
        byte[] cut = Arrays.copyOf(bytes.toByteArray(), bytes.size() - 1);
        assertThatExceptionOfType(EOFException.class)
            .isThrownBy(() -> Bootstrap.readFrom(new ByteArrayInputStream(cut)));
    }

    @Test
    void aFailureIsReadAsItWasWritten() throws Exception {
        Failure failure = Failure.of(new IllegalStateException("broken \u20ac"), PAYLOADS);
        Throwable thrown = FailureFormat.fromBytes(FailureFormat.toBytes(failure)).toThrowable(PAYLOADS, "here");
        assertThat(thrown).isExactlyInstanceOf(IllegalStateException.class).hasMessage("broken \u20ac");
        assertThat(thrown.getSuppressed()).singleElement().isInstanceOf(RemoteStackTrace.class);
    }

    @Test
    void aFailureThatCarriesSomethingElseHasAStandIn() throws Exception {
        Failure failure = new Failure("a.B", "a.B: broken", "at a.B.c", PAYLOADS.encode("no exception"));
        assertThat(failure.toThrowable(PAYLOADS, "here")).isInstanceOf(RemoteTaskException.class)
            .hasMessageContaining("a.B: broken")
            .cause()
            .hasMessageContaining("it is not an exception");
    }

    @Test
    void aFailureOfWrongBytesIsAnIOExceptionAtMost() throws IOException {
        Random random = new Random(3);
        byte[] good = FailureFormat.toBytes(Failure.of(new IllegalStateException("broken"), PAYLOADS));
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bad = Arrays.copyOf(good, (i % 2 == 0) ? good.length : random.nextInt(good.length));
            if (bad.length > 0) {
                bad[random.nextInt(Math.min(bad.length, 200))] = (byte) random.nextInt();
            }
            try {
                assertThat(FailureFormat.fromBytes(bad)).isNotNull();
            }
            catch (IOException ex) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void noFailureIsLongerThanWhatTheParentAccepts() {
        Payloads narrow = new Payloads(WireFormatTests.class.getClassLoader(), SerialFilters.fromChild(null), 5_000);
        for (String text : List.of("", "x", "\u20ac", "\ud83d\ude00")) {
            Failure failure = Failure.of(new IllegalStateException(text.repeat(300_000)), narrow);
            assertThat(FailureFormat.toBytes(failure).length).isLessThanOrEqualTo(FailureFormat.maxLength(5_000));
        }
        assertThat(FailureFormat.maxLength(Integer.MAX_VALUE)).isPositive();
    }

    @Test
    void aPayloadBeyondTheLimitIsRefusedBeforeItIsComplete() {
        assertThatExceptionOfType(Payloads.PayloadTooLargeException.class)
            .isThrownBy(() -> PAYLOADS.encode(new byte[1_000_001]))
            .withMessageContaining("1000000 bytes");
    }

    @Test
    void wordsForAnExitStatus() {
        assertThat(ExitStatus.describe(0, List.of())).isEqualTo("exited with status 0");
        assertThat(ExitStatus.describe(137, List.of())).isEqualTo("exited with status 137 (SIGKILL)");
        assertThat(ExitStatus.describe(139, List.of())).isEqualTo("exited with status 139 (SIGSEGV)");
        assertThat(ExitStatus.describe(200, List.of())).isEqualTo("exited with status 200");
        assertThat(ExitStatus.describe(3, List.of())).isEqualTo("exited with status 3");
        assertThat(ExitStatus.describe(3, List.of("Terminating due to java.lang.OutOfMemoryError: Java heap space")))
            .isEqualTo("exited with status 3 (out of memory)");
    }

    @Test
    void aShareOfTheMemory() {
        long mib = 1024 * 1024;
        assertThat(MemoryShare.share(16_000 * mib, 4_000 * mib, 4)).isEqualTo(2_000 * mib);
        assertThat(MemoryShare.share(1_000 * mib, 900 * mib, 8)).isEqualTo(64 * mib);
    }

    @Test
    void theTextsOfAFailureArriveAsTheyAre() throws Exception {
        Failure failure = new Failure("a.\u00dc", "broken \u20ac", "at \ud83d\ude00", new byte[] { 1 });
        byte[] bytes = FailureFormat.toBytes(failure);
        Failure read = FailureFormat.fromBytes(bytes);
        assertThat(read.className()).isEqualTo("a.\u00dc");
        assertThat(read.description()).isEqualTo("broken \u20ac");
        assertThat(read.stackTrace()).isEqualTo("at \ud83d\ude00");
        assertThat(read.object()).containsExactly(1);
        byte[] cut = Arrays.copyOf(bytes, bytes.length - 1);
        assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> FailureFormat.fromBytes(cut))
            .withMessageEndingWith("length in failure must be in [0, 0] but was 1");
    }

    @Test
    void aFailureOfNothingButLongTextsIsNotTooLong() {
        String longest = "\u20ac".repeat(Failure.MAX_TEXT) + "...";
        Failure failure = new Failure("x".repeat(65_535), longest, longest, new byte[Failure.MIN_OBJECT]);
        assertThat(FailureFormat.toBytes(failure).length).isLessThanOrEqualTo(FailureFormat.maxLength(1));
    }

}
