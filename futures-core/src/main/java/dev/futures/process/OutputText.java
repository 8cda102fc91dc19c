// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.nio.charset.StandardCharsets;

/**
 * Makes text that is fit for a log of what a child has written, which nobody vouches for:
 * it can neither forge a line of the log nor talk to a terminal that shows it.
 */
final class OutputText {

    private static final char REPLACEMENT = '\ufffd';

    private OutputText() {
    }

    static String of(byte[] line) {
        String text = new String(line, StandardCharsets.UTF_8).stripTrailing();
        for (int i = 0; i < text.length(); i++) {
            if (!isHarmless(text.charAt(i))) {
                return replaced(text);
            }
        }
        return text;
    }

    private static String replaced(String text) {
        char[] characters = text.toCharArray();
        for (int i = 0; i < characters.length; i++) {
            if (!isHarmless(characters[i])) {
                characters[i] = REPLACEMENT;
            }
        }
        return new String(characters);
    }

    private static boolean isHarmless(char character) {
        if (Character.isISOControl(character)) {
            return character == '\t';
        }
        // separators of lines and paragraphs, and what reverses the direction of text
        boolean separator = character >= '\u2028' && character <= '\u202e';
        return !separator && (character < '\u2066' || character > '\u2069');
    }

}
