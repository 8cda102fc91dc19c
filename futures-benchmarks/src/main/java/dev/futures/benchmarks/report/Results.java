// SPDX-License-Identifier: Apache-2.0

package dev.futures.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was measured with one JDK, and where.
 *
 * @param machine the machine
 * @param scores the scores of each measure
 */
record Results(Machine machine, List<Scores> scores) {

    private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    static Results none() {
        return new Results(Machine.here(), List.of());
    }

    static Results read(Path file) throws IOException {
        return JSON.readValue(Files.readString(file), Results.class);
    }

    void write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, JSON.writeValueAsString(this) + "\n");
    }

    /**
     * Returns these results with others of the same JDK, which replace those of the same
     * measures.
     * @param news the others
     * @return the results
     */
    Results with(List<Scores> news) {
        List<Scores> all = new ArrayList<>(this.scores);
        all.removeIf((old) -> news.stream().anyMatch((scores) -> scores.isOf(old.row(), old.measure())));
        all.addAll(news);
        return new Results(Machine.here(), all);
    }

    Optional<Scores> of(Row row, Measure measure) {
        return this.scores.stream().filter((scores) -> scores.isOf(row.id(), measure.name())).findFirst();
    }

    /**
     * The scores of one measure.
     *
     * @param row the id of its row
     * @param measure its name
     * @param date the day
     * @param rounds by the id of a contestant, its score in each round
     * @param absences by the id of a contestant that was left out, the reason
     */
    record Scores(String row, String measure, String date, Map<String, List<Double>> rounds,
            Map<String, String> absences) {

        boolean isOf(String row, String measure) {
            return this.row.equals(row) && this.measure.equals(measure);
        }

        Optional<Spread> of(String contestant) {
            return Optional.ofNullable(this.rounds.get(contestant)).map(Spread::of);
        }

        /**
         * Returns what a bound is about, in each round.
         * @param bound the bound
         * @return our scores or ratios, empty if we or the peer were left out
         */
        Optional<Spread> of(Bound bound) {
            return (bound.peer() != null) ? ratio(bound.peer()) : of(Contestant.FUTURES.id());
        }

        Optional<Spread> ratio(String peer) {
            List<Double> ours = this.rounds.get(Contestant.FUTURES.id());
            List<Double> theirs = this.rounds.get(peer);
            if (ours == null || theirs == null) {
                return Optional.empty();
            }
            List<Double> ratios = new ArrayList<>();
            for (int i = 0; i < ours.size(); i++) {
                ratios.add(ours.get(i) / theirs.get(i));
            }
            return Optional.of(Spread.of(ratios));
        }

    }

}
