// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

import dev.futures.pool.PoolExecutor;
import dev.futures.support.Await;
import dev.futures.support.Gate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which of the tasks that wait goes first.
 */
interface PriorityContract extends PoolFixture {

    @Test
    default void theMostUrgentGoesFirstAndTheOldestOfThose(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        ConcurrentLinkedQueue<String> order = new ConcurrentLinkedQueue<>();
        try (PoolExecutor pool = pool(1)) {
            Future<Integer> blocker = pool.submit(() -> gate.pass(1));
            gate.awaitEntered(1);
            List<Future<String>> futures = new ArrayList<>();
            for (String each : List.of("0a", "-5a", "7a", "0b", "7b", "-5b", "100a", "0c")) {
                Integer priority = Integer.valueOf(each.substring(0, each.length() - 1));
                Future<String> future = pool.submit(() -> each,
                        TaskOptions.none().withPriority((priority != 0) ? priority : null));
                future.addDoneCallback((done) -> order.add(each));
                futures.add(future);
            }
            assertThat(futures.get(4).cancel()).as("7b").isTrue();
            gate.letPass();
            assertThat(blocker.result(Await.PATIENCE)).isEqualTo(1);
            assertThat(Futures.wait(futures, Await.PATIENCE, ReturnWhen.ALL_COMPLETED).notDone()).isEmpty();
            Await.until("all callbacks have run", () -> order.size() == futures.size());
            assertThat(order).containsExactly("7b", "100a", "7a", "0a", "0b", "0c", "-5a", "-5b");
        }
    }

    @Test
    default void thePoolsOwnPriorityIsForTasksThatDoNotSay(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        ConcurrentLinkedQueue<Integer> order = new ConcurrentLinkedQueue<>();
        TaskOptions defaults = TaskOptions.none().withPriority(5);
        try (PoolExecutor pool = pool((builder) -> builder.maxWorkers(1).taskDefaults(defaults))) {
            pool.submit(() -> gate.pass(1));
            gate.awaitEntered(1);
            for (Integer priority : List.of(0, 9)) {
                pool.submit(() -> 1, TaskOptions.none().withPriority(priority))
                    .addDoneCallback((done) -> order.add(priority));
            }
            pool.submit(() -> 1).addDoneCallback((done) -> order.add(5));
            gate.letPass();
            Await.until("all callbacks have run", () -> order.size() == 3);
            assertThat(order).containsExactly(9, 5, 0);
        }
    }

    @Test
    default void manyPrioritiesAndCancellationsLeaveNothingBehind(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        try (PoolExecutor pool = pool(1)) {
            pool.submit(() -> gate.pass(1));
            gate.awaitEntered(1);
            List<Future<Integer>> kept = new ArrayList<>();
            for (int i = 0; i < 2_000; i++) {
                Future<Integer> future = pool.submit(() -> 1, TaskOptions.none().withPriority(i % 100 - 50));
                if (i % 20 == 0) {
                    kept.add(future);
                }
                else {
                    future.cancel();
                }
            }
            assertThat(pool.statistics().queueDepth()).isEqualTo(kept.size());
            gate.letPass();
            for (Future<Integer> future : kept) {
                assertThat(future.result(Await.PATIENCE)).isEqualTo(1);
            }
            assertThat(pool.statistics().queueDepth()).isZero();
        }
    }

}
