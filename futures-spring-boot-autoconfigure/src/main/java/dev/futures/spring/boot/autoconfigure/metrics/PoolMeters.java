// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import dev.futures.Outcome;
import dev.futures.PoolState;
import dev.futures.pool.PoolExecutor;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/**
 * The meters of one pool in all registries.
 */
final class PoolMeters {

    private final PoolExecutor pool;

    private final String kind;

    private final int minWorkers;

    private final Tags tags;

    /** Meters refer to it weakly. */
    private final Snapshot snapshot;

    private final Map<MeterRegistry, RegisteredMeters> registered = new ConcurrentHashMap<>();

    /**
     * Creates meters that are in no registry.
     * @param terminated called when the pool turns out to have ended, maybe more than
     * once
     */
    PoolMeters(PoolExecutor pool, Consumer<PoolMeters> terminated) {
        this.pool = pool;
        this.kind = pool.statistics().kind();
        this.minWorkers = (pool.configuration().get("minWorkers") instanceof Integer number) ? number : 0;
        this.tags = Tags.of("name", pool.name(), "kind", this.kind);
        this.snapshot = new Snapshot(pool, () -> terminated.accept(this), System::nanoTime);
    }

    boolean isOf(PoolExecutor other) {
        return this.pool == other;
    }

    boolean isOver() {
        return this.pool.statistics().state() == PoolState.TERMINATED;
    }

    String name() {
        return this.pool.name();
    }

    void register(MeterRegistry registry) {
        RegisteredMeters meters = new RegisteredMeters(registry, this.tags);
        if (this.registered.putIfAbsent(registry, meters) == null) {
            meters.register(name(), this.kind, this.minWorkers, this.snapshot);
        }
    }

    void waited(long nanos) {
        this.registered.values().forEach((each) -> each.waited(nanos));
    }

    void ran(Outcome outcome, long nanos) {
        this.registered.values().forEach((each) -> each.ran(outcome, nanos));
    }

    void remove() {
        this.registered.values().forEach(RegisteredMeters::remove);
    }

}
