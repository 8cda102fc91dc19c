// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds docs/python-parity.md to what there is, here and in Python.
 */
class PythonParityTests {

    private static final Path MODULE = Path.of("").toAbsolutePath();

    private static final Path DOCS = MODULE.resolveSibling("docs");

    private static final String TESTS = "Tests";

    private static final String RULES = "Rules";

    private static final String DIFFERENCES = "Differences";

    private static final String ADDITIONS = "Additions";

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private static final Pattern TEST = Pattern.compile("\\w+(?:Tests|Contract)\\.\\w+");

    private static final Pattern NAME = Pattern.compile("([A-Z]\\w*(?:\\.\\w+)*)(?:\\(.*\\))?");

    private static final Pattern DIFFERENCE = Pattern.compile("difference (\\d+)");

    /** Where a class that is named without its package may be. */
    private static final List<String> PACKAGES = List.of("java.lang.", "java.util.", "java.util.concurrent.",
            "java.util.function.", "java.time.", "java.io.");

    /** The tables of the document, by heading: the cells of each row that has some. */
    private static final Map<String, List<List<String>>> tables = tables();

    private static final Map<String, Class<?>> ownClasses = classes(MODULE.resolve("target/classes"));

    private static final Map<String, Class<?>> testClasses = classes(MODULE.resolve("target/test-classes"));

    private static Map<String, List<List<String>>> tables() {
        Map<String, List<List<String>>> found = new HashMap<>();
        String heading = "";
        for (String line : read(DOCS.resolve("python-parity.md"))) {
            if (line.startsWith("## ")) {
                heading = line.substring(3);
            }
            // the first two lines of a table are its head
            if (line.startsWith("| ")) {
                List<String> cells = Stream.of(line.substring(1, line.lastIndexOf('|')).split("\\|", -1))
                    .map(String::strip)
                    .toList();
                found.computeIfAbsent(heading, (key) -> new ArrayList<>()).add(cells);
            }
        }
        found.values().forEach((rows) -> rows.subList(0, 2).clear());
        found.values().forEach((rows) -> rows.removeIf(PythonParityTests::isCaption));
        return found;
    }

    private static boolean isCaption(List<String> row) {
        return row.stream().filter((cell) -> !cell.isEmpty()).allMatch((cell) -> cell.startsWith("*"));
    }

    private static List<String> read(Path file) {
        try {
            return Files.readAllLines(file);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static Map<String, Class<?>> classes(Path directory) {
        Map<String, Class<?>> found = new HashMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            files.map((file) -> directory.relativize(file).toString().replace('/', '.').replace('\\', '.'))
                .filter((name) -> name.startsWith("dev.futures.") && name.endsWith(".class"))
                .map((name) -> name.substring(0, name.length() - ".class".length()))
                .filter((name) -> !name.contains("$") && !name.endsWith("-info"))
                .map(PythonParityTests::load)
                .forEach((type) -> found.put(type.getSimpleName(), type));
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        return found;
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, PythonParityTests.class.getClassLoader());
        }
        catch (ClassNotFoundException ex) {
            throw new IllegalArgumentException(ex);
        }
    }

    private static List<String> column(String heading, int index) {
        return tables.get(heading).stream().map((row) -> row.get(index)).toList();
    }

    private static List<String> codeIn(String text) {
        return CODE.matcher(text).results().map((match) -> match.group(1)).toList();
    }

