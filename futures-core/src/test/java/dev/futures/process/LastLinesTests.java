// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is remembered of a stream.
 */
class LastLinesTests {

    private final LastLines lines = new LastLines();

    private void add(String line) {
        byte[] bytes = (line + "and what is behind it in the buffer").getBytes(StandardCharsets.UTF_8);
        this.lines.add(bytes, line.length());
    }

    @Test
    void theLastOnesAreThereInOrderWhateverWasThereBefore() {
        assertThat(this.lines.list()).isEmpty();
        add("only");
        assertThat(this.lines.list()).containsExactly("only");
        for (int i = 0; i < 3 * LastLines.COUNT; i++) {
            add("x".repeat(3 * LastLines.COUNT - i));
        }
        List<String> expected = IntStream.range(0, LastLines.COUNT)
            .mapToObj((i) -> "x".repeat(LastLines.COUNT - i))
            .toList();
        assertThat(this.lines.list()).isEqualTo(expected);
        add("a longer one again, and the oldest one is gone");
        assertThat(this.lines.list()).hasSize(LastLines.COUNT)
            .startsWith(expected.get(1))
            .endsWith("a longer one again, and the oldest one is gone");
    }

}
