// SPDX-License-Identifier: Apache-2.0

package dev.futures.sample;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Makes a label of the name of an uploaded file. It is shown to people and written to
 * logs, and never part of a path.
 */
final class FileLabel {

    private static final int MAX_CHARACTERS = 255;

    private static final Pattern FOLDERS = Pattern.compile("^.*[/\\\\]", Pattern.DOTALL);

    /** Control characters, and those that change the direction of what is around. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\u2028-\\u202E\\u2066-\\u2069]+");

    private FileLabel() {
    }

    static String of(@Nullable String fileName) {
        String name = FOLDERS.matcher((fileName != null) ? fileName : "").replaceFirst("");
        String printable = UNPRINTABLE.matcher(name).replaceAll(" ").strip();
        if (printable.isEmpty()) {
            return "unnamed";
        }
        int characters = printable.codePointCount(0, printable.length());
        return (characters <= MAX_CHARACTERS) ? printable
                : printable.substring(0, printable.offsetByCodePoints(0, MAX_CHARACTERS));
    }

}
