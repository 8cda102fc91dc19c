// SPDX-License-Identifier: Apache-2.0

package dev.futures;

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

/**
 * Pausing, and waiting for a pool to come to rest.
 */
interface PauseContract extends PoolFixture {

    @Test
    default void aPausedPoolAcceptsTasksAndStartsThemWhenItIsResumed() throws Exception {
        try (PoolExecutor pool = pool(2)) {
            assertThat(pool.submit(() -> 1).result(Await.PATIENCE)).isEqualTo(1);
            pool.pause();
            Await.until("the workers are gone", () -> pool.statistics().workers().isEmpty());
            List<Future<Integer>> futures = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                futures.add(pool.submit(() -> 2));
            }
            PoolStatistics paused = pool.statistics();
            assertThat(paused.state()).isEqualTo(PoolState.PAUSED);
            assertThat(paused.queueDepth()).isEqualTo(5);
            assertThat(paused.workers()).isEmpty();
            assertThat(futures).noneMatch(Future::running).noneMatch(Future::done);
            pool.resume();
            for (Future<Integer> future : futures) {
                assertThat(future.result(Await.PATIENCE)).isEqualTo(2);
            }
            assertThat(pool.statistics().state()).isEqualTo(PoolState.RUNNING);
        }
    }

    @Test
    default void runningTasksGoOnWhileWaitingOnesStay(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        try (PoolExecutor pool = pool(1)) {
            Future<Integer> running = pool.submit(() -> gate.pass(1));
            Future<Integer> waiting = pool.submit(() -> 2);
            gate.awaitEntered(1);
            pool.pause();
            gate.letPass();
            assertThat(running.result(Await.PATIENCE)).isEqualTo(1);
            Await.until("the worker is gone", () -> pool.statistics().workers().isEmpty());
            assertThat(waiting.done()).isFalse();
            assertThat(waiting.cancel()).isTrue();
            assertThat(pool.statistics().queueDepth()).isZero();
        }
    }

    @Test
    default void shutdownOfAPausedPoolDoesWhatWaits() throws Exception {
        PoolExecutor pool = pool(2);
        pool.pause();
        List<Future<Integer>> futures = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            futures.add(pool.submit(() -> 1));
        }
        pool.close();
        for (Future<Integer> future : futures) {
            assertThat(future.result()).isEqualTo(1);
        }
    }

    @Test
    default void pauseAndResumeManyTimesLoseNothing() throws Exception {
        try (PoolExecutor pool = pool(2)) {
            List<Future<Integer>> futures = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                futures.add(pool.submit(() -> 1));
                pool.pause();
                futures.add(pool.submit(() -> 1));
                pool.resume();
            }
            for (Future<Integer> future : futures) {
                assertThat(future.result(Await.PATIENCE)).isEqualTo(1);
            }
        }
    }

    @Test
    default void pauseHasNoEffectAfterShutdown() throws Exception {
        PoolExecutor pool = pool(1);
        Future<Integer> future = pool.submit(() -> 1);
        pool.shutdown(false, false);
        pool.pause();
        assertThat(future.result(Await.PATIENCE)).isEqualTo(1);
        assertThat(pool.awaitTermination(Await.PATIENCE)).isTrue();
        pool.resume();
        assertThat(pool.statistics().state()).isEqualTo(PoolState.TERMINATED);
    }

    @Test
    default void quiescenceIsWhenNothingRunsAndNothingWaits(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        try (PoolExecutor pool = pool(1)) {
            assertThat(pool.awaitQuiescence(Duration.ZERO)).isTrue();
            Future<Integer> future = pool.submit(() -> gate.pass(1));
            assertThat(pool.awaitQuiescence(Duration.ofMillis(20))).isFalse();
            gate.letPass();
            assertThat(pool.awaitQuiescence(Await.PATIENCE)).isTrue();
            assertThat(future.done()).isTrue();
        }
    }

    @Test
    default void afterQuiescenceEveryFutureIsDone() throws Exception {
        try (PoolExecutor pool = pool(2)) {
            for (int round = 0; round < 500; round++) {
                List<Future<Integer>> futures = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    futures.add(pool.submit(() -> 1));
                }
                assertThat(pool.awaitQuiescence(Await.PATIENCE)).isTrue();
                assertThat(futures).allMatch(Future::done);
            }
            assertThat(pool.statistics().tasks().succeeded()).isEqualTo(1500);
        }
    }

}
