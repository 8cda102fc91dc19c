// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import org.jspecify.annotations.Nullable;

/**
 * How far a running task has come, in its own words.
 *
 * @param fraction how much is done, from 0 to 1, or {@code null} if the task cannot tell;
 * what is out of range by a rounding error, at most 0.000001, is 0 or 1
 * @param text what it is doing, or {@code null}; what is longer than {@value #MAX_TEXT}
 * characters is cut
 */
public record TaskProgress(@Nullable Double fraction, @Nullable String text) {

    /** How many characters of the text are kept. */
    public static final int MAX_TEXT = 500;

    /** By how much sums of fractions may miss the range. */
    private static final double ROUNDING_ERROR = 1e-6;

    /**
     * Checks the fraction and cuts the text.
     * @param fraction how much is done, from 0 to 1
     * @param text what the task is doing
     * @throws IllegalArgumentException if the fraction is out of range by more than a
     * rounding error, or no number
     */
    public TaskProgress {
        if (fraction != null) {
            if (!(fraction >= -ROUNDING_ERROR && fraction <= 1 + ROUNDING_ERROR)) {
                throw new IllegalArgumentException("fraction must be in [0, 1] but was " + fraction);
            }
            fraction = Math.max(0.0, Math.min(fraction, 1.0));
        }
        if (text != null && text.length() > MAX_TEXT) {
            text = text.substring(0, Character.isHighSurrogate(text.charAt(MAX_TEXT - 1)) ? MAX_TEXT - 1 : MAX_TEXT);
        }
    }

}
