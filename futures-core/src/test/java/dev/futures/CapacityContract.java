// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.futures.pool.PoolExecutor;
import dev.futures.support.Await;
import dev.futures.support.Gate;
import dev.futures.support.Work;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * How many workers there are, and how many tasks may wait for them.
 */
interface CapacityContract extends PoolFixture {

    @Test
    default void blockedTasksFillThePoolExactly(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        Set<String> places = new HashSet<>();
        try (PoolExecutor pool = pool(3)) {
            List<Future<String>> futures = new ArrayList<>();
            for (int i = 0; i < 15; i++) {
                futures.add(pool.submit(() -> gate.pass(Work.place())));
            }
            gate.awaitEntered(3);
            PoolStatistics statistics = pool.statistics();
            assertThat(statistics.workers()).hasSize(3);
            assertThat(statistics.queueDepth()).isEqualTo(12);
            assertThat(futures.stream().filter(Future::running)).hasSize(3);
            gate.letPass();
            for (Future<String> future : futures) {
                places.add(future.result(Await.PATIENCE));
            }
        }
        assertThat(places).hasSize(3);
    }

    @Test
    default void aBoundedQueueTakesExactlyAsManyAsItSays(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        try (PoolExecutor pool = pool((builder) -> builder.name("narrow").maxWorkers(2).queueCapacity(3))) {
            List<Future<Integer>> futures = new ArrayList<>();
            for (int i = 0; i < 2 + 3; i++) {
                futures.add(pool.submit(() -> gate.pass(1)));
            }
            for (int i = 0; i < 10; i++) {
                assertThatExceptionOfType(QueueFullException.class).isThrownBy(() -> pool.submit(() -> 1))
                    .withMessageContaining("narrow")
                    .withMessageContaining("queueCapacity is 3");
            }
            gate.letPass();
            for (Future<Integer> future : futures) {
                assertThat(future.result(Await.PATIENCE)).isEqualTo(1);
            }
            assertThat(pool.statistics().tasks().submitted()).isEqualTo(5);
            assertThat(pool.statistics().tasks().rejected()).isEqualTo(10);
            assertThat(pool.submit(() -> 2).result(Await.PATIENCE)).isEqualTo(2);
        }
    }

    @Test
    default void withoutAQueueATaskIsTakenByAWorkerOrNotAtAll(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        try (PoolExecutor pool = pool((builder) -> builder.maxWorkers(1).queueCapacity(0))) {
            Future<Integer> taken = pool.submit(() -> gate.pass(1));
            assertThatExceptionOfType(QueueFullException.class).isThrownBy(() -> pool.submit(() -> 2));
            gate.letPass();
            assertThat(taken.result(Await.PATIENCE)).isEqualTo(1);
            assertThat(pool.submit(() -> 3).result(Await.PATIENCE)).isEqualTo(3);
        }
    }

    @Test
    default void cancellingAWaitingTaskMakesRoomForAnother(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        try (PoolExecutor pool = pool((builder) -> builder.maxWorkers(1).queueCapacity(1))) {
            Future<Integer> running = pool.submit(() -> gate.pass(1));
            gate.awaitEntered(1);
            for (int i = 0; i < 200; i++) {
                assertThat(pool.submit(() -> 2).cancel()).isTrue();
            }
            Future<Integer> waiting = pool.submit(() -> 3);
            assertThatExceptionOfType(QueueFullException.class).isThrownBy(() -> pool.submit(() -> 4));
            gate.letPass();
            assertThat(running.result(Await.PATIENCE)).isEqualTo(1);
            assertThat(waiting.result(Await.PATIENCE)).isEqualTo(3);
        }
    }

    @Test
    default void aFloodIsRefusedAndWhatWasAcceptedIsDone() throws Exception {
        try (PoolExecutor pool = pool((builder) -> builder.maxWorkers(2).queueCapacity(10))) {
            List<Future<Integer>> accepted = new ArrayList<>();
            int refused = 0;
            for (int i = 0; i < 20_000; i++) {
                int number = i;
                try {
                    accepted.add(pool.submit(() -> number));
                }
                catch (QueueFullException ex) {
                    refused++;
                }
            }
            for (Future<Integer> future : accepted) {
                future.result(Await.PATIENCE);
            }
            assertThat(pool.statistics().tasks())
                .isEqualTo(new PoolStatistics.TaskCounts(accepted.size(), accepted.size(), 0, 0, 0, refused));
            assertThat(pool.statistics().queueDepth()).isZero();
        }
    }

    @Test
    default void numbersOutOfRangeAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> pool(0))
            .withMessage("maxWorkers must be greater than 0 but was 0");
        assertThatIllegalArgumentException().isThrownBy(() -> pool(-1)).withMessageContaining("-1");
        assertThatIllegalArgumentException().isThrownBy(() -> pool((builder) -> builder.queueCapacity(-1)))
            .withMessage("queueCapacity must be greater than or equal to 0 but was -1");
    }

    @Test
    default void idleWorkersAreUsedBeforeOthersAreStarted(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        Set<String> places = new HashSet<>();
        try (PoolExecutor pool = pool(8)) {
            List<Future<String>> futures = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                futures.add(pool.submit(() -> gate.pass(Work.place())));
            }
            gate.awaitEntered(3);
            gate.letPass();
            for (Future<String> future : futures) {
                places.add(future.result(Await.PATIENCE));
            }
            for (int i = 0; i < 5; i++) {
                places.add(pool.submit(Work::place).result(Await.PATIENCE));
            }
            assertThat(pool.statistics().workers()).hasSize(3);
        }
        assertThat(places).hasSize(3);
    }

}
