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

    /** How many letters have to be added, removed or changed. */
    private static int distance(String one, String other) {
        int[] costs = new int[other.length() + 1];
        for (int j = 0; j < costs.length; j++) {
            costs[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = costs[0];
            costs[0] = i;
            for (int j = 1; j < costs.length; j++) {
                int changed = diagonal + ((one.charAt(i - 1) != other.charAt(j - 1)) ? 1 : 0);
                diagonal = costs[j];
                costs[j] = Math.min(changed, 1 + Math.min(costs[j - 1], costs[j]));
            }
        }
        return costs[other.length()];
    }

}
