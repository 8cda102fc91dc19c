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
 * Time limits of tasks.
 */
interface LimitContract extends PoolFixture {

    private static TaskOptions limit(Duration limit) {
        return TaskOptions.none().withTimeLimit(limit);
    }

    private static TaskOptions queueLimit(Duration limit) {
        return TaskOptions.none().withQueueTimeLimit(limit);
    }

    @Test
    default void aTaskThatRunsTooLongIsStoppedAndItsWorkerGoesOn(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        try (PoolExecutor pool = pool((builder) -> builder.name("limited").maxWorkers(1))) {
            Future<?> endless = pool.submit((TaskAction) gate::blockForEver,
                    limit(Duration.ofMillis(50)).withName("endless"));
            assertThat(endless.exception(Await.PATIENCE)).isExactlyInstanceOf(TaskTimeoutException.class)
                .hasMessage("task 'endless' ran longer than its time limit of PT0.05S in pool 'limited'");
            assertThat(endless.cancelled()).isFalse();
            assertThat(pool.submit(() -> 1).result(Await.PATIENCE)).isEqualTo(1);
            assertThat(pool.statistics().tasks().timedOut()).isEqualTo(1);
            assertThat(pool.statistics().state()).isEqualTo(PoolState.RUNNING);
        }
    }

    @Test
    default void aTaskThatWaitsTooLongFailsAndNeverRuns(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        try (PoolExecutor pool = pool((builder) -> builder.name("limited").maxWorkers(1))) {
            Future<Integer> running = pool.submit(() -> gate.pass(1), queueLimit(Duration.ofSeconds(20)));
            gate.awaitEntered(1);
            Future<Integer> waiting = pool.submit(() -> gate.pass(2),
                    queueLimit(Duration.ofMillis(50)).withName("patient"));
            assertThat(waiting.exception(Await.PATIENCE)).isExactlyInstanceOf(TaskTimeoutException.class)
                .hasMessage("task 'patient' waited for a worker longer than its queue time limit of PT0.05S in pool "
                        + "'limited'");
            assertThat(pool.statistics().queueDepth()).isZero();
            assertThat(pool.statistics().tasks().timedOut()).isEqualTo(1);
            assertThat(running.done()).isFalse();
            gate.letPass();
            assertThat(running.result(Await.PATIENCE)).isEqualTo(1);
        }
        assertThat(gate.entered()).isEqualTo(1);
    }

    @Test
    default void theQueueTimeLimitEndsWithTheWaiting(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        Duration shorterThanTheTask = Duration.ofSeconds(1);
        try (PoolExecutor pool = pool(1)) {
            assertThat(pool.submit(() -> 1).result(Await.PATIENCE)).isEqualTo(1);
            Future<Integer> task = pool.submit(() -> gate.pass(1), queueLimit(shorterThanTheTask));
            gate.awaitEntered(1);
            assertThat(Futures.wait(List.of(task), shorterThanTheTask, ReturnWhen.ALL_COMPLETED).done()).isEmpty();
            gate.letPass();
            assertThat(task.result(Await.PATIENCE)).isEqualTo(1);
        }
    }

    @Test
    default void limitsOfThePoolAreForTasksThatDoNotSay(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        TaskOptions defaults = limit(Duration.ofMillis(100));
        try (PoolExecutor pool = pool((builder) -> builder.maxWorkers(1).taskDefaults(defaults))) {
            Future<?> endless = pool.submit((TaskAction) gate::blockForEver);
            assertThat(endless.exception(Await.PATIENCE)).isInstanceOf(TaskTimeoutException.class);
            Future<Integer> patient = pool.submit(() -> gate.pass(1), limit(Duration.ofSeconds(20)));
            assertThat(Futures.wait(List.of(patient), defaults.timeLimit(), ReturnWhen.ALL_COMPLETED).done()).isEmpty();
            gate.letPass();
            assertThat(patient.result(Await.PATIENCE)).isEqualTo(1);
        }
    }

    @Test
    default void shortLimitsHitOnlyTheirTasks() throws Exception {
        try (PoolExecutor pool = pool(2)) {
            List<Future<Integer>> futures = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                int number = i;
                futures.add(pool.submit(() -> number,
                        (i % 2 == 0) ? queueLimit(Duration.ofNanos(1 + i * 10_000L)) : TaskOptions.none()));
            }
            for (int i = 0; i < 300; i++) {
                Throwable thrown = futures.get(i).exception(Await.PATIENCE);
                if (i % 2 == 1 || thrown == null) {
                    assertThat(futures.get(i).result()).isEqualTo(i);
                }
                else {
                    assertThat(thrown).isInstanceOf(TaskTimeoutException.class);
                }
            }
            PoolStatistics.TaskCounts counts = pool.statistics().tasks();
            assertThat(counts.timedOut() + counts.succeeded()).isEqualTo(300);
            assertThat(pool.statistics().restarts()).isZero();
        }
    }

    @Test
    default void aLimitMayBeAsLongAsADurationCanBe() throws Exception {
        Duration forEver = Duration.ofSeconds(Long.MAX_VALUE);
        try (PoolExecutor pool = pool(1)) {
            Future<Integer> future = pool.submit(() -> 1, limit(forEver).withQueueTimeLimit(forEver));
            assertThat(future.result(forEver)).isEqualTo(1);
            assertThat(pool.awaitQuiescence(forEver)).isTrue();
            assertThat(pool.close(forEver)).isTrue();
        }
    }

}
