// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the blocks of docs/spring.md to code and configuration that other tests run.
 */
class SpringDocumentTests {

    private static final Path MODULE = Path.of("").toAbsolutePath();

    private static final Path DOCUMENT = MODULE.resolveSibling("docs").resolve("spring.md");

    private static final String PACKAGE = SpringDocumentTests.class.getPackageName().replace('.', '/');

    private static final Path CODE = MODULE.resolve("src/test/java").resolve(PACKAGE);

    private static final Path CONFIGURATION = MODULE.resolve("src/test/resources").resolve(PACKAGE);

    private static final Pattern BLOCK = Pattern.compile("```(\\w+)\\R(.*?)```", Pattern.DOTALL);

    private static final Pattern REGION = Pattern.compile(" *// tag::([\\w-]+)\\[]\\R(.*?) *// end::\\1\\[]",
            Pattern.DOTALL);

    private static List<String> blocks(String language) throws IOException {
        return BLOCK.matcher(Files.readString(DOCUMENT))
            .results()
            .filter((block) -> block.group(1).equals(language))
            .map((block) -> normalized(block.group(2)))
            .toList();
    }

    private static String normalized(String code) {
        return code.stripTrailing().stripIndent().strip();
    }

    private static List<Path> files(Path directory, String suffix) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter((file) -> file.toString().endsWith(suffix)).sorted().toList();
        }
    }

    private static Map<String, String> regions() throws IOException {
        Map<String, String> regions = new TreeMap<>();
        for (Path file : files(CODE, ".java")) {
            String code = Files.readString(file);
            List<MatchResult> found = REGION.matcher(code).results().toList();
            for (MatchResult region : found) {
                assertThat(regions.put(region.group(1), normalized(region.group(2)))).as(region.group(1)).isNull();
            }
            assertThat(found).as(file.toString()).hasSize(code.split(" *// tag::\\w", -1).length - 1);
        }
        return regions;
    }

    @Test
    void everyJavaBlockIsCodeThatRunsAndAllOfItIsShownOnce() throws IOException {
        assertThat(blocks("java")).containsExactlyInAnyOrderElementsOf(regions().values());
    }

    @Test
    void everyConfigurationFileIsOneThatIsRead() throws IOException {
        List<String> files = files(CONFIGURATION, ".yaml").stream().map(SpringDocumentTests::read).toList();
        assertThat(blocks("yaml")).containsExactlyInAnyOrderElementsOf(files);
    }

    @Test
    void nothingElseIsShownUnseen() throws IOException {
        Matcher matcher = BLOCK.matcher(Files.readString(DOCUMENT));
        while (matcher.find()) {
            assertThat(matcher.group(1)).as(matcher.group(2)).isIn("java", "yaml", "xml", "kotlin", "text");
        }
    }

    private static String read(Path file) {
        try {
            return normalized(Files.readString(file));
        }
        catch (IOException ex) {
            throw new java.io.UncheckedIOException(ex);
        }
    }

}
