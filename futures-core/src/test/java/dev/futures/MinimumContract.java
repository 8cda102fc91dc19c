// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.futures.pool.PoolExecutor;
import dev.futures.support.Await;
import dev.futures.support.Gate;
import dev.futures.support.LogCapture;
import dev.futures.support.Work;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Workers that are there before there is a task, and stay.
 */
interface MinimumContract extends PoolFixture {

    @Test
    default void theMinimumIsReadyBeforeTheFirstTask(@TempDir Path directory) throws Exception {
        Gate initialized = Gate.in(directory);
        TaskAction initializer = () -> {
            Work.INITIALIZED.set("ready");
            initialized.enter();
        };
        try (PoolExecutor pool = pool(
                (builder) -> builder.maxWorkers(3).minWorkers(2).initializer(initializer).name("eager"))) {
            initialized.awaitEntered(2);
            awaitIdle(pool, 2);
            assertThat(pool.submit(() -> Work.INITIALIZED.get()).result(Await.PATIENCE)).isEqualTo("ready");
            assertThat(initialized.entered()).as("it was run by one of them").isEqualTo(2);
            assertThat(pool.statistics().workers()).extracting(WorkerStatistics::name)
                .containsExactly("eager_0", "eager_1");
        }
        assertThat(initialized.entered()).isEqualTo(2);
    }

    private static void awaitIdle(PoolExecutor pool, int count) throws InterruptedException {
        Await.until(count + " workers are idle",
                () -> pool.statistics().idleWorkers() == count && pool.statistics().liveWorkers() == count);
    }

    @Test
    default void idleWorkersGoButNotTheMinimum(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        Duration keepAlive = Duration.ofMillis(50);
        try (PoolExecutor pool = pool((builder) -> builder.maxWorkers(3).minWorkers(1).keepAlive(keepAlive))) {
            List<Future<Integer>> futures = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                futures.add(pool.submit(() -> gate.pass(1)));
            }
            gate.awaitEntered(3);
            gate.letPass();
            for (Future<Integer> future : futures) {
                assertThat(future.result(Await.PATIENCE)).isEqualTo(1);
            }
            awaitIdle(pool, 1);
            String name = pool.statistics().workers().get(0).name();
            assertThat(Await.happens(keepAlive.multipliedBy(6), () -> pool.statistics().liveWorkers() != 1)).isFalse();
            assertThat(pool.statistics().workers().get(0).name()).isEqualTo(name);
            assertThat(pool.submit(() -> 2).result(Await.PATIENCE)).isEqualTo(2);
        }
    }

    @Test
    default void theMinimumIsThereAgainAfterAPause() throws Exception {
        try (PoolExecutor pool = pool((builder) -> builder.maxWorkers(2).minWorkers(2))) {
            awaitIdle(pool, 2);
            pool.pause();
            Await.until("all have gone", () -> pool.statistics().liveWorkers() == 0);
            pool.resume();
            awaitIdle(pool, 2);
            // while those of before may still be on their way out
            pool.pause();
            pool.resume();
            awaitIdle(pool, 2);
            assertThat(pool.submit(() -> 1).result(Await.PATIENCE)).isEqualTo(1);
        }
    }

    @Test
    default void aSmallerMaximumWins() throws Exception {
        try (PoolExecutor pool = pool((builder) -> builder.maxWorkers(3).minWorkers(2))) {
            awaitIdle(pool, 2);
            pool.resize(1);
            awaitIdle(pool, 1);
            pool.resize(3);
            awaitIdle(pool, 2);
        }
    }

    @Test
    default void aFailingInitializerBreaksThePoolBeforeTheFirstTask() throws Exception {
        TaskAction initializer = () -> {
            throw new IllegalStateException("no database");
        };
        try (LogCapture log = new LogCapture("dev.futures");
                PoolExecutor pool = pool((builder) -> builder.maxWorkers(1).minWorkers(1).initializer(initializer))) {
            Await.until("the pool is broken", () -> pool.statistics().state() == PoolState.BROKEN);
            assertThat(pool.statistics().brokenBy()).hasRootCauseMessage("no database");
            assertThat(log.messages()).isNotEmpty();
        }
    }

    @Test
    default void shutdownEndsTheMinimum() throws Exception {
        PoolExecutor pool = pool((builder) -> builder.maxWorkers(2).minWorkers(2));
        pool.shutdown();
        assertThat(pool.awaitTermination(Await.PATIENCE)).isTrue();
        assertThat(pool.statistics().liveWorkers()).isZero();
    }

    @Test
    default void theMinimumMustNotBeNegativeNorAboveTheMaximum() {
        assertThatIllegalArgumentException().isThrownBy(() -> pool((builder) -> builder.maxWorkers(2).minWorkers(3)))
            .withMessage("minWorkers must be in [0, maxWorkers = 2] but was 3");
        assertThatIllegalArgumentException().isThrownBy(() -> pool((builder) -> builder.maxWorkers(2).minWorkers(-1)))
            .withMessage("minWorkers must be in [0, maxWorkers = 2] but was -1");
    }

}
