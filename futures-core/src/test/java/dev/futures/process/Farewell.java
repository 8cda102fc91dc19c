// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.futures.Future;
import dev.futures.support.Await;
import dev.futures.support.Gate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A pool that is shut down while one of its processes has a fault in a shutdown hook.
 * Some of them take seconds to end, so they are begun before they are looked at.
 */
final class Farewell {

    private final ProcessPoolExecutor pool;

    private final List<Future<Integer>> others = new ArrayList<>();

    private final long victim;

    private Farewell(ProcessPoolExecutor pool, long victim) {
        this.pool = pool;
        this.victim = victim;
    }

    static Farewell begin(FaultKind kind, PoolShape shape, PoolShelf shelf, Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        ProcessPoolExecutor pool = shelf.builder(shape).build();
        List<Future<Integer>> others = new ArrayList<>();
        if (shape == PoolShape.SEVERAL_WORKERS) {
            others.add(pool.submit(() -> gate.pass(1)));
            gate.awaitEntered(1);
        }
        Farewell farewell = new Farewell(pool, pool.submit(() -> Charge.plantHook(kind)).result(Await.PATIENCE));
        if (shape == PoolShape.WITH_A_BACKLOG) {
            for (int i = 0; i < shape.backlog(); i++) {
                others.add(pool.submit(() -> gate.pass(1)));
            }
        }
        pool.shutdown(false, false);
        gate.letPass();
        farewell.others.addAll(others);
        return farewell;
    }

    void assertEnds() throws Exception {
        for (Future<Integer> other : this.others) {
            assertThat(other.result(Await.PATIENCE)).isEqualTo(1);
        }
        assertThat(this.pool.awaitTermination(Await.PATIENCE)).as("the end of " + this.pool).isTrue();
        FaultCell.assertGone(this.victim);
        FaultCell.assertCountersAddUp(this.pool);
    }

}
