// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.io.ObjectInputFilter;
import java.util.regex.Pattern;

import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * Makes a deserialization filter of a text. The JDK takes whatever does not look like a
 * pattern for the name of a class that never comes, so that an allow-list with commas
 * allows nothing and one that ends in " !*" refuses nothing.
 */
final class SerialFilterPattern {

    /** As in "maxdepth=20": the JDK refuses one that it does not know. */
    private static final Pattern LIMIT = Pattern.compile("[^=]*=.*");

    /** As in "com.example.Page", "!com.example.**" and "java.base/*". */
    private static final Pattern CLASSES = Pattern
        .compile("!?([^\\s/,;!*]+/)?(\\*|(NAME\\.)*NAME\\*?|(NAME\\.)+\\*\\*?)".replace("NAME",
                "\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*"));

    private SerialFilterPattern() {
    }

    /**
     * Returns the filter.
     * @throws IllegalArgumentException if part of the text is no pattern
     */
    static ObjectInputFilter parse(String text) {
        // without any pattern there would be no filter at all
        Assert.isTrue(StringUtils.hasText(text), "serialFilter must not be empty; leave it out for the default");
        ObjectInputFilter filter = create(text);
        for (String pattern : text.split(";", -1)) {
            Assert.isTrue(pattern.isEmpty() || LIMIT.matcher(pattern).matches() || CLASSES.matcher(pattern).matches(),
                    () -> "serialFilter must be patterns of jdk.serialFilter, separated by ';' and without blanks, but '"
                            + pattern + "' matches no class");
        }
        Assert.notNull(filter, "serialFilter must have a pattern but was '" + text + "'");
        return filter;
    }

    private static ObjectInputFilter create(String text) {
        try {
            return ObjectInputFilter.Config.createFilter(text);
        }
        catch (IllegalArgumentException ex) {
            throw new IllegalArgumentException(
                    "serialFilter must be a pattern of jdk.serialFilter but was '" + text + "': " + ex.getMessage(),
                    ex);
        }
    }

}
