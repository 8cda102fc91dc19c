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
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Shutting a pool down in all ways but {@code close}.
 */
interface ShutdownContract extends PoolFixture {

    @Test
    default void nothingCanBeSubmittedAfterShutdown() {
        PoolExecutor pool = pool((builder) -> builder.name("ended").maxWorkers(1));
        pool.shutdown();
        assertThatExceptionOfType(ExecutorShutdownException.class).isThrownBy(() -> pool.submit(() -> 1))
            .withMessageContaining("cannot schedule new futures after shutdown")
            .withMessageContaining("ended");
        assertThat(pool.statistics().state()).isEqualTo(PoolState.TERMINATED);
        assertThat(pool.statistics().tasks().rejected()).isEqualTo(1);
    }

    @Test
    default void shutdownWithoutWaitingReturnsAtOnceAndEverythingIsDone(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        PoolExecutor pool = pool(2);
        List<Future<Integer>> futures = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            int number = i;
            futures.add(pool.submit(() -> gate.pass(number)));
        }
        pool.shutdown(false, false);
        assertThat(pool.statistics().state()).isEqualTo(PoolState.SHUTTING_DOWN);
        assertThat(pool.awaitTermination(Duration.ofMillis(1))).isFalse();
        gate.letPass();
        for (int i = 0; i < 6; i++) {
            assertThat(futures.get(i).result(Await.PATIENCE)).isEqualTo(i);
        }
        assertThat(pool.awaitTermination(Await.PATIENCE)).isTrue();
        assertThat(pool.statistics().state()).isEqualTo(PoolState.TERMINATED);
        assertThat(pool.statistics().workers()).isEmpty();
    }

    @Test
    default void shutdownWaitsForEverything() throws Exception {
        PoolExecutor pool = pool(2);
        List<Future<Integer>> futures = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            int number = i;
            futures.add(pool.submit(() -> number));
        }
        pool.shutdown();
        for (int i = 0; i < 50; i++) {
            assertThat(futures.get(i).done()).isTrue();
            assertThat(futures.get(i).result()).isEqualTo(i);
        }
    }

    @Test
    default void cancelFuturesSparesOnlyWhatRuns(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        PoolExecutor pool = pool(2);
        List<Future<Integer>> futures = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            futures.add(pool.submit(() -> gate.pass(1)));
        }
        gate.awaitEntered(2);
        pool.shutdown(false, true);
        assertThat(futures.stream().filter(Future::cancelled)).hasSize(18);
        assertThat(Futures.wait(futures, Duration.ZERO, ReturnWhen.ALL_COMPLETED).done()).hasSize(18);
        gate.letPass();
        assertThat(pool.awaitTermination(Await.PATIENCE)).isTrue();
        assertThat(futures.stream().filter((future) -> future.done() && !future.cancelled())).hasSize(2);
        assertThat(gate.entered()).isEqualTo(2);
    }

    @Test
    default void shutdownMayBeRepeatedAndMadeStricter(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        PoolExecutor pool = pool(1);
        Future<Integer> running = pool.submit(() -> gate.pass(1));
        Future<Integer> waiting = pool.submit(() -> 2);
        gate.awaitEntered(1);
        pool.shutdown(false, false);
        assertThat(waiting.done()).isFalse();
        pool.shutdown(false, true);
        assertThat(waiting.cancelled()).isTrue();
        gate.letPass();
        pool.shutdown();
        pool.shutdown(true, true);
        pool.close();
        assertThat(running.result()).isEqualTo(1);
    }

    @Test
    default void shutdownRightAfterSubmitAndCancelEnds() throws Exception {
        for (int i = 0; i < 4; i++) {
            PoolExecutor pool = pool(2);
            Future<Integer> first = pool.submit(() -> 1);
            Future<Integer> second = pool.submit(() -> 2);
            second.cancel();
            pool.shutdown(false, i % 2 == 0);
            assertThat(pool.awaitTermination(Await.PATIENCE)).isTrue();
            assertThat(first.done()).isTrue();
            assertThat(second.done()).isTrue();
        }
    }

    @Test
    default void anInterruptedShutdownStopsWaitingButNotTheTasks(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        PoolExecutor pool = pool(1);
        Future<Integer> running = pool.submit(() -> gate.pass(1));
        gate.awaitEntered(1);
        Thread.currentThread().interrupt();
        pool.shutdown();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(running.done()).isFalse();
        gate.letPass();
        assertThat(running.result(Await.PATIENCE)).isEqualTo(1);
        assertThat(pool.awaitTermination(Await.PATIENCE)).isTrue();
    }

    @Test
    default void submittersThatRaceWithShutdownGetAFutureThatEndsOrARefusal() throws Exception {
        for (int round = 0; round < 2; round++) {
            PoolExecutor pool = pool(2);
            List<Future<Integer>> accepted = new ArrayList<>();
            Thread submitter = new Thread(() -> submitUntilRefused(pool, accepted));
            submitter.start();
            Await.until("some are accepted", () -> pool.statistics().tasks().submitted() > 10);
            pool.shutdown(true, round % 2 == 0);
            submitter.join(Await.PATIENCE.toMillis());
            assertThat(submitter.isAlive()).isFalse();
            assertThat(accepted).allMatch(Future::done);
            assertThat(pool.statistics().tasks().submitted()).isEqualTo(accepted.size());
        }
    }

    private static void submitUntilRefused(PoolExecutor pool, List<Future<Integer>> accepted) {
        try {
            while (true) {
                accepted.add(pool.submit(() -> 1));
                for (int spins = 0; spins < 1_000; spins++) {
                    Thread.onSpinWait();
                }
            }
        }
        catch (ExecutorShutdownException ex) {
            // as it has to be
            return;
        }
    }

}
