// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.time.Duration;

import dev.futures.pool.PoolExecutor;

import org.springframework.beans.factory.config.DestructionAwareBeanPostProcessor;

/**
 * Bounds the closing of pools: by then their tasks have had their time, and a thread that
 * does not listen must not keep the application from ending.
 */
final class PoolCloser implements DestructionAwareBeanPostProcessor {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    @Override
    public void postProcessBeforeDestruction(Object bean, String beanName) {
        ((PoolExecutor) bean).close(PATIENCE);
    }

    @Override
    public boolean requiresDestruction(Object bean) {
        return bean instanceof PoolExecutor;
    }

}
