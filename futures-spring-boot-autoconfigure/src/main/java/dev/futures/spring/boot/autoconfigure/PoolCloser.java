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

    /** Longer than all pools of a context take that end with it. */
    private static final Duration OVER = Duration.ofMinutes(1);

    private final Set<PoolExecutor> pools = ConcurrentHashMap.newKeySet();

    // guarded by this; 0 if no pool was closed yet
    private long since;

    /** Takes charge of a pool. */
    void add(PoolExecutor pool) {
        this.pools.add(pool);
    }

    @Override
    public void postProcessBeforeDestruction(Object bean, String beanName) {
        if (bean instanceof PoolExecutor pool && this.pools.remove(pool)) {
            pool.close(patience());
        }
    }

    /**
     * That of the first one and of all those that follow it: they end at the same time.
     */
    private synchronized Duration patience() {
        long now = System.nanoTime();
        if (this.since == 0 || now - this.since > OVER.toNanos()) {
            this.since = now;
        }
        return Duration.ofNanos(Math.max(0, PATIENCE.toNanos() - (now - this.since)));
    }

    @Override
    public boolean requiresDestruction(Object bean) {
        return bean instanceof PoolExecutor pool && this.pools.contains(pool);
    }

}
