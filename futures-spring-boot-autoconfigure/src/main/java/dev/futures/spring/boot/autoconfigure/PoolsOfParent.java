// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import dev.futures.pool.PoolExecutor;
import dev.futures.spring.PoolDefinitions;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.core.env.Environment;

/**
 * Takes back the pools that a parent context has already. A child context inherits the
 * properties of its parent, and would otherwise have the same workers again. A registrar
 * cannot see the parent.
 */
final class PoolsOfParent implements BeanDefinitionRegistryPostProcessor {

    private final Environment environment;

    PoolsOfParent(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
        if (registry instanceof ConfigurableListableBeanFactory beans
                && beans.getParentBeanFactory() instanceof ListableBeanFactory parent) {
            PoolNames names = PoolNames.of(this.environment);
            names.all().forEach((name, type) -> {
                if (isOurs(registry, name) && has(parent, name, type, names.isDefault(name))) {
                    registry.removeBeanDefinition(name);
                }
            });
        }
    }

    private static boolean isOurs(BeanDefinitionRegistry registry, String name) {
        return registry.containsBeanDefinition(name)
                && PoolDefinitions.isFromProperties(registry.getBeanDefinition(name));
    }

    private static boolean has(BeanFactory parent, String name, Class<? extends PoolExecutor> type, boolean any) {
        if (any && parent instanceof ListableBeanFactory beans) {
            return BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, type, false, false).length > 0;
        }
        return parent.containsBean(name) && parent.isTypeMatch(name, type);
    }

}
