// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.futures.pool.PoolExecutor;
import dev.futures.support.Await;
import dev.futures.support.Gate;
import dev.futures.support.LogCapture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What an operator sees of a pool's tasks, and does to them and to the workers.
 */
interface OperationsContract extends PoolFixture {

    private static List<String> names(PoolExecutor pool, int maxWaiting) {
        return pool.tasks(maxWaiting).stream().map((each) -> each.state() + " " + each.name()).toList();
    }

    @Test
    default void tasksAreListedInTheOrderInWhichTheyAreStarted(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        try (PoolExecutor pool = pool(
                (builder) -> builder.maxWorkers(1).listener(new ListenerContract.Recorder()).name("heard"))) {
            Future<Integer> first = pool.submit(() -> gate.pass(1), TaskOptions.named("first"));
            gate.awaitEntered(1);
            pool.submit(() -> 2, TaskOptions.named("second"));
            Future<Integer> gone = pool.submit(() -> 3, TaskOptions.named("gone"));
            pool.submit(() -> 4, TaskOptions.named("urgent").withPriority(1));
            gone.cancel();
            assertThat(names(pool, 9)).containsExactly("RUNNING first", "WAITING urgent", "WAITING second");
            assertThat(names(pool, 1)).containsExactly("RUNNING first", "WAITING urgent");
            assertThat(pool.tasks(9)).extracting(TaskStatistics::id).containsExactly(1L, 4L, 2L);
            assertThat(pool.tasks(9)).extracting(TaskStatistics::priority).containsExactly(0, 1, 0);
            assertThat(pool.tasks(9)).extracting(TaskStatistics::since).doesNotContainNull();
            assertThat(pool.statistics().oldestWaitingSince()).as("that of the second")
                .isBeforeOrEqualTo(pool.tasks(9).get(1).since());
            assertThat(PoolFixture.onlyWorker(pool).taskId()).isEqualTo(1);
            gate.letPass();
            first.result(Await.PATIENCE);
            assertThat(pool.awaitQuiescence(Await.PATIENCE)).isTrue();
            assertThat(pool.tasks(9)).isEmpty();
            assertThat(pool.statistics().oldestWaitingSince()).isNull();
            assertThat(PoolFixture.onlyWorker(pool).taskId()).isNull();
        }
    }

    @Test
    default void whatNobodyListensToHasNoAge(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        try (PoolExecutor pool = pool(1)) {
            pool.submit(() -> gate.pass(1));
            pool.submit(() -> 2);
            gate.awaitEntered(1);
            assertThat(pool.tasks(9)).hasSize(2).extracting(TaskStatistics::since).containsOnlyNulls();
            assertThat(pool.statistics().oldestWaitingSince()).isNull();
            gate.letPass();
        }
    }

