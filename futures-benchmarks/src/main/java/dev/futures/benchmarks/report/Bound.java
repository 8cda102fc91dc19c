// SPDX-License-Identifier: Apache-2.0

package dev.futures.benchmarks.report;

import org.jspecify.annotations.Nullable;

/**
 * What is promised of a score, either as its ratio to somebody else's of the same round
 * or as such.
 *
 * @param peer the id of the contestant whose score ours is divided by, or {@code null} to
 * take ours as it is
 * @param most whether the limit is an upper one
 * @param limit the limit, which itself is within the bound
 */
record Bound(@Nullable String peer, boolean most, double limit) {

    static Bound atMost(double limit, String peer) {
        return new Bound(peer, true, limit);
    }

    static Bound atLeast(double limit, String peer) {
        return new Bound(peer, false, limit);
    }

    static Bound atMost(double limit) {
        return new Bound(null, true, limit);
    }

    static Bound atLeast(double limit) {
        return new Bound(null, false, limit);
    }

    boolean isMetBy(double value) {
        return this.most ? value <= this.limit : value >= this.limit;
    }

    /**
     * Returns by what part of the limit a value misses it. Nothing is a part of a limit
     * of zero, so what misses that does so by an infinite part.
     * @param value the value
     * @return the part, 0.1 for a tenth; not positive if it is met
     */
    double shortfall(double value) {
        if (this.limit == 0) {
            return isMetBy(value) ? 0 : Double.POSITIVE_INFINITY;
        }
        return this.most ? value / this.limit - 1 : 1 - value / this.limit;
    }

}
