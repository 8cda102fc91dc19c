// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.futures.support.Await;
import dev.futures.support.LogCapture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of lines on their way to the log.
 */
class OutputLogTests {

    private static final Pattern LEFT_OUT = Pattern.compile("> (\\d+) lines? .*left out.*");

    private final LogCapture capture = new LogCapture("dev.futures.worker.log");

    private final OutputLog log = new OutputLog(System.getLogger("dev.futures.worker.log"), Level.INFO, "> ");

    @AfterEach
    void close() {
        this.capture.close();
    }

    private void add(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        this.log.add(bytes, bytes.length);
    }

    private long accountedFor() {
        List<String> messages = List.copyOf(this.capture.messages());
        long lines = 0;
        for (String message : messages) {
            Matcher leftOut = LEFT_OUT.matcher(message);
            lines += leftOut.matches() ? Long.parseLong(leftOut.group(1)) : 1;
        }
        return lines;
    }

    @Test
    void everyLineOfAFloodIsLoggedOrCounted() throws Exception {
        for (int i = 0; i < 20_000; i++) {
            add("line " + i);
        }
        this.log.end();
        Await.until("all lines are accounted for", () -> accountedFor() == 20_000);
        assertThat(this.capture.messages()).hasSizeLessThan(10_000).contains("> line 0", "> line 999");
    }

    @Test
    void whatWasLeftOutIsToldAtTheEndThoughNothingFollows() throws Exception {
        for (int i = 0; i < 5_000; i++) {
            add("line " + i);
        }
        Await.until("the first lines are logged", () -> this.capture.messages().size() >= 1_000);
        this.log.end();
        Await.until("the rest is counted", () -> accountedFor() == 5_000);
    }

}