    @Test
    default void tasksAreCancelledByTheirNumbers(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        try (PoolExecutor pool = pool(1)) {
            Future<Object> running = pool.submit(() -> {
                gate.blockForEver();
                return null;
            });
            gate.awaitEntered(1);
            Future<Integer> waiting = pool.submit(() -> 2);
            Future<Integer> next = pool.submit(() -> 3);
            List<Long> ids = pool.tasks(9).stream().map(TaskStatistics::id).toList();
            assertThat(pool.cancel(ids.get(1), false)).isTrue();
            assertThat(waiting.cancelled()).isTrue();
            assertThat(pool.cancel(ids.get(1), true)).as("once").isFalse();
            assertThat(pool.cancel(ids.get(0), false)).as("it is running").isFalse();
            assertThat(pool.cancel(ids.get(0), true)).isTrue();
            assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> running.result(Await.PATIENCE));
            assertThat(next.result(Await.PATIENCE)).isEqualTo(3);
            assertThat(pool.cancel(ids.get(2), true)).as("it has ended").isFalse();
            assertThat(pool.cancel(0, true)).isFalse();
            assertThat(pool.cancel(Long.MAX_VALUE, true)).isFalse();
        }
    }

    @Test
    default void idleWorkersAreReplacedAtOnce() throws Exception {
        try (PoolExecutor pool = pool((builder) -> builder.maxWorkers(1).minWorkers(1))) {
            pool.submit(() -> 1).result(Await.PATIENCE);
            WorkerStatistics before = PoolFixture.onlyWorker(pool);
            assertThat(pool.recycle("nobody")).isFalse();
            assertThat(pool.recycle(before.name())).isTrue();
            Await.until("there is another one",
                    () -> pool.statistics().workers().stream().anyMatch((each) -> !each.name().equals(before.name())));
            assertThat(pool.submit(() -> 2).result(Await.PATIENCE)).isEqualTo(2);
            assertThat(before.pid() == null || !before.pid().equals(PoolFixture.onlyWorker(pool).pid())).isTrue();
            assertThat(pool.statistics().restarts()).as("that is no accident").isZero();
        }
    }

    @Test
    default void busyWorkersAreReplacedAfterTheirTasks(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        try (PoolExecutor pool = pool(2)) {
            List<Future<Integer>> futures = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                futures.add(pool.submit(() -> gate.pass(1)));
            }
            gate.awaitEntered(2);
            List<String> before = pool.statistics().workers().stream().map(WorkerStatistics::name).toList();
            Future<Integer> waiting = pool.submit(() -> 2);
            pool.recycle();
            assertThat(pool.statistics().busyWorkers()).as("their tasks go on").isEqualTo(2);
            gate.letPass();
            for (Future<Integer> future : futures) {
                assertThat(future.result(Await.PATIENCE)).isEqualTo(1);
            }
            assertThat(waiting.result(Await.PATIENCE)).isEqualTo(2);
            Await.until("none of them is left",
                    () -> pool.statistics().workers().stream().noneMatch((each) -> before.contains(each.name())));
            assertThat(pool.submit(() -> 3).result(Await.PATIENCE)).isEqualTo(3);
        }
    }

    @Test
    default void noTaskIsLostWhileWorkersAreReplaced() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        try (PoolExecutor pool = pool(2)) {
            Thread operator = new Thread(() -> {
                while (!stop.get()) {
                    pool.recycle();
                    Thread.yield();
                }
            });
            operator.start();
            for (int i = 0; i < 15; i++) {
                Future<Integer> first = pool.submit(() -> 1);
                Future<Integer> second = pool.submit(() -> 2);
                assertThat(first.result(Await.PATIENCE)).isEqualTo(1);
                assertThat(second.result(Await.PATIENCE)).isEqualTo(2);
            }
            stop.set(true);
            operator.join(Await.PATIENCE.toMillis());
            assertThat(operator.isAlive()).isFalse();
            assertThat(pool.statistics().tasks().failed()).isZero();
        }
        finally {
            stop.set(true);
        }
    }

    @Test
    default void aBrokenPoolIsHealed(@TempDir Path directory) throws Exception {
        Gate broken = Gate.in(directory);
        TaskAction initializer = () -> {
            if (!broken.isOpen()) {
                throw new IllegalStateException("no licence");
            }
        };
        try (LogCapture log = new LogCapture("dev.futures");
                PoolExecutor pool = pool((builder) -> builder.maxWorkers(2).initializer(initializer))) {
            assertThat(pool.heal()).as("it is not broken").isFalse();
            Future<Integer> lost = pool.submit(() -> 1);
            assertThatThrownBy(() -> lost.result(Await.PATIENCE)).isInstanceOf(BrokenExecutorException.class);
            assertThatThrownBy(() -> pool.submit(() -> 2)).isInstanceOf(BrokenExecutorException.class);
            broken.letPass();
            assertThat(pool.heal()).isTrue();
            assertThat(pool.heal()).as("once").isFalse();
            assertThat(pool.statistics().brokenBy()).isNull();
            assertThat(pool.statistics().state()).isEqualTo(PoolState.RUNNING);
            assertThat(pool.submit(() -> 3).result(Await.PATIENCE)).isEqualTo(3);
            assertThat(lost.done()).isTrue();
            assertThat(log.messages()).anyMatch((each) -> each.endsWith("was healed and accepts tasks again"));
        }
    }

    @Test
    default void whatBreaksAPoolMayDoSoAgain() {
        TaskAction initializer = () -> {
            throw new IllegalStateException("no licence");
        };
        try (LogCapture log = new LogCapture("dev.futures");
                PoolExecutor pool = pool((builder) -> builder.maxWorkers(1).initializer(initializer))) {
            for (int i = 0; i < 3; i++) {
                Future<Integer> future = pool.submit(() -> 1);
                assertThatThrownBy(() -> future.result(Await.PATIENCE)).isInstanceOf(BrokenExecutorException.class);
                assertThat(pool.statistics().state()).isEqualTo(PoolState.BROKEN);
                assertThat(pool.heal()).isTrue();
            }
            assertThat(log.messages()).isNotEmpty();
        }
    }

    @Test
    default void theSetUpIsTold() {
        try (PoolExecutor pool = pool((builder) -> builder.maxWorkers(3)
            .queueCapacity(7)
            .keepAlive(Duration.ofMinutes(2))
            .taskDefaults(TaskOptions.none().withTimeLimit(Duration.ofSeconds(5))))) {
            pool.resize(2);
            assertThat(pool.configuration()).containsEntry("maxWorkers", 2)
                .containsEntry("queueCapacity", 7)
                .containsEntry("keepAlive", Duration.ofMinutes(2))
                .containsEntry("timeLimit", Duration.ofSeconds(5))
                .doesNotContainKey("queueTimeLimit");
        }
    }

}
