// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.futures.pool.PoolExecutor;
import dev.futures.support.Await;
import dev.futures.support.Gate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a pool says about itself.
 */
interface StatisticsContract extends PoolFixture {

    @Test
    default void aWorkerIsSeenStartingThenBusyThenIdle(@TempDir Path directory) throws Exception {
        Gate initializing = Gate.in(directory);
        Gate running = Gate.in(directory);
        TaskAction initializer = () -> initializing.pass(1);
        try (PoolExecutor pool = pool(
                (builder) -> builder.name("observed").maxWorkers(1).queueCapacity(7).initializer(initializer))) {
            Future<Integer> task = pool.submit(() -> running.pass(1), TaskOptions.named("import"));
            Future<Integer> waiting = pool.submit(() -> 2, TaskOptions.named("export"));
            initializing.awaitEntered(1);
            assertThat(PoolFixture.onlyWorker(pool).state()).isEqualTo(WorkerStatistics.State.STARTING);
            assertThat(PoolFixture.onlyWorker(pool).task()).isNull();
            initializing.letPass();
            running.awaitEntered(1);
            PoolStatistics busy = pool.statistics();
            assertThat(PoolFixture.onlyWorker(pool).state()).isEqualTo(WorkerStatistics.State.BUSY);
            assertThat(PoolFixture.onlyWorker(pool).task()).isEqualTo("import");
            assertThat(PoolFixture.onlyWorker(pool).name()).startsWith("observed_");
            assertThat(PoolFixture.onlyWorker(pool).since()).isBefore(Instant.now().plusSeconds(1));
            assertThat(busy.name()).isEqualTo("observed");
            assertThat(busy.queueDepth()).isEqualTo(1);
            assertThat(busy.queueCapacity()).isEqualTo(7);
            assertThat(busy.maxWorkers()).isEqualTo(1);
            assertThat(List.of(busy.liveWorkers(), busy.busyWorkers(), busy.idleWorkers())).containsExactly(1, 1, 0);
            running.letPass();
            assertThat(task.result(Await.PATIENCE)).isEqualTo(1);
            assertThat(waiting.result(Await.PATIENCE)).isEqualTo(2);
            PoolStatistics idle = pool.statistics();
            assertThat(List.of(idle.liveWorkers(), idle.busyWorkers(), idle.idleWorkers())).containsExactly(1, 0, 1);
            assertThat(PoolFixture.onlyWorker(pool).task()).isNull();
            assertThat(PoolFixture.onlyWorker(pool).tasksDone()).isEqualTo(2);
        }
    }

    @Test
    default void everyEndIsCountedOnce(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        try (PoolExecutor pool = pool((builder) -> builder.maxWorkers(1).queueCapacity(4))) {
            Future<Integer> succeeds = pool.submit(() -> gate.pass(1));
            gate.awaitEntered(1);
            Future<?> fails = pool.submit(() -> {
                throw new IllegalStateException("for the test");
            });
            Future<Integer> cancelled = pool.submit(() -> 2);
            cancelled.cancel();
            cancelled.cancel(true);
            Future<Integer> late = pool.submit(() -> 3, TaskOptions.none().withQueueTimeLimit(Duration.ofMillis(1)));
            assertThat(late.exception(Await.PATIENCE)).isInstanceOf(TaskTimeoutException.class);
            gate.letPass();
            assertThat(succeeds.result(Await.PATIENCE)).isEqualTo(1);
            assertThat(fails.exception(Await.PATIENCE)).isNotNull();
            assertThat(pool.statistics().tasks()).isEqualTo(new PoolStatistics.TaskCounts(4, 1, 1, 1, 1, 0));
        }
    }

    @Test
    default void aTaskWithoutANameIsCalledByItsClass(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        try (PoolExecutor pool = pool(1)) {
            Future<Integer> task = pool.submit(() -> gate.pass(1));
            gate.awaitEntered(1);
            assertThat(PoolFixture.onlyWorker(pool).task()).isEqualTo("lambda in StatisticsContract");
            gate.letPass();
            assertThat(task.result(Await.PATIENCE)).isEqualTo(1);
        }
    }

}
