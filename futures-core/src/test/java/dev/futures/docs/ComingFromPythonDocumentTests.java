// SPDX-License-Identifier: Apache-2.0

package dev.futures.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the Java blocks of docs/coming-from-python.md to code that runs.
 */
class ComingFromPythonDocumentTests {

    private static final Path MODULE = Path.of("").toAbsolutePath();

    private static final Path DOCUMENT = MODULE.resolveSibling("docs").resolve("coming-from-python.md");

    private static final Path CODE = MODULE.resolve("src/test/java/dev/futures/docs/ComingFromPythonTests.java");

    private static final Pattern BLOCK = Pattern.compile("```(\\w+)\\R(.*?)```", Pattern.DOTALL);

    private static final Pattern REGION = Pattern.compile(" *// tag::([\\w-]+)\\[]\\R(.*?) *// end::\\1\\[]",
            Pattern.DOTALL);

    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)");

    private static Map<String, String> regions() throws IOException {
        Map<String, String> regions = new TreeMap<>();
        String code = Files.readString(CODE);
        Matcher matcher = REGION.matcher(code);
        while (matcher.find()) {
            assertThat(regions.put(matcher.group(1), normalized(matcher.group(2)))).isNull();
        }
        assertThat(regions).hasSize(code.split("// tag::", -1).length - 1);
        return regions;
    }

    private static String normalized(String code) {
        // a last line without text would count as one without indentation
        return code.stripTrailing().stripIndent().strip();
    }

    private static List<String[]> blocks() throws IOException {
        List<String[]> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(Files.readString(DOCUMENT));
        while (matcher.find()) {
            blocks.add(new String[] { matcher.group(1), normalized(matcher.group(2)) });
        }
        return blocks;
    }

    @Test
    void everyJavaBlockIsCodeThatRunsAndAllOfItIsShownOnce() throws IOException {
        List<String> shown = blocks().stream()
            .filter((block) -> block[0].equals("java"))
            .map((block) -> block[1])
            .toList();
        assertThat(shown).containsExactlyInAnyOrderElementsOf(regions().values());
    }

    @Test
    void pythonComesFirstAndNothingElseIsShown() throws IOException {
        String previous = "java";
        for (String[] block : blocks()) {
            assertThat(block[0]).as(block[1]).isIn("python", "java");
            assertThat(block[0].equals("python") && previous.equals("python")).as(block[1]).isFalse();
            previous = block[0];
        }
        assertThat(blocks().get(0)[0]).isEqualTo("python");
        assertThat(previous).isEqualTo("java");
    }

    @Test
    void linksLeadSomewhere() throws IOException {
        Matcher matcher = LINK.matcher(Files.readString(DOCUMENT));
        while (matcher.find()) {
            assertThat(DOCUMENT.resolveSibling(matcher.group(1))).exists();
        }
    }

}
