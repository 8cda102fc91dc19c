// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.futures.spring.SubmitAsyncBeanPostProcessor;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;

/**
 * The classes that worker processes make beans of: those of the beans whose methods they
 * run, and of what these need as far as a class alone says how to make it. Nothing with
 * advice is among the latter, since the process would run it without.
 */
final class RequiredComponents {

    private final SubmitAsyncBeanPostProcessor submitters;

    private final ConfigurableListableBeanFactory beans;

    RequiredComponents(SubmitAsyncBeanPostProcessor submitters, ConfigurableListableBeanFactory beans) {
        this.submitters = submitters;
        this.beans = beans;
    }

    /** Returns the class names of beans whose methods the pool runs, by bean name. */
    Map<String, String> called(String pool) {
        Map<String, String> classes = new LinkedHashMap<>();
        this.submitters.submittersTo(pool).forEach((name, type) -> classes.put(name, type.getName()));
        return classes;
    }

    /** Returns these and the components that they need, directly or not. */
    Map<String, String> withDependencies(String pool) {
        Map<String, String> classes = new LinkedHashMap<>();
        this.submitters.submittersTo(pool).forEach((name, type) -> {
            classes.put(name, type.getName());
            addDependencies(name, classes);
        });
        return classes;
    }

    private void addDependencies(String name, Map<String, String> classes) {
        for (String dependency : this.beans.getDependenciesForBean(name)) {
            Class<?> type = classes.containsKey(dependency) ? null : component(dependency);
            if (type != null) {
                classes.put(dependency, type.getName());
                addDependencies(dependency, classes);
            }
        }
    }

    private @Nullable Class<?> component(String name) {
        if (!this.beans.containsBeanDefinition(name)) {
            return null;
        }
        BeanDefinition definition = this.beans.getMergedBeanDefinition(name);
        Class<?> type = this.beans.getType(name, false);
        if (type == null || definition.getRole() != BeanDefinition.ROLE_APPLICATION
                || definition.getFactoryMethodName() != null || AopUtils.isAopProxy(this.beans.getSingleton(name))) {
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
