// SPDX-License-Identifier: Apache-2.0

package dev.futures.benchmarks.report;

import java.util.Optional;

/**
 * Says whether a bound is met.
 */
final class Verdict {

    private Verdict() {
    }

    /**
     * Returns what became of a row with one JDK: how far it misses the bound that it
     * misses most, if any.
     * @param row the row
     * @param results the results with that JDK
     * @return the words
     */
    static String of(Row row, Results results) {
        int bounds = 0;
        int missed = 0;
        boolean complete = true;
        double most = 0;
        for (Measure measure : row.measures()) {
            for (Bound bound : measure.bounds()) {
                Optional<Spread> spread = spread(row, measure, bound, results);
                double shortfall = spread.map((values) -> bound.shortfall(values.median())).orElse(0.0);
                boolean met = spread.map((values) -> bound.isMetBy(values.median())).orElse(true);
                bounds++;
                missed += met ? 0 : 1;
                most = met ? most : Math.max(most, shortfall);
                complete &= spread.isPresent();
            }
        }
        if (missed > 0) {
            return "short%s (%d of %d bounds)".formatted(by(most), missed, bounds);
        }
        return complete ? "met" : "not measured";
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
        return spread(row, measure, bound, results).map((spread) -> of(bound, spread)).orElse("not measured");
    }

    private static Optional<Spread> spread(Row row, Measure measure, Bound bound, Results results) {
        return results.of(row, measure).flatMap((scores) -> scores.of(bound));
    }

    /** There is no part of a limit of zero. */
    private static String by(double shortfall) {
        return Double.isFinite(shortfall) ? " by " + Spread.number(100 * shortfall) + " %" : "";
    }

    private static String of(Bound bound, Spread spread) {
        if (!bound.isMetBy(spread.median())) {
            return spread + ": short" + by(bound.shortfall(spread.median()));
        }
        long rounds = spread.values().stream().filter(bound::isMetBy).count();
        return (rounds == spread.values().size()) ? spread + ": met"
                : "%s: met, but in %d of %d rounds only".formatted(spread, rounds, spread.values().size());
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
        return name + ((bound.limit() == 1) ? limit.replace("1", "that of ") : limit + " times that of ") + peer;
    }

}
