// SPDX-License-Identifier: Apache-2.0

package dev.futures.benchmarks.report;

import java.util.List;
import java.util.Locale;

/**
 * A promise, and what is measured to see whether it is kept.
 *
 * @param id what results and explanations are kept under
 * @param title what is measured
 * @param target the promise
 * @param remark what a reader has to know, or empty
 * @param measures the measures
 */
record Row(String id, String title, String target, String remark, List<Measure> measures) {

    static Row of(String id, String title, String target, String remark, Measure... measures) {
        return new Row(id, title, target, remark, List.of(measures));
    }

    /**
     * Returns whether this row is meant.
     * @param filter a part of its id, of its title or of the name of a benchmark
     * @return whether it is
     */
    boolean matches(String filter) {
        String part = filter.toLowerCase(Locale.ROOT);
        return this.id.contains(part) || this.title.toLowerCase(Locale.ROOT).contains(part) || this.measures.stream()
            .anyMatch((measure) -> measure.benchmark().toLowerCase(Locale.ROOT).contains(part));
    }

    /**
     * Returns what progress calls a contestant of one of the measures.
     * @param measure the measure
     * @param contestant the contestant
     * @return the words
     */
    String label(Measure measure, Contestant contestant) {
        String name = measure.name().isEmpty() ? "" : "; " + measure.name();
        return this.title + name + ": " + contestant.title();
    }

}
