// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.File;
import java.util.List;
import java.util.Map;

/**
 * Which variables of its parent's environment a child has.
 *
 * @param patterns names, or beginnings of names followed by an asterisk
 */
record InheritedVariables(List<String> patterns) {

    /** In no name, or taken from another way to write patterns or lists. */
    private static final String UNUSUAL = "=\0?[]!-,;:";

    static final InheritedVariables ALL = new InheritedVariables(List.of("*"));

    InheritedVariables {
        patterns = List.copyOf(patterns);
        patterns.forEach(InheritedVariables::check);
    }

    private static void check(String pattern) {
        int asterisk = pattern.indexOf('*');
        boolean odd = pattern.chars().anyMatch((each) -> UNUSUAL.indexOf(each) >= 0 || Character.isWhitespace(each));
        if (pattern.isEmpty() || odd || (asterisk >= 0 && asterisk < pattern.length() - 1)) {
            throw new IllegalArgumentException(
                    "inheritedVariables must be names, which may end with '*', such as PATH or LC_*, but there was '"
                            + pattern.replace("\0", "\\0") + "'");
        }
    }

    /** Removes from an environment what is not to be inherited. */
    void retainIn(Map<String, String> environment) {
        environment.keySet().removeIf((name) -> this.patterns.stream().noneMatch((pattern) -> matches(pattern, name)));
    }

    private static boolean matches(String pattern, String name) {
        boolean beginning = pattern.endsWith("*");
        int length = beginning ? pattern.length() - 1 : Math.max(pattern.length(), name.length());
        // Windows does not tell upper from lower case
        return pattern.regionMatches(File.separatorChar == '\\', 0, name, 0, length);
    }

}
