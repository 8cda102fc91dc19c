// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import org.jspecify.annotations.Nullable;

/**
 * How far a running task has come, in its own words.
 *
 * @param fraction how much is done, from 0 to 1, or {@code null} if the task cannot tell
 * @param text what it is doing, or {@code null}; what is longer than {@value #MAX_TEXT}
 * characters is cut
 */
public record TaskProgress(@Nullable Double fraction, @Nullable String text) {

    /** How many characters of the text are kept. */
    public static final int MAX_TEXT = 500;

    /**
     * Checks the fraction and cuts the text.
     * @param fraction how much is done, from 0 to 1
     * @param text what the task is doing
     * @throws IllegalArgumentException if the fraction is out of range
     */
    public TaskProgress {
        if (fraction != null && !(fraction >= 0 && fraction <= 1)) {
            throw new IllegalArgumentException("fraction must be in [0, 1] but was " + fraction);
        }
        if (text != null && text.length() > MAX_TEXT) {
            text = text.substring(0, Character.isHighSurrogate(text.charAt(MAX_TEXT - 1)) ? MAX_TEXT - 1 : MAX_TEXT);
        }
    }

}
