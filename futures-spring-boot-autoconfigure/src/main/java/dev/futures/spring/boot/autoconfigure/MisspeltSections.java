// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import dev.futures.spring.NearestName;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.core.env.Environment;

/**
 * Finds properties that begin almost like ours. One that goes on like ours as well, such
 * as "futures.thread-pool.mail.max-workers", is refused. Any other may be that of the
 * application, and is only suspicious.
 */
final class MisspeltSections {

    private static final Set<String> SECTIONS = UnknownProperties.names(FuturesProperties.class);

    /**
     * The settings in each section that has some, with how many elements precede them.
     */
    private static final Map<String, Section> SETTINGS = Map.of("defaults",
            new Section(2, FuturesProperties.Defaults.class), "shutdown",
            new Section(2, FuturesProperties.Shutdown.class), "context",
            new Section(2, FuturesProperties.Context.class), "observations",
            new Section(2, FuturesProperties.Observations.class), "thread-pools",
            new Section(3, FuturesProperties.ThreadPool.class), "process-pools",
            new Section(3, FuturesProperties.ProcessPool.class));

    private MisspeltSections() {
    }

    /**
     * Refuses what is certainly meant for pools.
     * @param environment where to look, apart from system properties and variables
     * @param suspicions told about what may be that of somebody else
     */
    static void refuse(Environment environment, Consumer<String> suspicions) {
        Map<ConfigurationPropertyName, String> refused = new TreeMap<>();
        Set<String> suspicious = new TreeSet<>();
        UnboundElementsSourceFilter filter = new UnboundElementsSourceFilter();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource names && filter.apply(source)) {
                names.stream().filter(UnknownProperties.FUTURES::isAncestorOf).forEach((name) -> {
                    String nearest = nearest(name);
                    ConfigurationProperty property = (nearest != null) ? source.getConfigurationProperty(name) : null;
                    if (nearest != null && property != null) {
                        String hint = "; did you mean 'futures." + nearest + "'?";
                        if (isMeant(nearest, property)) {
                            refused.putIfAbsent(name, UnknownProperties.describe(property,
                                    "there is no 'futures." + section(name) + "'" + hint));
                        }
                        else {
                            suspicious.add("there is no property '" + name + "' of pools" + hint);
                        }
                    }
                });
            }
        }
        suspicious.forEach(suspicions);
        if (!refused.isEmpty()) {
            throw new InvalidPoolException(
                    "There are properties that do not exist:\n" + String.join("", refused.values()),
                    "Correct or remove them. The names are "
                            + SECTIONS.stream().map((each) -> "futures." + each).collect(Collectors.joining(", "))
                            + ".",
                    null);
        }
    }

    private static String section(ConfigurationPropertyName name) {
        return name.getElement(1, ConfigurationPropertyName.Form.DASHED);
    }

    /** Returns the section that a name may have been meant for, unless it is in that. */
    private static @Nullable String nearest(ConfigurationPropertyName name) {
        String nearest = NearestName.of(section(name), SECTIONS);
        if (nearest == null) {
            return null;
        }
        ConfigurationPropertyName section = UnknownProperties.FUTURES.append(nearest);
        return (section.equals(name) || section.isAncestorOf(name)) ? null : nearest;
    }

    private static boolean isMeant(String nearest, ConfigurationProperty property) {
        Section section = SETTINGS.get(nearest);
        return (section != null) ? section.has(property.getName()) : property.getName().getNumberOfElements() == 2
                && Set.of("true", "false").contains(String.valueOf(property.getValue()));
    }

    /**
     * A section with settings.
     *
     * @param depth how many elements of a full name come before that of the setting
     * @param type what it is bound to
     */
    private record Section(int depth, Class<?> type) {

        /** Whether a name goes on, in another section, with a setting of this one. */
        boolean has(ConfigurationPropertyName name) {
            if (name.getNumberOfElements() <= this.depth) {
                return false;
            }
            String setting = name.getElement(this.depth, ConfigurationPropertyName.Form.DASHED);
            Set<String> known = UnknownProperties.names(this.type)
                .stream()
                .map((each) -> each.replaceFirst("\\..*", ""))
                .collect(Collectors.toSet());
            return known.contains(setting) || NearestName.of(setting, known) != null;
        }

    }

}
