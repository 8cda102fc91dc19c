// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;

import dev.futures.pool.PoolExecutor;
import dev.futures.support.Await;
import dev.futures.support.Gate;
import dev.futures.support.Work;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Cancelling tasks that wait and tasks that run.
 */
interface CancelContract extends PoolFixture {

    @Test
    default void aWaitingTaskIsCancelledAtOnceAndNeverRuns(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        try (PoolExecutor pool = pool(1)) {
            Future<Integer> running = pool.submit(() -> gate.pass(1));
            gate.awaitEntered(1);
            Future<Integer> waiting = pool.submit(() -> gate.pass(2));
            assertThat(waiting.running()).isFalse();
            assertThat(waiting.cancel()).isTrue();
            assertThat(waiting.cancelled()).isTrue();
            assertThat(waiting.done()).isTrue();
            assertThat(Futures.wait(waiting).done()).containsExactly(waiting);
            assertThatExceptionOfType(CancellationException.class).isThrownBy(waiting::result);
            gate.letPass();
            assertThat(running.result(Await.PATIENCE)).isEqualTo(1);
        }
        assertThat(gate.entered()).isEqualTo(1);
    }

    @Test
    default void aRunningTaskRefusesToBeCancelled(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        try (PoolExecutor pool = pool(1)) {
            Future<Integer> running = pool.submit(() -> gate.pass(1));
            gate.awaitEntered(1);
            assertThat(running.running()).isTrue();
            assertThat(running.cancel()).isFalse();
            assertThat(running.cancel(false)).isFalse();
            gate.letPass();
            assertThat(running.result(Await.PATIENCE)).isEqualTo(1);
            assertThat(running.cancel()).isFalse();
            assertThat(running.cancel(true)).isFalse();
        }
    }

    @Test
    default void aRunningTaskIsStoppedAndItsWorkerGoesOn(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        try (PoolExecutor pool = pool(1)) {
            Future<?> running = pool.submit((TaskAction) gate::blockForEver);
            Future<Integer> waiting = pool.submit(() -> 1);
            gate.awaitEntered(1);
            assertThat(running.cancel(true)).isTrue();
            assertThat(running.cancelled()).isTrue();
            assertThat(running.cancel(true)).isTrue();
            assertThat(waiting.result(Await.PATIENCE)).isEqualTo(1);
            assertThat(pool.submit(() -> 2).result(Await.PATIENCE)).isEqualTo(2);
            assertThat(pool.statistics().state()).isEqualTo(PoolState.RUNNING);
        }
    }

    @Test
    default void cancellingTheCompletableFutureCancelsTheTask(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        try (PoolExecutor pool = pool(1)) {
            Future<?> running = pool.submit((TaskAction) gate::blockForEver);
            gate.awaitEntered(1);
            assertThat(running.toCompletableFuture().cancel(true)).isTrue();
            assertThat(running.cancelled()).isTrue();
            assertThat(pool.submit(() -> 2).result(Await.PATIENCE)).isEqualTo(2);
        }
    }

    @Test
    default void onlyTheCancelledTaskIsStopped(@TempDir Path directory) throws Exception {
        Gate cancelled = Gate.in(directory);
        Gate spared = Gate.in(directory);
        try (PoolExecutor pool = pool(2)) {
            Future<?> first = pool.submit((TaskAction) cancelled::blockForEver);
            Future<Integer> second = pool.submit(() -> spared.pass(1));
            cancelled.awaitEntered(1);
            spared.awaitEntered(1);
            assertThat(first.cancel(true)).isTrue();
            spared.letPass();
            assertThat(second.result(Await.PATIENCE)).isEqualTo(1);
        }
    }

    @Test
    default void cancelAllEndsEverythingAndThePoolGoesOn(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        try (PoolExecutor pool = pool(1)) {
            Executor executor = pool;
            Future<?> running = executor.submit((TaskAction) gate::blockForEver);
            Future<Integer> waiting = executor.submit(() -> 1);
            gate.awaitEntered(1);
            executor.cancelAll();
            assertThat(running.cancelled()).isTrue();
            assertThat(waiting.cancelled()).isTrue();
            assertThat(executor.submit(() -> 2).result(Await.PATIENCE)).isEqualTo(2);
        }
    }

    @Test
    default void aTaskCanBeStoppedAtAnyMoment() throws Exception {
        Random random = new Random(17);
        try (PoolExecutor pool = pool(2)) {
            for (int i = 0; i < 10; i++) {
                List<Future<?>> endless = new ArrayList<>();
                for (int k = 0; k < 3; k++) {
                    endless.add(pool.submit((TaskAction) Work::blockForEver));
                }
                for (int spins = random.nextInt(20_000); spins > 0; spins--) {
                    Thread.onSpinWait();
                }
                for (Future<?> future : endless) {
                    assertThat(future.cancel(true)).isTrue();
                }
            }
            assertThat(pool.submit(() -> 1).result(Await.PATIENCE)).isEqualTo(1);
            assertThat(pool.awaitQuiescence(Await.PATIENCE)).isTrue();
            assertThat(pool.statistics().tasks().cancelled()).isEqualTo(30);
        }
    }

    @Test
    default void aMomentTooLateIsNoHarm() throws Exception {
        try (PoolExecutor pool = pool(2)) {
            int cancelled = 0;
            for (int i = 0; i < 300; i++) {
                int number = i;
                Future<Integer> future = pool.submit(() -> number);
                if (i % 10 == 0) {
                    future.result(Await.PATIENCE);
                }
                if (future.cancel(i % 30 == 1)) {
                    cancelled++;
                }
                else {
                    assertThat(future.result(Await.PATIENCE)).isEqualTo(number);
                }
            }
            PoolStatistics.TaskCounts counts = pool.statistics().tasks();
            assertThat(counts).isEqualTo(new PoolStatistics.TaskCounts(300, 300 - cancelled, 0, cancelled, 0, 0));
        }
    }

}
