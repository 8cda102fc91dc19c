// SPDX-License-Identifier: Apache-2.0

package dev.futures.benchmarks.processes;

import java.util.ArrayList;
import java.util.List;

/**
 * The median of what is added.
 */
final class Median {

    private final List<Double> values = new ArrayList<>();

    void clear() {
        this.values.clear();
    }

    void add(double value) {
        this.values.add(value);
    }

    /** Returns the median, or 0 if there is nothing. */
    double get() {
        List<Double> sorted = this.values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        if (sorted.size() % 2 == 1) {
            return sorted.get(middle);
        }
        return sorted.isEmpty() ? 0 : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

}
