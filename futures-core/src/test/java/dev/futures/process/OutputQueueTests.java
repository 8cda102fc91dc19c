// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which lines of a child get into the log, and what is said about the others.
 */
class OutputQueueTests {

    private long now = Long.MAX_VALUE - 5;

    private final OutputQueue queue = new OutputQueue(() -> this.now);

    private void pass(Duration duration) {
        this.now += duration.toNanos();
    }

    private boolean offer(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        return this.queue.offer(bytes, bytes.length);
    }

    private void offer(int count, String line) {
        for (int i = 0; i < count; i++) {
            offer(line);
        }
    }

    private List<String> poll() {
        List<String> lines = new ArrayList<>();
        for (byte[] line = this.queue.poll(); line != null; line = this.queue.poll()) {
            lines.add(new String(line, StandardCharsets.UTF_8));
        }
        return lines;
    }

    @Test
    void whatIsFewPassesInOrder() {
        offer("a");
        offer("");
        offer("b");
        assertThat(poll()).containsExactly("a", "", "b");
        assertThat(poll()).isEmpty();
        assertThat(this.queue.rest()).isNegative();
    }

    @Test
    void aBurstPassesAndTheRestIsCounted() {
        for (int i = 0; i < 1500; i++) {
            offer("123");
            this.queue.poll();
        }
        assertThat(poll()).as("not yet").isEmpty();
        assertThat(this.queue.rest()).as("when the next lines may come").isEqualTo(Duration.ofSeconds(1).toNanos());
        pass(Duration.ofMillis(999));
        assertThat(poll()).isEmpty();
        pass(Duration.ofMillis(1));
        assertThat(poll()).containsExactly("500 lines (1500 bytes) were left out: more than 200 lines or KiB a second");
        assertThat(this.queue.rest()).isNegative();
    }

    @Test
    void whatGoesOnIsLoggedAtASteadyRate() {
        int logged = 0;
        for (int millis = 0; millis < 60_000; millis++) {
            offer(10, "flood");
            logged += poll().size();
            pass(Duration.ofMillis(1));
        }
        assertThat(logged).isBetween(1000 + 58 * 200, 1000 + 61 * 201);
    }

    @Test
    void aPassageIsLeftOutRatherThanEveryOtherLine() {
        for (int i = 0; i < 1001; i++) {
            offer("line");
            this.queue.poll();
        }
        pass(Duration.ofMillis(500));
        offer("too early");
        assertThat(poll()).isEmpty();
        pass(Duration.ofMillis(500));
        offer("again");
        assertThat(poll()).containsExactly("2 lines (13 bytes) were left out: more than 200 lines or KiB a second",
                "again");
    }

    @Test
    void longLinesCountForMore() {
        for (int i = 0; i < 126; i++) {
            offer("x".repeat(8 * 1024));
            this.queue.poll();
        }
        this.queue.end();
        assertThat(poll()).containsExactly("1 line (8192 bytes) was left out: more than 200 lines or KiB a second");
    }

    @Test
    void theQueueIsBoundedInLines() {
        for (int seconds = 0; seconds < 100; seconds++) {
            offer(200, "");
            pass(Duration.ofSeconds(1));
        }
        this.queue.end();
        List<String> lines = poll();
        assertThat(lines).hasSize(OutputQueue.MAX_LINES + 1)
            .endsWith("19000 lines (0 bytes) were left out: the log does not keep up");
    }

    @Test
    void theQueueIsBoundedInBytes() {
        String line = "x".repeat(8 * 1024);
        for (int seconds = 0; seconds < 100; seconds++) {
            offer(20, line);
            pass(Duration.ofSeconds(1));
        }
        this.queue.end();
        List<String> lines = poll();
        assertThat(lines.stream().mapToInt(String::length).sum()).isLessThanOrEqualTo(OutputQueue.MAX_BYTES + 100);
        assertThat(lines).hasSize(64 + 1).last().asString().startsWith("1936 lines").endsWith("does not keep up");
    }

    @Test
    void aLogThatKeepsUpAgainGetsTheNextLines() {
        offer(1001, "line");
        pass(Duration.ofSeconds(10));
        for (int i = 0; i < 499; i++) {
            this.queue.poll();
        }
        offer("still too many");
        this.queue.poll();
        offer("next");
        List<String> lines = poll();
        assertThat(lines.subList(0, 500)).containsOnly("line");
        assertThat(lines.subList(500, lines.size()))
            .containsExactly("2 lines (18 bytes) were left out: the log does not keep up", "next");
    }

    @Test
    void theEndTellsAtOnceWhatWasLeftOut() {
        offer(1003, "line");
        assertThat(poll()).hasSize(1000);
        this.queue.end();
        assertThat(this.queue.rest()).isZero();
        assertThat(poll()).containsExactly("3 lines (12 bytes) were left out: the log does not keep up");
        assertThat(this.queue.rest()).isNegative();
    }

    @Test
    void somebodyIsCalledOnceUntilThereIsNothingLeft() {
        assertThat(offer("first")).isTrue();
        assertThat(offer("second")).isFalse();
        assertThat(this.queue.rest()).as("there is more").isZero();
        assertThat(poll()).hasSize(2);
        assertThat(offer("third")).as("not yet at rest").isFalse();
        assertThat(poll()).hasSize(1);
        assertThat(this.queue.rest()).isNegative();
        assertThat(offer("fourth")).isTrue();
    }

    @Test
    void ifNobodyComesTheNextLineCallsAgain() {
        assertThat(offer("first")).isTrue();
        this.queue.abandon();
        assertThat(offer("second")).isTrue();
        assertThat(poll()).containsExactly("first", "second");
    }

    @Test
    void eachSummaryCountsAnewAndGivesItsOwnReason() {
        offer(1003, "line");
        assertThat(poll()).hasSize(1000);
        pass(Duration.ofMinutes(1));
        assertThat(poll()).containsExactly("3 lines (12 bytes) were left out: the log does not keep up");
        for (int i = 0; i < 1002; i++) {
            offer("long");
            this.queue.poll();
        }
        this.queue.end();
        assertThat(poll()).containsExactly("2 lines (8 bytes) were left out: more than 200 lines or KiB a second");
    }

    @Test
    void aLineIsTakenAsItIsNow() {
        byte[] buffer = "first, and what was there before".getBytes(StandardCharsets.UTF_8);
        this.queue.offer(buffer, 5);
        Arrays.fill(buffer, (byte) 'x');
        assertThat(poll()).containsExactly("first");
    }

    @Test
    void anEmptyLineCountsLikeAnyOther() {
        for (int i = 0; i < 1001; i++) {
            offer("");
            this.queue.poll();
        }
        this.queue.end();
        assertThat(poll()).containsExactly("1 line (0 bytes) was left out: more than 200 lines or KiB a second");
    }

    @Test
    void aKibibyteThatIsBegunCounts() {
        for (int i = 0; i < 501; i++) {
            offer("x".repeat(1025));
            this.queue.poll();
        }
        this.queue.end();
        assertThat(poll()).containsExactly("1 line (1025 bytes) was left out: more than 200 lines or KiB a second");
    }

    @Test
    void howeverLongItWasSilentThereIsOneBurst() {
        for (Duration silence : List.of(Duration.ofHours(1), Duration.ofNanos(Long.MAX_VALUE))) {
            offer("before");
            pass(silence);
            poll();
            for (int i = 0; i < 1001; i++) {
                offer("line");
                this.queue.poll();
            }
            pass(Duration.ofMinutes(1));
            assertThat(poll()).containsExactly("1 line (4 bytes) was left out: more than 200 lines or KiB a second");
        }
    }

}