    private static List<String> expected(String resource) throws IOException {
        try (var in = PythonParityTests.class.getResourceAsStream("/parity/" + resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
                .filter((line) -> !line.startsWith("#"))
                .toList();
        }
    }

    private static String onlyCodeIn(String cell) {
        List<String> code = codeIn(cell);
        assertThat(code).as(cell).hasSize(1);
        return code.get(0);
    }

    @Test
    void everyNameOfPythonIsThereOnce() throws IOException {
        assertThat(column("Names", 0)).extracting(PythonParityTests::onlyCodeIn)
            .containsExactlyInAnyOrderElementsOf(expected("python-names.txt"));
    }

    @Test
    void everyTestOfPythonIsThereOnce() throws IOException {
        assertThat(expected("python-tests.txt")).hasSize(157).doesNotHaveDuplicates();
        assertThat(column(TESTS, 0)).extracting(PythonParityTests::onlyCodeIn)
            .containsExactlyInAnyOrderElementsOf(expected("python-tests.txt"));
    }

    @Test
    void everyRuleIsThereOnceAndInOrder() {
        List<String> ids = Stream.of("F17", "W9", "A6", "E1", "M10", "S2", "T13", "I6", "P22", "D11")
            .flatMap((last) -> IntStream.rangeClosed(1, Integer.parseInt(last.substring(1)))
                .mapToObj((number) -> last.charAt(0) + String.valueOf(number)))
            .toList();
        assertThat(column(RULES, 0)).containsExactlyElementsOf(ids);
        assertThat(column(RULES, 1)).doesNotContain("");
    }

    @Test
    void differencesAreNumbered() {
        List<String> numbers = column(DIFFERENCES, 0);
        assertThat(numbers).hasSizeGreaterThan(50)
            .containsExactlyElementsOf(IntStream.rangeClosed(1, numbers.size()).mapToObj(String::valueOf).toList());
    }

    @Test
    void everyRowSaysSomething() {
        for (String heading : List.of("Names", TESTS)) {
            for (List<String> row : tables.get(heading)) {
                assertThat(row).as(heading).hasSize(3);
                assertThat(row.get(1) + row.get(2)).as("%s: there is neither a counterpart nor a reason", row)
                    .isNotEmpty();
            }
        }
        for (List<String> row : tables.get(RULES)) {
            assertThat(row).hasSize(3);
            assertThat(testsIn(row.get(2)) + DIFFERENCE.matcher(row.get(2)).results().count())
                .as("%s: there is neither a test nor a difference", row)
                .isPositive();
        }
        for (List<String> row : tables.get(DIFFERENCES)) {
            assertThat(row).hasSize(5);
            assertThat(row.subList(0, 4)).doesNotContain("");
            assertThat(row.get(4)).isIn("", "removes it", "stays");
        }
        assertThat(tables.get(ADDITIONS)).allMatch((row) -> row.size() == 3 && testsIn(row.get(2)) > 0);
    }

    private static long testsIn(String cell) {
        return codeIn(cell).stream().filter((code) -> TEST.matcher(code).matches()).count();
    }

    @Test
    void everyDifferenceThatIsReferredToExists() {
        List<String> numbers = column(DIFFERENCES, 0);
        Pattern anyReference = Pattern.compile("differences? (\\d+)(?: (?:and|to) (\\d+))?");
        List<String> lines = new ArrayList<>(read(DOCS.resolve("python-parity.md")));
        lines.addAll(read(DOCS.resolve("coming-from-python.md")));
        for (String line : lines) {
            for (MatchResult reference : anyReference.matcher(line).results().toList()) {
                assertThat(numbers).as(line).contains(reference.group(1));
                assertThat(numbers).as(line)
                    .contains((reference.group(2) != null) ? reference.group(2) : reference.group(1));
            }
        }
    }

    @Test
    void everyTestThatIsNamedExists() {
        List<String> cells = new ArrayList<>(column(TESTS, 1));
        cells.addAll(column(RULES, 2));
        cells.addAll(column(ADDITIONS, 2));
        for (String cell : cells) {
            for (String code : codeIn(cell)) {
                assertThat(code).as(cell).matches(TEST);
                assertThat(isTest(code)).as("there is no test %s", code).isTrue();
            }
        }
    }

    private static boolean isTest(String code) {
        Class<?> type = testClasses.get(code.substring(0, code.indexOf('.')));
        String method = code.substring(code.indexOf('.') + 1);
        return type != null && methods(type)
            .anyMatch((each) -> each.getName().equals(method) && AnnotationSupport.isAnnotated(each, Testable.class));
    }

    private static Stream<Method> methods(Class<?> type) {
        return Stream.concat(Arrays.stream(type.getMethods()), Arrays.stream(type.getDeclaredMethods()));
    }

    @Test
    void everyNameOfOursExists() {
        List<String> cells = new ArrayList<>(column("Names", 1));
        cells.addAll(column("Names", 2));
        cells.addAll(column(DIFFERENCES, 2));
        cells.addAll(column(ADDITIONS, 0));
        cells.addAll(column(ADDITIONS, 1));
        int names = 0;
        for (String cell : cells) {
            for (String code : codeIn(cell)) {
                var name = NAME.matcher(code);
                if (name.matches()) {
                    names++;
                    assertThat(exists(name.group(1))).as("%s: there is no %s", cell, code).isTrue();
                }
            }
        }
        assertThat(names).isGreaterThan(100);
    }

    @Test
    void aNameThatDoesNotExistIsSeen() {
        assertThat(exists("Futures.wait")).isTrue();
        assertThat(exists("Futures.waitFor")).isFalse();
        assertThat(exists("Promises")).isFalse();
        assertThat(exists("ReturnWhen.LAST_COMPLETED")).isFalse();
        assertThat(exists("MapIterator")).as("it is not public").isFalse();
        assertThat(isTest("PythonParityTests.aNameThatDoesNotExistIsSeen")).isTrue();
        assertThat(isTest("PythonParityTests.exists")).as("it is no test").isFalse();
        assertThat(isTest("MapContract.resultsComeInAnyOrder")).isFalse();
    }

    private static boolean exists(String name) {
        String[] parts = name.split("\\.");
        Class<?> type = type(parts[0]);
        for (int i = 1; type != null && i < parts.length; i++) {
            String part = parts[i];
            if (i == parts.length - 1 && hasMember(type, part)) {
                return true;
            }
            type = Arrays.stream(type.getClasses())
                .filter((each) -> each.getSimpleName().equals(part))
                .findFirst()
                .orElse(null);
        }
        return type != null;
    }

    private static Class<?> type(String simpleName) {
        Class<?> own = ownClasses.get(simpleName);
        if (own != null) {
            return Modifier.isPublic(own.getModifiers()) ? own : null;
        }
        for (String prefix : PACKAGES) {
            try {
                return Class.forName(prefix + simpleName, false, null);
            }
            catch (ClassNotFoundException ex) {
                // then it is in another package
                continue;
            }
        }
        return null;
    }

    private static boolean hasMember(Class<?> type, String name) {
        return methods(type)
            .anyMatch((method) -> method.getName().equals(name)
                    && (Modifier.isPublic(method.getModifiers()) || Modifier.isProtected(method.getModifiers())))
                || Arrays.stream(type.getFields()).anyMatch((field) -> field.getName().equals(name));
    }

}
