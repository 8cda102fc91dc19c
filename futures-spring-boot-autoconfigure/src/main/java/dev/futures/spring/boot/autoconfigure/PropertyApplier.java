// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.Environment;

/**
 * Applies the properties of one pool, each its own or else the inherited one, and says
 * which one it was that the builder refused.
 */
final class PropertyApplier {

    private static final String DEFAULTS = "futures.defaults.";

    /** What the name of a setting looks like in a builder, unless it is a single word. */
    private static final Pattern SETTING = Pattern.compile("(?<![\\w.:/'-])[a-z]+(?:[A-Z][a-z]*)+\\b");

    private final String pool;

    private final String prefix;

    private final Environment environment;

    private final Map<String, Applied> applied = new HashMap<>();

    /**
     * Creates an applier.
     * @param kind the part of the properties that the pool is in
     * @param name the name of the pool
     */
    PropertyApplier(String kind, String name, Environment environment) {
        this.pool = name;
        this.prefix = "futures." + kind + "." + name + ".";
        this.environment = environment;
    }

    /** Returns the property that decides a setting, given its name in the builder. */
    String property(String setting) {
        String property = DataObjectPropertyName.toDashedForm(setting);
        Applied known = this.applied.get(property);
        return (known != null) ? known.name() : this.prefix + property;
    }

    /** Gives a value, if there is one, to a setter that may refuse it. */
    <T> void apply(String property, String example, @Nullable T own, @Nullable T inherited, Consumer<T> setter) {
        with(this, property, example, own, inherited, (self, value) -> {
            setter.accept(value);
            return self;
        });
    }

    /** Returns the target with a value, if there is one, that it may refuse. */
    <S, T> S with(S target, String property, String example, @Nullable T own, @Nullable T inherited,
            BiFunction<S, T, S> setter) {
        T value = (own != null) ? own : inherited;
        if (value == null) {
            return target;
        }
        Applied current = new Applied(((own != null) ? this.prefix : DEFAULTS) + property, example, own == null);
        this.applied.put(property, current);
        try {
            return setter.apply(target, value);
        }
        catch (IllegalArgumentException | UnsupportedOperationException ex) {
            throw refused(current, "", ex);
        }
    }

    /**
     * Builds the pool, which checks what cannot be checked one by one; the message of a
     * refusal starts with what is refused.
     * @param customizer who has changed the builder as well, or an empty text
     */
    <P> P build(Supplier<P> builder, String customizer) {
        try {
            return builder.get();
        }
        catch (IllegalArgumentException ex) {
            String setting = String.valueOf(ex.getMessage()).replaceFirst(" .*", "");
            Applied culprit = this.applied.get(DataObjectPropertyName.toDashedForm(setting));
            if (culprit != null) {
                throw refused(culprit, customizer, ex);
            }
            throw new InvalidPoolException("The pool '" + this.pool + "' cannot be made: " + ex.getMessage(),
                    "Correct the properties '" + this.prefix + "*'" + orElse(customizer) + ".", ex);
        }
    }

    private InvalidPoolException refused(Applied refused, String customizer, RuntimeException cause) {
        StringBuilder message = new StringBuilder("The pool '").append(this.pool)
            .append("' cannot be made")
            .append(refused.inherited ? " with what it inherits" : "")
            .append(":\n\n    Property: ")
            .append(refused.name);
        Origin origin = origin(refused.name);
        if (origin != null) {
            message.append("\n    Origin: ").append(origin);
        }
        message.append("\n    Reason: ").append(inProperties(String.valueOf(cause.getMessage()))).append('\n');
        return new InvalidPoolException(message.toString(),
                "Set '" + refused.name + "' to a valid value, such as '" + refused.example + "'"
                        + (refused.inherited ? ", or give the pool one of its own" : "") + orElse(customizer) + ".",
                cause);
    }

    /** Returns a message of the builder with settings called as properties are. */
    private String inProperties(String message) {
        return SETTING.matcher(message).replaceAll((word) -> {
            String property = DataObjectPropertyName.toDashedForm(word.group());
            return (this.applied.containsKey(property) || property.equals("max-workers")) ? property : word.group();
        });
    }

    private static String orElse(String customizer) {
        return customizer.isEmpty() ? "" : ", or correct the " + customizer + " that changes it";
    }

    private @Nullable Origin origin(String name) {
        ConfigurationPropertyName canonical = ConfigurationPropertyName.adapt(name, '.');
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
            ConfigurationProperty property = source.getConfigurationProperty(canonical);
            if (property != null) {
                return property.getOrigin();
            }
        }
        return null;
    }

    /**
     * A property that was applied.
     *
     * @param name its full name
     * @param example a valid value
     * @param inherited whether it is that of all pools
     */
    private record Applied(String name, String example, boolean inherited) {

    }

}
