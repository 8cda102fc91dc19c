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

    /** Leaves out system properties and the environment. */
    private static final UnboundElementsSourceFilter FILTER = new UnboundElementsSourceFilter();

    private static final Set<String> DEFAULTS = names(FuturesProperties.Defaults.class);

    private UnknownProperties() {
    }

    static void refuse(Environment environment) {
        Binder binder = Binder.get(environment);
        refuse(binder, "futures.defaults", 2, Bindable.of(FuturesProperties.Defaults.class), DEFAULTS);
        refuse(binder, "futures.shutdown", 2, Bindable.of(FuturesProperties.Shutdown.class),
                names(FuturesProperties.Shutdown.class));
        refuse(binder, "futures.context", 2, Bindable.of(FuturesProperties.Context.class),
                names(FuturesProperties.Context.class));
        refuse(binder, "futures.thread-pools", 3, Bindable.mapOf(String.class, FuturesProperties.ThreadPool.class),
                names(FuturesProperties.ThreadPool.class));
        refuse(binder, "futures.process-pools", 3, Bindable.mapOf(String.class, FuturesProperties.ProcessPool.class),
                names(FuturesProperties.ProcessPool.class));
    }

    /**
     * Refuses what is unknown below a name.
     * @param depth how many elements of a full name come before that of the setting
     * @param known the names of the settings
     */
    private static void refuse(Binder binder, String prefix, int depth, Bindable<?> target, Set<String> known) {
        try {
            binder.bind(prefix, target, new NoUnboundElementsBindHandler(BindHandler.DEFAULT, FILTER));
        }
        catch (BindException ex) {
            if (ex.getCause() instanceof UnboundConfigurationPropertiesException unbound) {
                throw unknown(unbound, depth, known);
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
        if (DEFAULTS.contains(setting)) {
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
