// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring;

import java.util.Collection;
import java.util.Comparator;

import org.jspecify.annotations.Nullable;

/**
 * Finds what somebody may have meant who misspelt a name. For the messages of this
 * module.
 */
public final class NearestName {

    private NearestName() {
    }

    /**
     * Returns the name that is most like a given one.
     * @param name the name that does not exist
     * @param known those that do
     * @return the nearest, or {@code null} if none is alike
     */
    public static @Nullable String of(String name, Collection<String> known) {
        return known.stream()
            .filter((each) -> distance(name, each) <= 1 + each.length() / 4)
            .min(Comparator.comparingInt((each) -> distance(name, each)))
            .orElse(null);
    }

    /** How many letters have to be added, removed, changed or swapped with the next. */
    private static int distance(String one, String other) {
        int[][] costs = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                costs[i][j] = (i == 0 || j == 0) ? i + j : cost(costs, i, j, one, other);
            }
        }
        return costs[one.length()][other.length()];
    }

    /** How much it costs to have the first letters of both, given that of fewer. */
    private static int cost(int[][] costs, int i, int j, String one, String other) {
        boolean same = one.charAt(i - 1) == other.charAt(j - 1);
        int cost = Math.min(costs[i - 1][j - 1] + (same ? 0 : 1), 1 + Math.min(costs[i - 1][j], costs[i][j - 1]));
        boolean swapped = i > 1 && j > 1 && one.charAt(i - 1) == other.charAt(j - 2)
                && one.charAt(i - 2) == other.charAt(j - 1);
        return swapped ? Math.min(cost, costs[i - 2][j - 2] + 1) : cost;
    }

}
