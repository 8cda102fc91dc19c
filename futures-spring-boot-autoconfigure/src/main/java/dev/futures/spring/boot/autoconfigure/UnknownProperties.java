// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.beans.PropertyDescriptor;
import java.util.Set;
import java.util.TreeSet;

import dev.futures.spring.NearestName;

import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.Environment;

/**
 * Refuses properties that do not exist: a limit that is misspelt would be none. It looks
 * only at what begins as properties of pools do, since an application may have others
 * that begin with "futures.", and not at system properties and environment variables,
 * which may be there for another reason.
 */
final class UnknownProperties {

    static final ConfigurationPropertyName FUTURES = ConfigurationPropertyName.of("futures");

    /** Leaves out system properties and the environment. */
    private static final UnboundElementsSourceFilter FILTER = new UnboundElementsSourceFilter();

    private UnknownProperties() {
    }

    static void refuse(Environment environment) {
        refuse(environment, "futures.defaults", 2, FuturesProperties.Defaults.class);
        refuse(environment, "futures.shutdown", 2, FuturesProperties.Shutdown.class);
        refuse(environment, "futures.context", 2, FuturesProperties.Context.class);
        refuse(environment, "futures.observations", 2, FuturesProperties.Observations.class);
        refuse(environment, "futures.thread-pools", 3, FuturesProperties.ThreadPool.class);
        refuse(environment, "futures.process-pools", 3, FuturesProperties.ProcessPool.class);
    }

    /**
     * Whether there may be properties below a name. Most applications have few or none.
     */
    static boolean areThere(Environment environment, ConfigurationPropertyName name) {
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source.containsDescendantOf(name) != ConfigurationPropertyState.ABSENT) {
                return true;
            }
        }
        return false;
    }

    /**
     * Refuses what is unknown below a name.
     * @param depth how many elements of a full name come before that of the setting
     * @param type what has the settings
     */
    private static void refuse(Environment environment, String prefix, int depth, Class<?> type) {
        if (!areThere(environment, ConfigurationPropertyName.of(prefix))) {
            return;
        }
        Bindable<?> target = (depth > 2) ? Bindable.mapOf(String.class, type) : Bindable.of(type);
        try {
            Binder.get(environment).bind(prefix, target, new NoUnboundElementsBindHandler(BindHandler.DEFAULT, FILTER));
        }
        catch (BindException ex) {
            if (ex.getCause() instanceof UnboundConfigurationPropertiesException unbound) {
                throw unknown(unbound, depth, names(type));
            }
            throw ex;
        }
    }

    private static InvalidPoolException unknown(UnboundConfigurationPropertiesException unbound, int depth,
            Set<String> known) {
        StringBuilder message = new StringBuilder("There are properties that do not exist:\n");
        for (ConfigurationProperty property : unbound.getUnboundProperties()) {
            message.append(describe(property, reason(property.getName(), depth, known)));
        }
        return new InvalidPoolException(message.toString(),
                "Correct or remove them. The names are " + String.join(", ", known) + ".", unbound);
    }

    static String describe(ConfigurationProperty property, String reason) {
        Origin origin = property.getOrigin();
        return "\n    Property: " + property.getName() + ((origin != null) ? "\n    Origin: " + origin : "")
                + "\n    Reason: " + reason + '\n';
    }

    private static String reason(ConfigurationPropertyName name, int depth, Set<String> known) {
        String setting = (name.getNumberOfElements() > depth) ? name.subName(depth).toString() : name.toString();
        if (known.contains(setting)) {
            return "'" + setting + "' has no value, or is hidden by an empty value of its pool";
        }
        if (names(FuturesProperties.Defaults.class).contains(setting)) {
            return "'" + setting + "' is a setting of the other kind of pool";
        }
        String nearest = NearestName.of(setting, known);
        return "there is no '" + setting + "'" + ((nearest != null) ? "; did you mean '" + nearest + "'?" : "");
    }

    /** Returns the names of all settings of a class, also of those inside others. */
    static Set<String> names(Class<?> type) {
        Set<String> names = new TreeSet<>();
        for (PropertyDescriptor property : BeanUtils.getPropertyDescriptors(type)) {
            String name = DataObjectPropertyName.toDashedForm(property.getName());
            if (property.getPropertyType() == ProcessPoolProperties.Worker.class) {
                names(ProcessPoolProperties.Worker.class).forEach((each) -> names.add(name + "." + each));
            }
            else if (!property.getName().equals("class")) {
                names.add(name);
            }
        }
        return names;
    }

}
