// SPDX-License-Identifier: Apache-2.0

package dev.futures.benchmarks.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;

/**
 * The values of several rounds.
 *
 * @param values the values in ascending order
 */
record Spread(List<Double> values) {

    private static final MathContext THREE_DIGITS = new MathContext(3);

    static Spread of(List<Double> values) {
        return new Spread(values.stream().sorted().toList());
    }

    double median() {
        int middle = this.values.size() / 2;
        return (this.values.size() % 2 == 1) ? this.values.get(middle)
                : (this.values.get(middle - 1) + this.values.get(middle)) / 2;
    }

    @Override
    public String toString() {
        String median = number(median());
        if (this.values.size() == 1) {
            return median;
        }
        return "%s (%s..%s)".formatted(median, number(this.values.get(0)),
                number(this.values.get(this.values.size() - 1)));
    }

    /**
     * Returns a number as it is written in the document: with three digits, or all of
     * those before the point.
     * @param value the number
     * @return the text
     */
    static String number(double value) {
        if (!Double.isFinite(value)) {
            return "-"; // something divided by zero
        }
        if (Math.abs(value) >= 100) {
            return String.format(Locale.ROOT, "%,d", Math.round(value));
        }
        return new BigDecimal(value).round(THREE_DIGITS).stripTrailingZeros().toPlainString();
    }

}
