// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;

/**
 * The beans of a context that have {@link SubmitAsync} methods, and what worker processes
 * need to call these: the classes of the beans themselves, and of what they depend on as
 * far as a class alone says how to make it. Nothing with advice is among the latter,
 * since the process would run it without. Classes are named, by bean name.
 */
final class Submitters {

    private final ConfigurableListableBeanFactory beans;

    private final AbsentMembers absentMembers;

    /** The beans whose methods name an executor, with their classes, by its name. */
    private final Map<String, Map<String, Class<?>>> byExecutor = new ConcurrentHashMap<>();

    /** The beans of which only a call tells the executor, with their classes. */
    private final Map<String, Class<?>> ofAny = new ConcurrentHashMap<>();

    private final Map<Class<?>, Set<String>> names = new ConcurrentHashMap<>();

    /** What a bean depends on is known, and fixed, once the bean is there. */
    private final Map<Class<?>, Map<String, String>> required = new ConcurrentHashMap<>();

    Submitters(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
        this.absentMembers = new AbsentMembers(beans);
    }

    /**
     * Takes note of a bean.
     * @param executor the name of the executor, or {@code null} if each call has its own
     */
    void add(@Nullable String executor, String beanName, Class<?> type) {
        this.names.computeIfAbsent(type, (key) -> ConcurrentHashMap.newKeySet()).add(beanName);
        if (executor != null) {
            this.byExecutor.computeIfAbsent(executor, (key) -> new ConcurrentHashMap<>()).put(beanName, type);
        }
        else {
            this.ofAny.put(beanName, type);
        }
    }

    /** Returns the beans whose methods are, or may be, submitted to an executor. */
    Map<String, String> of(String executor, boolean withDependencies) {
        Map<String, Class<?>> submitters = new HashMap<>(this.ofAny);
        submitters.putAll(this.byExecutor.getOrDefault(executor, Map.of()));
        Map<String, String> classes = new LinkedHashMap<>();
        submitters.forEach((name, type) -> {
            classes.put(name, type.getName());
            if (withDependencies) {
                addDependencies(this.beans, name, classes);
            }
        });
        if (withDependencies) {
            this.absentMembers.warn(executor, classes.keySet());
        }
        return classes;
    }

    /** Returns what is needed to call a bean of a class. */
    Map<String, String> requiredBy(Class<?> type) {
        Map<String, String> known = this.required.get(type);
        if (known == null) {
            // outside of the map, since the container has locks of its own
            known = dependenciesOf(type);
            this.required.put(type, known);
        }
        return known;
    }

    private Map<String, String> dependenciesOf(Class<?> type) {
        Map<String, String> classes = new LinkedHashMap<>();
        for (String name : this.names.getOrDefault(type, Set.of())) {
            classes.put(name, type.getName());
            addDependencies(this.beans, name, classes);
        }
        return Map.copyOf(classes);
    }

    private static void addDependencies(ConfigurableListableBeanFactory beans, String name,
            Map<String, String> classes) {
        for (String dependency : beans.getDependenciesForBean(name)) {
            ConfigurableListableBeanFactory owner = owner(beans, dependency);
            if (owner == null || classes.containsKey(dependency)) {
                continue;
            }
            Class<?> type = component(owner, dependency);
            if (type != null) {
                classes.put(dependency, type.getName());
                addDependencies(owner, dependency, classes);
            }
        }
    }

    /** Returns the factory, of this context or one above it, that makes a bean. */
    private static @Nullable ConfigurableListableBeanFactory owner(ConfigurableListableBeanFactory beans, String name) {
        BeanFactory current = beans;
        while (current instanceof ConfigurableListableBeanFactory factory) {
            if (factory.containsBeanDefinition(name)) {
                return factory;
            }
            current = factory.getParentBeanFactory();
        }
        return null;
    }

    private static @Nullable Class<?> component(ConfigurableListableBeanFactory beans, String name) {
        BeanDefinition definition = beans.getMergedBeanDefinition(name);
        Class<?> type = beans.getType(name, false);
        if (type == null || definition.getRole() != BeanDefinition.ROLE_APPLICATION
                || definition.getFactoryMethodName() != null || AopUtils.isAopProxy(beans.getSingleton(name))) {
            return null;
        }
        Class<?> userClass = ClassUtils.getUserClass(type);
        return isMadeFromItsClass(definition, userClass) ? userClass : null;
    }

    private static boolean isMadeFromItsClass(BeanDefinition definition, Class<?> type) {
        if (AnnotatedElementUtils.isAnnotated(type, ConfigurationProperties.class)) {
            return true;
        }
        boolean supplied = definition instanceof AbstractBeanDefinition known && known.getInstanceSupplier() != null;
        return !supplied && !FactoryBean.class.isAssignableFrom(type)
                && !AnnotatedElementUtils.isAnnotated(type, Configuration.class);
    }

}
