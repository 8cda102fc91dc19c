// SPDX-License-Identifier: Apache-2.0

package dev.futures.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds all documents to what there is: what they link to, and the tests and Maven
 * profiles that they name.
 */
class DocumentReferenceTests {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    /** What is code is not a link, though it may look like one. */
    private static final Pattern CODE = Pattern.compile("```.*?```|`[^`\\n]*`", Pattern.DOTALL);

    private static final Pattern LINK = Pattern.compile("]\\(<?([^)\\s>]+)");

    private static final Pattern DEFINITION = Pattern.compile("^\\[[^]]+]: *(\\S+)", Pattern.MULTILINE);

    private static final Pattern ELSEWHERE = Pattern.compile("[a-z]+:.*");

    private static final Pattern HEADING = Pattern.compile("^#+ +(.*?)[ #]*$", Pattern.MULTILINE);

    private static final Pattern TEST = Pattern.compile("\\b[A-Z]\\w*(?:Tests|Fuzz|Contract|Stress)\\b");

    private static final Pattern PROFILE = Pattern
        .compile("(?:(?<!\\w)-P *|\\bprofiles? `|`(?=[\\w-]+` profile))([\\w-]+(?:,[\\w-]+)*)");

    private static final Pattern PROFILE_ID = Pattern.compile("<profile>\\s*<id>([^<]+)</id>");

    private static List<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>(
                List.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md"), ROOT.resolve("CHANGELOG.md")));
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            docs.filter((file) -> file.toString().endsWith(".md")).sorted().forEach(documents::add);
        }
        return documents;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static Stream<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map((match) -> match.group(match.groupCount()));
    }

    private static List<String> links(String text) {
        String prose = CODE.matcher(text).replaceAll("");
        return Stream.concat(all(LINK, prose), all(DEFINITION, prose))
            .filter((link) -> !ELSEWHERE.matcher(link).matches())
            .toList();
    }

    /** Whether a link of a document leads somewhere, without leaving the project. */
    private static boolean leadsSomewhere(Path document, String link) {
        String[] parts = link.split("#", 2);
        Path file = parts[0].isEmpty() ? document : document.resolveSibling(parts[0]).normalize();
        if (!file.startsWith(ROOT) || !Files.exists(file)) {
            return false;
        }
        return parts.length == 1 || anchors(read(file)).contains(parts[1]);
    }

    /** The names that a browser of the repository gives to headings. */
    private static Set<String> anchors(String text) {
        Map<String, Integer> seen = new HashMap<>();
        return HEADING.matcher(text.replaceAll("(?s)```.*?```", "")).results().map((heading) -> {
            String name = heading.group(1)
                .replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                .replace(' ', '-');
            int earlier = seen.merge(name, 1, Integer::sum) - 1;
            return (earlier == 0) ? name : name + "-" + earlier;
        }).collect(Collectors.toSet());
    }

    private static Set<String> testClasses() throws IOException {
        Set<String> names = new TreeSet<>();
        for (Path sources : sources()) {
            try (Stream<Path> files = Files.walk(sources)) {
                files.map((file) -> file.getFileName().toString())
                    .filter((name) -> name.endsWith(".java"))
                    .map((name) -> name.substring(0, name.length() - ".java".length()))
                    .forEach(names::add);
            }
        }
        return names;
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> modules = Files.list(ROOT)) {
            return modules
                .flatMap((module) -> Stream.of(module.resolve("src/test/java"), module.resolve("src/jcstress/java")))
                .filter(Files::isDirectory)
                .toList();
        }
    }

    /** Those of Python, which the table of parity names. */
    private static Set<String> foreignTests() throws IOException {
        try (var in = DocumentReferenceTests.class.getResourceAsStream("/parity/python-tests.txt")) {
            return all(TEST, new String(in.readAllBytes(), StandardCharsets.UTF_8)).collect(Collectors.toSet());
        }
    }

    private static List<String> profiles(String text) {
        return all(PROFILE, text).flatMap((names) -> Stream.of(names.split(","))).toList();
    }

    private static Set<String> knownProfiles() throws IOException {
        try (Stream<Path> modules = Files.list(ROOT)) {
            return Stream.concat(Stream.of(ROOT), modules)
                .map((directory) -> directory.resolve("pom.xml"))
                .filter(Files::exists)
                .flatMap((pom) -> all(PROFILE_ID, read(pom)))
                .collect(Collectors.toSet());
        }
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        int links = 0;
        for (Path document : documents()) {
            for (String link : links(read(document))) {
                links++;
                assertThat(leadsSomewhere(document, link)).as("%s links to %s", document.getFileName(), link).isTrue();
            }
        }
        assertThat(links).isGreaterThan(20);
    }

    @Test
    void everyTestThatIsNamedExists() throws IOException {
        Set<String> known = testClasses();
        known.addAll(foreignTests());
        int names = 0;
        for (Path document : documents()) {
            for (MatchResult name : TEST.matcher(read(document)).results().toList()) {
                names++;
                assertThat(known).as("%s names it", document.getFileName()).contains(name.group());
            }
        }
        assertThat(names).isGreaterThan(20);
    }

    @Test
    void everyMavenProfileThatIsNamedExists() throws IOException {
        Set<String> named = new TreeSet<>();
        for (Path document : documents()) {
            List<String> profiles = profiles(read(document));
            named.addAll(profiles);
            assertThat(knownProfiles()).as("the profiles that %s names", document.getFileName()).containsAll(profiles);
        }
        assertThat(named).contains("concurrency", "reliability", "fuzz");
    }

    @Test
    void whatIsNotThereIsSeen() throws IOException {
        Path readme = ROOT.resolve("README.md");
        String text = "# A `b`: c!\n[one](docs/security.md#no) [two](LICENSE) `[three](x)` [four](https://y/)\n"
                + "# A b c\n[five]: #a-b-c-1\n";
        assertThat(links(text)).containsExactly("docs/security.md#no", "LICENSE", "#a-b-c-1");
        assertThat(anchors(text)).containsExactlyInAnyOrder("a-b-c", "a-b-c-1");
        assertThat(leadsSomewhere(readme, "LICENSE")).isTrue();
        assertThat(leadsSomewhere(readme, "docs/python-parity.md#differences")).isTrue();
        assertThat(leadsSomewhere(readme, "docs/python-parity.md#indifferences")).isFalse();
        assertThat(leadsSomewhere(readme, "docs/nothing.md")).isFalse();
        assertThat(leadsSomewhere(readme, "../" + ROOT.getFileName())).as("it is the project itself").isTrue();
        assertThat(leadsSomewhere(readme, "..")).as("it is not part of the project").isFalse();
        assertThat(profiles("mvnw -P one,two x; the profile `three`; the `four` profile; the profile runs"))
            .containsExactly("one", "two", "three", "four");
        assertThat(testClasses()).contains("FramesFuzz", "QueueStress", "SoakTests").doesNotContain("SoakTest");
    }

}
