// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.futures.pool.PoolExecutor;

import org.springframework.beans.factory.config.DestructionAwareBeanPostProcessor;

/**
 * Bounds the closing of pools: by then their tasks have had their time, and a thread that
 * does not listen must not keep the application from ending. Pools that users declare
 * have a destroy method of their own.
 */
final class PoolCloser implements DestructionAwareBeanPostProcessor {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Set<PoolExecutor> pools = ConcurrentHashMap.newKeySet();

    /** Takes charge of a pool. */
    void add(PoolExecutor pool) {
        this.pools.add(pool);
    }

    @Override
    public void postProcessBeforeDestruction(Object bean, String beanName) {
        if (bean instanceof PoolExecutor pool && this.pools.remove(pool)) {
            pool.close(PATIENCE);
        }
    }

    @Override
    public boolean requiresDestruction(Object bean) {
        return bean instanceof PoolExecutor pool && this.pools.contains(pool);
    }

}
