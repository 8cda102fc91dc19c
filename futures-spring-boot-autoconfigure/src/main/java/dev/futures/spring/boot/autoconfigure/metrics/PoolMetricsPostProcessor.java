// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure.metrics;

import dev.futures.pool.PoolExecutor;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.DestructionAwareBeanPostProcessor;

/**
 * Sees pools come and go, those included that are made late or by the application.
 * Prototypes are left alone: nobody says when they are done with.
 */
final class PoolMetricsPostProcessor implements DestructionAwareBeanPostProcessor {

    private final ObjectProvider<PoolMetrics> metrics;

    private final BeanFactory beans;

    PoolMetricsPostProcessor(ObjectProvider<PoolMetrics> metrics, BeanFactory beans) {
        this.metrics = metrics;
        this.beans = beans;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (bean instanceof PoolExecutor pool && this.beans.containsBean(beanName)
                && this.beans.isSingleton(beanName)) {
            this.metrics.ifAvailable((each) -> each.add(pool));
        }
        return bean;
    }

    @Override
    public void postProcessBeforeDestruction(Object bean, String beanName) {
        if (bean instanceof PoolExecutor pool) {
            this.metrics.ifAvailable((each) -> each.remove(pool));
        }
    }

    @Override
    public boolean requiresDestruction(Object bean) {
        return bean instanceof PoolExecutor;
    }

}
