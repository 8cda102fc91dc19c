// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.json.JsonParserFactory;

/**
 * The metadata of this module's properties, as an IDE reads it.
 */
final class Metadata {

    private Metadata() {
    }

    /** Returns the properties of pools. */
    static List<Property> properties() {
        return section("properties").stream()
            .filter((each) -> ((String) each.get("name")).startsWith("futures."))
            .map((each) -> new Property((String) each.get("name"), (String) each.get("type"),
                    (String) each.get("description"), each.get("defaultValue")))
            .toList();
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> section(String name) {
        return (List<Map<String, Object>>) JsonParserFactory.getJsonParser().parseMap(text()).get(name);
    }

    private static String text() {
        String classFile = FuturesProperties.class.getName().replace('.', '/') + ".class";
        String location = FuturesProperties.class.getClassLoader().getResource(classFile).toString();
        String root = location.substring(0, location.length() - classFile.length());
        try (InputStream in = URI.create(root + "META-INF/spring-configuration-metadata.json").toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /**
     * A property.
     *
     * @param name its full name
     * @param type its type
     * @param description what it is for
     * @param defaultValue its default
     */
    record Property(String name, String type, @Nullable String description, @Nullable Object defaultValue) {

        String setting() {
            return this.name.substring(this.name.indexOf('.', "futures.".length()) + 1);
        }

        @Nullable String defaultText() {
            if (this.defaultValue instanceof List<?> list) {
                return String.join(",", list.stream().map(String::valueOf).toList());
            }
            return (this.defaultValue != null) ? this.defaultValue.toString() : null;
        }

    }

}
