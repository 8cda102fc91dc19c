// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.worker;

import java.util.Map;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.BeansException;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.util.ClassUtils;

/**
 * The beans of a worker process that no configuration class declares. Each is made from
 * its class; configuration properties are bound. They are made ahead of the first call,
 * but one that cannot be made fails only the calls that need it.
 */
final class WorkerComponents {

    private static final Log logger = LogFactory.getLog(WorkerComponents.class);

    private WorkerComponents() {
    }

    /** Adds beans, except those of a type that is there. */
    static void register(ConfigurableApplicationContext context, Map<String, String> components) {
        ConfigurableListableBeanFactory beans = context.getBeanFactory();
        add(context, components);
        for (String name : components.keySet()) {
            if (beans.containsBeanDefinition(name) && !beans.getBeanDefinition(name).isLazyInit()) {
                make(beans, name);
            }
        }
    }

    private static void add(ConfigurableApplicationContext context, Map<String, String> components) {
        components.forEach((name, className) -> {
            try {
                register(context, context.getBeanFactory(), name,
                        ClassUtils.forName(className, Thread.currentThread().getContextClassLoader()));
            }
            catch (ClassNotFoundException | LinkageError ex) {
                // whoever needs it will say so
                logger.debug("class " + className + " of bean '" + name + "' is not there", ex);
            }
        });
    }

    private static void register(ConfigurableApplicationContext context, ConfigurableListableBeanFactory beans,
            String name, Class<?> type) {
        if (beans.getBeanNamesForType(type, true, false).length > 0 || beans.containsBean(name)) {
            return;
        }
        MergedAnnotation<ConfigurationProperties> properties = MergedAnnotations
            .from(type, MergedAnnotations.SearchStrategy.TYPE_HIERARCHY)
            .get(ConfigurationProperties.class);
        AnnotatedBeanDefinitionReader reader = new AnnotatedBeanDefinitionReader((BeanDefinitionRegistry) context,
                context.getEnvironment());
        if (properties.isPresent()) {
            registerProperties(reader, context, name, type, properties.getString("prefix"));
        }
        else {
            reader.registerBean(type, name);
        }
    }

    private static <T> void registerProperties(AnnotatedBeanDefinitionReader reader,
            ConfigurableApplicationContext context, String name, Class<T> type, String prefix) {
        reader.registerBean(type, name, () -> Binder.get(context.getEnvironment()).bindOrCreate(prefix, type));
    }

    private static void make(ConfigurableListableBeanFactory beans, String name) {
        try {
            beans.getBean(name);
        }
        catch (BeansException ex) {
            logger.debug("bean '" + name + "' cannot be made ahead of its first call", ex);
        }
    }

    /**
     * Returns the bean of a class, which is made from it if there is none.
     * @param components the class names of what it needs, by bean name
     * @param pool the name of the pool, or an empty text if it is not made from
     * properties
     * @throws IllegalStateException if it cannot be made
     */
    static synchronized Object get(ConfigurableApplicationContext context, Class<?> type,
            Map<String, String> components, String pool) {
        try {
            if (context.getBeanNamesForType(type).length == 0) {
                add(context, components);
            }
            if (context.getBeanNamesForType(type).length == 0) {
                new AnnotatedBeanDefinitionReader((BeanDefinitionRegistry) context).registerBean(type);
            }
            return context.getBean(type);
        }
        catch (BeansException ex) {
            // without the cause, which may not be able to travel
            throw new IllegalStateException("a worker process could not make a bean of " + type.getName() + ": "
                    + ex.getMessage() + "; declare what it needs in configuration classes, and " + whereTo(pool)
                    + " (only components and configuration properties without advice are found without that)");
        }
    }

    private static String whereTo(String pool) {
        return pool.isEmpty() ? "make the pool from properties, which can name them"
                : "name them in the property 'futures.process-pools." + pool + ".worker.configuration-classes'";
    }

}
