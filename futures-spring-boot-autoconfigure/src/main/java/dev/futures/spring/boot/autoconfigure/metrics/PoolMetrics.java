// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure.metrics;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.futures.PoolListener;
import dev.futures.TaskInfo;
import dev.futures.pool.PoolExecutor;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Gives each pool its meters in each registry, whichever comes first, and takes them away
 * with the pool. Of several pools with the same name the first has the meters.
 */
final class PoolMetrics implements MeterBinder, PoolListener, SmartInitializingSingleton {

    private final ObjectProvider<MeterRegistry> registryBeans;

    private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();

    private final Map<String, PoolMeters> pools = new ConcurrentHashMap<>();

    PoolMetrics(ObjectProvider<MeterRegistry> registryBeans) {
        this.registryBeans = registryBeans;
    }

    /** Lazy registries would miss what happens until somebody looks at them. */
    @Override
    public void afterSingletonsInstantiated() {
        this.registryBeans.stream().forEach((registry) -> {
        });
    }

    // a pool that is added meanwhile finds the registry in the list, or is found here
    @Override
    public void bindTo(MeterRegistry registry) {
        this.registries.add(registry);
        this.pools.values().forEach((meters) -> meters.register(registry));
    }

    void add(PoolExecutor pool) {
        PoolMeters before = this.pools.get(pool.name());
        if (before != null && before.isOver()) {
            remove(before);
        }
        PoolMeters meters = new PoolMeters(pool, this::remove);
        if (this.pools.putIfAbsent(pool.name(), meters) == null) {
            this.registries.forEach(meters::register);
        }
    }

    void remove(PoolExecutor pool) {
        PoolMeters meters = this.pools.get(pool.name());
        if (meters != null && meters.isOf(pool)) {
            remove(meters);
        }
    }

    private void remove(PoolMeters meters) {
        if (this.pools.remove(meters.name(), meters)) {
            meters.remove();
        }
    }

    @Override
    public @Nullable TaskListener taskSubmitted(String pool, TaskInfo task) {
        PoolMeters meters = this.pools.get(pool);
        return (meters != null) ? new TaskTimes(meters) : null;
    }

}
