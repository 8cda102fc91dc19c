// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.test;

import dev.futures.pool.PoolExecutor;
import dev.futures.spring.PoolDefinitions;
import dev.futures.test.ManualExecutor;
import dev.futures.thread.ThreadPoolExecutor;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;

/**
 * Puts a {@link ManualExecutor} in the place of each pool that was made from properties.
 */
final class ManualPools implements BeanFactoryPostProcessor {

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        BeanDefinitionRegistry registry = (BeanDefinitionRegistry) beans;
        for (String name : beans.getBeanNamesForType(PoolExecutor.class, true, false)) {
            if (registry.containsBeanDefinition(name)
                    && PoolDefinitions.isFromProperties(registry.getBeanDefinition(name))) {
                boolean threads = beans.isTypeMatch(name, ThreadPoolExecutor.class);
                BeanDefinition manual = manual(name, registry.getBeanDefinition(name), threads);
                // which works even where definitions must not be overridden
                registry.removeBeanDefinition(name);
                registry.registerBeanDefinition(name, manual);
            }
        }
    }

    private static BeanDefinition manual(String name, BeanDefinition pool, boolean threads) {
        RootBeanDefinition manual = new RootBeanDefinition(ManualExecutor.class);
        manual.getConstructorArgumentValues().addIndexedArgumentValue(0, name);
        manual.setPrimary(pool.isPrimary());
        manual.setFallback(pool.isFallback());
        manual.setAutowireCandidate(pool.isAutowireCandidate());
        manual.setLazyInit(pool.isLazyInit());
        if (pool instanceof AbstractBeanDefinition definition) {
            manual.setDefaultCandidate(definition.isDefaultCandidate());
            manual.copyQualifiersFrom(definition);
        }
        // close() would run what waits, when the beans that it needs are gone
        manual.setDestroyMethodName("cancelAll");
        if (threads) {
            // for @SubmitAsync without a name, which looks for the thread pool
            manual.setAttribute(ThreadPoolExecutor.class.getName(), true);
        }
        return manual;
    }

}
