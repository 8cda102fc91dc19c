// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import dev.futures.PoolState;
import dev.futures.support.Await;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keeps a pool of each shape for as long as it works, so that one fault after the other
 * hits the same pool.
 */
final class PoolShelf {

    /** Nothing here ends because it is asked to. */
    private static final Duration STOP_GRACE = Duration.ofMillis(50);

    private static int number;

    private final DeathPolicy policy;

    private final Map<PoolShape, ProcessPoolExecutor> pools = new EnumMap<>(PoolShape.class);

    PoolShelf(DeathPolicy policy) {
        this.policy = policy;
    }

    DeathPolicy policy() {
        return this.policy;
    }

    /** Configures a pool that is not kept. */
    ProcessPoolBuilder builder(PoolShape shape) {
        return Pools.builder(shape.workers())
            .name("matrix-" + ++number)
            .maxHeap(16 * 1024 * 1024)
            .restartLimit(2)
            .stopGrace(STOP_GRACE)
            .deathPolicy(this.policy);
    }

    ProcessPoolExecutor get(PoolShape shape) {
        ProcessPoolExecutor pool = this.pools.get(shape);
        if (pool == null || pool.statistics().state() != PoolState.RUNNING) {
            pool = builder(shape).build();
            this.pools.put(shape, pool);
        }
        return pool;
    }

    /** Lets a pool go that a fault may have left something in. */
    void discard(PoolShape shape) {
        ProcessPoolExecutor pool = this.pools.remove(shape);
        if (pool != null) {
            pool.killWorkers();
        }
    }

    /** Ends all pools in the ordinary way. */
    void close() throws InterruptedException {
        List<ProcessPoolExecutor> all = new ArrayList<>(this.pools.values());
        this.pools.clear();
        all.forEach((pool) -> pool.shutdown(false, false));
        for (ProcessPoolExecutor pool : all) {
            assertThat(pool.awaitTermination(Await.PATIENCE)).as("the end of " + pool).isTrue();
        }
    }

}
