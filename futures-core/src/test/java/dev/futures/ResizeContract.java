// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.futures.pool.PoolExecutor;
import dev.futures.support.Await;
import dev.futures.support.Gate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * How the number of workers changes: by resizing, and by workers that are idle too long.
 */
interface ResizeContract extends PoolFixture {

    @Test
    default void growingStartsWorkersForTasksThatWait(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        try (PoolExecutor pool = pool(1)) {
            List<Future<Integer>> futures = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                futures.add(pool.submit(() -> gate.pass(1)));
            }
            gate.awaitEntered(1);
            pool.resize(3);
            gate.awaitEntered(3);
            assertThat(pool.maxWorkers()).isEqualTo(3);
            assertThat(pool.statistics().maxWorkers()).isEqualTo(3);
            assertThat(pool.statistics().queueDepth()).isEqualTo(1);
            gate.letPass();
            for (Future<Integer> future : futures) {
                assertThat(future.result(Await.PATIENCE)).isEqualTo(1);
            }
        }
    }

    @Test
    default void shrinkingStopsNoTaskAndLetsIdleWorkersGo(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        try (PoolExecutor pool = pool(3)) {
            List<Future<Integer>> futures = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                futures.add(pool.submit(() -> gate.pass(1)));
            }
            gate.awaitEntered(3);
            pool.resize(1);
            Future<Integer> waiting = pool.submit(() -> 2);
            assertThat(pool.statistics().liveWorkers()).isEqualTo(3);
            gate.letPass();
            for (Future<Integer> future : futures) {
                assertThat(future.result(Await.PATIENCE)).isEqualTo(1);
            }
            assertThat(waiting.result(Await.PATIENCE)).isEqualTo(2);
            Await.until("two workers are gone", () -> pool.statistics().liveWorkers() == 1);
            assertThat(pool.submit(() -> 3).result(Await.PATIENCE)).isEqualTo(3);
            pool.resize(2);
            pool.resize(1);
            assertThat(pool.submit(() -> 4).result(Await.PATIENCE)).isEqualTo(4);
        }
    }

    @Test
    default void shrinkingLetsWorkersGoThatAreIdleAlready(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        try (PoolExecutor pool = pool(2)) {
            List<Future<Integer>> futures = List.of(pool.submit(() -> gate.pass(1)), pool.submit(() -> gate.pass(1)));
            gate.awaitEntered(2);
            gate.letPass();
            Futures.wait(futures);
            Await.until("both are idle", () -> pool.statistics().idleWorkers() == 2);
            pool.resize(1);
            Await.until("one is gone", () -> pool.statistics().liveWorkers() == 1);
            assertThat(pool.statistics().idleWorkers()).isEqualTo(1);
        }
    }

    @Test
    default void aPoolCannotBeResizedToNothing() {
        try (PoolExecutor pool = pool(1)) {
            assertThatIllegalArgumentException().isThrownBy(() -> pool.resize(0))
                .withMessage("maxWorkers must be greater than 0 but was 0");
            pool.shutdown();
            pool.resize(5);
            assertThat(pool.statistics().workers()).isEmpty();
        }
    }

    @Test
    default void workersThatAreIdleTooLongEndAndOthersTakeTheirPlaces() throws Exception {
        try (PoolExecutor pool = pool((builder) -> builder.maxWorkers(2).keepAlive(Duration.ofMillis(5)))) {
            for (int i = 0; i < 3; i++) {
                assertThat(pool.submit(() -> 1).result(Await.PATIENCE)).isEqualTo(1);
                Await.until("no worker is left", () -> pool.statistics().workers().isEmpty());
                assertThat(pool.statistics().state()).isEqualTo(PoolState.RUNNING);
            }
            assertThat(pool.statistics().restarts()).isZero();
        }
    }

    @Test
    default void aTaskIsLongerThanTheIdleTime(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        try (PoolExecutor pool = pool((builder) -> builder.maxWorkers(2).keepAlive(Duration.ofMillis(1)))) {
            Future<Integer> longer = pool.submit(() -> gate.pass(1));
            gate.awaitEntered(1);
            for (int i = 0; i < 2; i++) {
                assertThat(pool.submit(() -> 2).result(Await.PATIENCE)).isEqualTo(2);
                Await.until("the other worker is gone", () -> pool.statistics().liveWorkers() == 1);
            }
            gate.letPass();
            assertThat(longer.result(Await.PATIENCE)).isEqualTo(1);
        }
    }

    @Test
    default void anIdleTimeMustBePositive() {
        assertThatIllegalArgumentException().isThrownBy(() -> pool((builder) -> builder.keepAlive(Duration.ZERO)))
            .withMessage("keepAlive must be greater than 0 but was PT0S");
    }

    @Test
    default void aForgottenPoolDoesItsWorkAndGoesOnceItsWorkersHaveBeenIdleForLong(@TempDir Path directory)
            throws Exception {
        Gate gate = Gate.in(directory);
        List<Future<Integer>> futures = new ArrayList<>();
        WeakReference<PoolExecutor> forgotten = submitAndForget(gate, futures);
        System.gc();
        gate.letPass();
        for (Future<Integer> future : futures) {
            assertThat(future.result(Await.PATIENCE)).isEqualTo(1);
        }
        futures.clear();
        Await.until("the pool is collected", () -> {
            System.gc();
            return forgotten.get() == null;
        });
    }

    private WeakReference<PoolExecutor> submitAndForget(Gate gate, List<Future<Integer>> futures) throws Exception {
        PoolExecutor pool = pool((builder) -> builder.maxWorkers(2).keepAlive(Duration.ofMillis(5)));
        for (int i = 0; i < 6; i++) {
            futures.add(pool.submit(() -> gate.pass(1)));
        }
        gate.awaitEntered(2);
        return new WeakReference<>(pool);
    }

}
