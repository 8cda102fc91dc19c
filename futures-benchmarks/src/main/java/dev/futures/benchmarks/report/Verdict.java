// SPDX-License-Identifier: Apache-2.0

package dev.futures.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Says whether a bound is met.
 */
final class Verdict {

    private Verdict() {
    }

    /**
     * Returns what became of a row with one JDK.
     * @param row the row
     * @param results the results with that JDK
     * @return the words
     */
    static String of(Row row, Results results) {
        List<String> verdicts = new ArrayList<>();
        for (Measure measure : row.measures()) {
            for (Bound bound : measure.bounds()) {
                verdicts.add(of(row, measure, bound, results));
            }
        }
        if (verdicts.stream().allMatch((verdict) -> verdict.startsWith("met"))) {
            return "met";
        }
        return verdicts.stream().filter((verdict) -> verdict.startsWith("short")).findFirst().orElse("not measured");
    }

    /**
     * Returns what became of a bound with one JDK. It is met if the median is within it.
     * @param row the row
     * @param measure the measure
     * @param bound the bound
     * @param results the results with that JDK
     * @return the words
     */
    static String of(Row row, Measure measure, Bound bound, Results results) {
        return results.of(row, measure)
            .flatMap((scores) -> scores.of(bound))
            .map((spread) -> of(bound, spread))
            .orElse("not measured");
    }

    private static String of(Bound bound, Spread spread) {
        if (!bound.isMetBy(spread.median())) {
            return "short by " + Spread.number(100 * bound.shortfall(spread.median())) + " %: " + spread;
        }
        long rounds = spread.values().stream().filter(bound::isMetBy).count();
        return (rounds == spread.values().size()) ? "met: " + spread
                : "met in %d of %d rounds: %s".formatted(rounds, spread.values().size(), spread);
    }

    static String text(Measure measure, Bound bound) {
        String limit = (bound.most() ? "at most " : "at least ") + Spread.number(bound.limit());
        String name = measure.name().isEmpty() ? "" : measure.name() + ": ";
        if (bound.peer() == null) {
            return name + limit + " " + measure.unit();
        }
        String peer = measure.contestants()
            .stream()
            .filter((contestant) -> contestant.id().equals(bound.peer()))
            .map(Contestant::title)
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no contestant is called '" + bound.peer() + "'"));
        return name + limit + " times that of " + peer;
    }

}
