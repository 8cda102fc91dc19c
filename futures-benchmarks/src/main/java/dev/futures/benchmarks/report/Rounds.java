// SPDX-License-Identifier: Apache-2.0

package dev.futures.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.openjdk.jmh.runner.RunnerException;

/**
 * Measures in rounds. In each of them every contestant of a measure has its turn, one
 * after the other and another one first, so whatever the machine does meanwhile concerns
 * them all, and scores of one round can be compared.
 */
final class Rounds {

    static final Path DIRECTORY = Path.of("futures-benchmarks", "target", "benchmarks");

    private final List<Row> rows;

    private final Path file = DIRECTORY.resolve(Runtime.version().feature() + ".json");

    private final Map<Measure, Results.Scores> scores = new LinkedHashMap<>();

    private final Map<Row, Duration> elapsed = new LinkedHashMap<>();

    private Rounds(List<Row> rows) {
        this.rows = rows;
    }

    /**
     * Measures and exits, with 1 if a benchmark throws something. What there is already
     * of other measures is kept, and each round is written as it ends. The system
     * property {@code rounds} says how many there are.
     * @param args nothing for all rows, or what {@link Rows#chosen} takes
     * @throws RunnerException if a benchmark throws something
     * @throws IOException if the results cannot be read or written
     */
    public static void main(String[] args) throws RunnerException, IOException {
        Rounds rounds = new Rounds(Rows.chosen(args));
        int number = Integer.getInteger("rounds", 5);
        for (int round = 0; round < number; round++) {
            System.err.printf("Round %d of %d%n", round + 1, number);
            rounds.run(round);
        }
        rounds.sayElapsed();
    }

    private void run(int round) throws RunnerException, IOException {
        Runs runs = new Runs();
        for (Row row : this.rows) {
            long start = System.nanoTime();
            for (Measure measure : row.measures()) {
                run(runs, row, measure, round);
            }
            this.elapsed.merge(row, Duration.ofNanos(System.nanoTime() - start), Duration::plus);
        }
        Results before = Files.exists(this.file) ? Results.read(this.file) : Results.none();
        before.with(List.copyOf(this.scores.values())).write(this.file);
    }

    private void run(Runs runs, Row row, Measure measure, int round) throws RunnerException {
        Results.Scores scores = this.scores.computeIfAbsent(measure, (key) -> new Results.Scores(row.id(),
                measure.name(), LocalDate.now().toString(), new LinkedHashMap<>(), absences(measure)));
        for (Contestant contestant : inTurn(measure, scores, round)) {
            long start = System.nanoTime();
            double score = runs.measured(measure, contestant);
            scores.rounds().computeIfAbsent(contestant.id(), (id) -> new ArrayList<>()).add(score);
            System.err.printf("%s: %s %s, took %.1f s%n", row.label(measure, contestant), Spread.number(score),
                    measure.unit(), (System.nanoTime() - start) / 1e9);
        }
    }

    private static Map<String, String> absences(Measure measure) {
        Map<String, String> absences = new LinkedHashMap<>();
        for (Contestant contestant : measure.contestants()) {
            measure.absence(contestant).ifPresent((reason) -> absences.put(contestant.id(), reason));
        }
        return absences;
    }

    private static List<Contestant> inTurn(Measure measure, Results.Scores scores, int round) {
        List<Contestant> present = new ArrayList<>(measure.contestants());
        present.removeIf((contestant) -> scores.absences().containsKey(contestant.id()));
        Collections.rotate(present, -round);
        return present;
    }

    private void sayElapsed() {
        this.elapsed.forEach((row, time) -> System.err.printf("%5d s  %s%n", time.toSeconds(), row.id()));
        System.err.printf("%5d s  altogether%n",
                this.elapsed.values().stream().reduce(Duration.ZERO, Duration::plus).toSeconds());
    }

}
