// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is made of the bytes that a child writes.
 */
class LineSplitterTests {

    private static final int MAX = LineSplitter.MAX_LINE;

    /** Pieces of the given size are what the parts of a pipe may be like. */
    private static List<String> split(byte[] bytes, int pieces) {
        List<String> lines = new ArrayList<>();
        LineSplitter splitter = new LineSplitter(
                (buffer, length) -> lines.add(OutputText.of(Arrays.copyOf(buffer, length))));
        for (int i = 0; i < bytes.length; i += pieces) {
            byte[] piece = Arrays.copyOfRange(bytes, i, Math.min(bytes.length, i + pieces));
            splitter.add(piece, piece.length);
        }
        splitter.end();
        return lines;
    }

    private static List<String> split(String text, int pieces) {
        return split(text.getBytes(StandardCharsets.UTF_8), pieces);
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 2, 3, 5, 1000 })
    void linesEndWithOneOrTwoCharacters(int pieces) {
        assertThat(split("a\nb\r\n\n\r\nlast", pieces)).containsExactly("a", "b", "", "", "last");
        assertThat(split("a\n", pieces)).containsExactly("a");
        assertThat(split("a\nb", pieces)).containsExactly("a", "b");
        assertThat(split("", pieces)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 2, 3, 7, 64 * 1024 })
    void charactersAcrossBuffersStayWhole(int pieces) {
        String text = "gr\u00fc\u00dfe \u20ac \ud83d\ude00 ".repeat(20);
        assertThat(split(text + "\n" + text, pieces)).containsExactly(text.strip(), text.strip());
    }

    @ParameterizedTest
    @ValueSource(strings = { "\u00fc", "\u20ac", "\ud83d\ude00" })
    void aLongLineIsCutBetweenCharacters(String character) {
        for (int shift = 0; shift < 4; shift++) {
            String text = "x".repeat(shift) + character.repeat(MAX);
            for (int pieces : new int[] { 1, 1000, 64 * 1024 }) {
                List<String> lines = split(text, pieces);
                assertThat(String.join("", lines)).isEqualTo(text);
                assertThat(lines).hasSizeGreaterThan(1)
                    .allMatch((line) -> line.getBytes(StandardCharsets.UTF_8).length <= MAX);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 1000, 64 * 1024 })
    void aLineThatIsAsLongAsItMayBeHasNoRest(int pieces) {
        String longest = "x".repeat(MAX);
        assertThat(split(longest + "\nnext", pieces)).containsExactly(longest, "next");
        assertThat(split(longest + "\r\nnext", pieces)).containsExactly(longest, "next");
        assertThat(split(longest + "\n\nnext", pieces)).containsExactly(longest, "", "next");
        assertThat(split(longest + "y\nnext", pieces)).containsExactly(longest, "y", "next");
        assertThat(split(longest + "y\n\nnext", pieces)).containsExactly(longest, "y", "", "next");
        assertThat(split(longest, pieces)).containsExactly(longest);
    }

    @ParameterizedTest
    @ValueSource(strings = { "\u00fc", "\u20ac", "\ud83d\ude00" })
    void aCharacterThatJustFitsIsNotCutOff(String character) {
        String longest = "x".repeat(MAX - character.getBytes(StandardCharsets.UTF_8).length) + character;
        assertThat(split(longest + "y", 1000)).containsExactly(longest, "y");
    }

    @Test
    void whatIsNoTextIsCutAsWell() {
        byte[] continuations = new byte[3 * MAX];
        Arrays.fill(continuations, (byte) 0x80);
        assertThat(split(continuations, 1000)).hasSize(3)
            .allMatch((line) -> line.chars().allMatch((character) -> character == 0xfffd));
        byte[] leads = new byte[3 * MAX];
        Arrays.fill(leads, (byte) 0xf0);
        assertThat(split(leads, 1000)).hasSizeBetween(3, 4);
    }

    @Test
    void nothingOfWhatIsBinaryCanHarmALog() {
        byte[] garbage = new byte[1024 * 1024];
        new Random(42).nextBytes(garbage);
        List<String> lines = split(garbage, 4096);
        assertThat(lines).hasSizeGreaterThan(1000)
            .allMatch((line) -> line.chars()
                .allMatch((character) -> character == '\t' || !Character.isISOControl(character)));
    }

    @Test
    void aLineCannotForgeAnotherOrTalkToTheTerminal() {
        assertThat(split("all is well\r2026 ERROR forged\n", 100))
            .containsExactly("all is well\ufffd2026 ERROR forged");
        assertThat(split("\u001b]0;title\u0007\u001b[31mred\u001b[0m", 100))
            .containsExactly("\ufffd]0;title\ufffd\ufffd[31mred\ufffd[0m");
        assertThat(split("a\u0085b\u2028c\u2029d\u000be\u000cf\u0000g\u009b1mh\u007fi", 100))
            .containsExactly("a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf\ufffdg\ufffd1mh\ufffdi");
        assertThat(split("user \u202egnp.exe\u2066\u2069", 100)).containsExactly("user \ufffdgnp.exe\ufffd\ufffd");
        assertThat(split("column\tcolumn  ", 100)).containsExactly("column\tcolumn");
    }

}
