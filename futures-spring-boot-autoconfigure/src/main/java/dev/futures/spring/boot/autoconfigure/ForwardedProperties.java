// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.CompositePropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;

/**
 * What a worker process cannot read for itself: the properties on the command line of the
 * application or in the code of a test, and those system properties that say which
 * configuration files it reads and what it logs. Other system properties are often about
 * the JVM that has them.
 */
final class ForwardedProperties {

    private static final List<String> SYSTEM_PREFIXES = List.of("spring.config.", "spring.profiles.", "logging.level.");

    /**
     * As Spring's test support calls its sources; that of the highest precedence last.
     */
    private static final List<String> TEST_SOURCES = List.of("Inlined Test Properties", "Dynamic Test Properties");

    private ForwardedProperties() {
    }

    static Map<String, String> of(Environment environment) {
        Map<String, String> properties = new LinkedHashMap<>();
        for (String name : System.getProperties().stringPropertyNames()) {
            if (SYSTEM_PREFIXES.stream().anyMatch(name::startsWith)) {
                properties.put(name, System.getProperty(name, ""));
            }
        }
        if (environment instanceof ConfigurableEnvironment configurable) {
            addCommandLine(configurable.getPropertySources(), properties);
            TEST_SOURCES.forEach((name) -> addAll(configurable.getPropertySources().get(name), properties));
        }
        return properties;
    }

    /**
     * The command line wins over system properties, and an earlier source over a later.
     */
    private static void addCommandLine(Iterable<PropertySource<?>> sources, Map<String, String> properties) {
        Map<String, String> commandLine = new LinkedHashMap<>();
        sources.forEach((source) -> collect(source, commandLine));
        properties.putAll(commandLine);
    }

    private static void addAll(@Nullable PropertySource<?> source, Map<String, String> properties) {
        if (source instanceof EnumerablePropertySource<?> known) {
            for (String name : known.getPropertyNames()) {
                properties.put(name, String.valueOf(known.getProperty(name)));
            }
        }
    }

    private static void collect(PropertySource<?> source, Map<String, String> commandLine) {
        if (source instanceof CompositePropertySource composite) {
            composite.getPropertySources().forEach((each) -> collect(each, commandLine));
        }
        if (source instanceof CommandLinePropertySource<?> options) {
            for (String name : options.getPropertyNames()) {
                commandLine.putIfAbsent(name, String.valueOf(options.getProperty(name)));
            }
        }
    }

}
