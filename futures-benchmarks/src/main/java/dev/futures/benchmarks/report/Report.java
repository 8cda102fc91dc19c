// SPDX-License-Identifier: Apache-2.0

package dev.futures.benchmarks.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes the document from the results of every JDK.
 */
final class Report {

    private static final Path DOCUMENT = Path.of("docs", "benchmarks.md");

    /** By JDK, the oldest one first. */
    private final Map<String, Results> results;

    private Report(Map<String, Results> results) {
        this.results = results;
    }

    /**
     * Writes the document.
     * @param args are ignored: the document always has all rows
     * @throws IOException if something cannot be read or written
     * @throws IllegalStateException if nothing has been measured
     */
    public static void main(String[] args) throws IOException {
        if (!Files.isDirectory(Rounds.DIRECTORY)) {
            throw new IllegalStateException("nothing has been measured, as there is no " + Rounds.DIRECTORY
                    + "; run futures-benchmarks/run full first");
        }
        Map<String, Results> results = new TreeMap<>(Comparator.comparingInt(Integer::parseInt));
        try (Stream<Path> files = Files.list(Rounds.DIRECTORY)) {
            for (Path file : files.filter((path) -> path.toString().endsWith(".json")).toList()) {
                results.put(file.getFileName().toString().replace(".json", ""), Results.read(file));
            }
        }
        Files.writeString(DOCUMENT, new Report(results).document(Rows.all()));
        System.err.println("Written: " + DOCUMENT);
    }

    private String document(List<Row> rows) {
        return text("benchmarks.md").orElseThrow()
            .replace("{machine}", machines())
            .replace("{summary}", summary(rows))
            .replace("{rows}", rows.stream().map(this::section).collect(Collectors.joining("\n")).stripTrailing());
    }

    private String machines() {
        StringBuilder table = head("| |", "| --- |", "JDK ");
        line(table, "JDK", (results) -> results.machine().jdk());
        line(table, "processors", (results) -> results.machine().cores() + " cores, " + results.machine().processor());
        line(table, "memory", (results) -> results.machine().memory() + " GiB");
        line(table, "system", (results) -> results.machine().system());
        line(table, "kernel", (results) -> results.machine().kernel());
        line(table, "CPython", (results) -> results.machine().python());
        line(table, "libraries", (results) -> results.machine().libraries());
        line(table, "rounds", Report::rounds);
        line(table, "date", Report::dates);
        return table.toString();
    }

    private void line(StringBuilder table, String title, Function<Results, String> text) {
        table.append("| ").append(title).append(" |");
        this.results.values().forEach((results) -> table.append(' ').append(text.apply(results)).append(" |"));
        table.append('\n');
    }

    private static String dates(Results results) {
        List<String> dates = results.scores().stream().map(Results.Scores::date).sorted().distinct().toList();
        return switch (dates.size()) {
            case 0 -> "nothing yet";
            case 1 -> dates.get(0);
            default -> dates.get(0) + " to " + dates.get(dates.size() - 1);
        };
    }

    private static String rounds(Results results) {
        IntSummaryStatistics rounds = results.scores()
            .stream()
            .flatMap((scores) -> scores.rounds().values().stream())
            .mapToInt(List::size)
            .summaryStatistics();
        return (rounds.getMin() == rounds.getMax()) ? String.valueOf(rounds.getMax())
                : "%d to %d".formatted(rounds.getMin(), rounds.getMax());
    }

    private String summary(List<Row> rows) {
        StringBuilder table = head("| what | promised |", "| --- | --- |", "JDK ");
        for (Row row : rows) {
            line(table, "[%s](#%s) | %s".formatted(row.title(), anchor(row.title()), row.target()),
                    (results) -> Verdict.of(row, results));
        }
        return table.toString();
    }

    private String section(Row row) {
        StringBuilder section = new StringBuilder("### ").append(row.title())
            .append("\n\nPromised: ")
            .append(row.target())
            .append(".\n\n");
        if (!row.remark().isEmpty()) {
            section.append(row.remark()).append("\n\n");
        }
        section.append(scores(row)).append('\n');
        if (row.measures().stream().anyMatch((measure) -> !measure.bounds().isEmpty())) {
            section.append(bounds(row));
        }
        explanation(row).ifPresent((text) -> section.append('\n').append(text));
        return section.toString();
    }

    /** What somebody has written about a row, such as why it falls short. */
    private static Optional<String> explanation(Row row) {
        return text("explanations/" + row.id() + ".md").map((text) -> text.strip() + "\n");
    }

    private static Optional<String> text(String resource) {
        try (InputStream input = Report.class.getResourceAsStream(resource)) {
            return (input != null) ? Optional.of(new String(input.readAllBytes(), StandardCharsets.UTF_8))
                    : Optional.empty();
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private StringBuilder scores(Row row) {
        StringBuilder table = new StringBuilder("| measured | by |");
        this.results.keySet().forEach((jdk) -> table.append(" JDK %s | ours to theirs |".formatted(jdk)));
        table.append("\n| --- | --- |").append(" --- | --- |".repeat(this.results.size())).append('\n');
        for (Measure measure : row.measures()) {
            String what = what(measure);
            for (Contestant contestant : measure.contestants()) {
                String name = contestant.equals(Contestant.FUTURES) ? "**" + contestant.title() + "**"
                        : contestant.title();
                line(table, what + " | " + name, (results) -> "%s | %s"
                    .formatted(score(results, row, measure, contestant), ratio(results, row, measure, contestant)));
                what = "";
            }
        }
        return table;
    }

    private static String what(Measure measure) {
        String name = (measure.name().isEmpty() || measure.name().equals(measure.unit())) ? "" : measure.name() + ", ";
        return "%s%s, %s is better".formatted(name, measure.unit(), measure.isRate() ? "more" : "less");
    }

    private static String score(Results results, Row row, Measure measure, Contestant contestant) {
        return results.of(row, measure)
            .map((scores) -> scores.of(contestant.id())
                .map(Spread::toString)
                .orElse("left out: " + scores.absences().getOrDefault(contestant.id(), "not measured yet")))
            .orElse("not measured");
    }

    private static String ratio(Results results, Row row, Measure measure, Contestant contestant) {
        if (contestant.equals(Contestant.FUTURES)) {
            return "";
        }
        return results.of(row, measure)
            .flatMap((scores) -> scores.ratio(contestant.id()))
            .map(Spread::toString)
            .orElse("");
    }

    private StringBuilder bounds(Row row) {
        StringBuilder table = head("| bound |", "| --- |", "JDK ");
        for (Measure measure : row.measures()) {
            for (Bound bound : measure.bounds()) {
                line(table, Verdict.text(measure, bound), (results) -> Verdict.of(row, measure, bound, results));
            }
        }
        return table;
    }

    private StringBuilder head(String titles, String dashes, String prefix) {
        StringBuilder table = new StringBuilder(titles);
        this.results.keySet().forEach((jdk) -> table.append(" %s%s |".formatted(prefix, jdk)));
        return table.append('\n').append(dashes).append(" --- |".repeat(this.results.size())).append('\n');
    }

    /** As GitHub does it. */
    private static String anchor(String title) {
        return title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 _-]", "").replace(' ', '-');
    }

}
