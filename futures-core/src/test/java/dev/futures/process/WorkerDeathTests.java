// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.futures.Future;
import dev.futures.PoolState;
import dev.futures.PoolStatistics;
import dev.futures.TaskAction;
import dev.futures.TaskOptions;
import dev.futures.TaskTimeoutException;
import dev.futures.WorkerStatistics;
import dev.futures.support.Await;
import dev.futures.support.Gate;
import dev.futures.support.LeakCheck;
import dev.futures.support.LogCapture;
import dev.futures.support.Work;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Worker processes that die, in a pool that heals.
 */
@ExtendWith(LeakCheck.class)
class WorkerDeathTests {

    @TempDir
    private Path directory;

    static List<Arguments> bombs() {
        List<Arguments> all = new ArrayList<>();
        for (Bomb.Moment moment : Bomb.Moment.values()) {
            for (Death death : Death.values()) {
                for (int workers = 1; workers <= 2; workers++) {
                    all.add(Arguments.of(moment, death, workers));
                }
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("bombs")
    void onlyTheTaskThatKilledItsProcessFails(Bomb.Moment moment, Death death, int workers) throws Exception {
        try (LogCapture log = new LogCapture("dev.futures");
                ProcessPoolExecutor pool = Pools.builder(workers).name("mortal").build()) {
            List<Future<Integer>> others = submit(pool, 3);
            Future<Object> bomb = pool.submit(new Bomb(moment, death), TaskOptions.named("bomb"));
            others.addAll(submit(pool, 5));
            Throwable thrown = bomb.exception(Await.PATIENCE);
            assertThat(thrown).isInstanceOf(WorkerDiedException.class).isInstanceOf(BrokenProcessPoolException.class);
            WorkerDiedException died = (WorkerDiedException) thrown;
            assertThat(died.exitStatus()).isEqualTo(death.status());
            assertThat(died.pid()).isPositive();
            assertThat(died).hasMessageStartingWith("worker process " + died.pid() + " of pool 'mortal' "
                    + death.description() + " while running task 'bomb'; only this task is lost");
            assertAllReturn(others);
            assertThat(ProcessHandle.of(died.pid()).filter(ProcessHandle::isAlive)).isEmpty();
            PoolStatistics statistics = pool.statistics();
            assertThat(statistics.state()).isEqualTo(PoolState.RUNNING);
            assertThat(statistics.restarts()).isEqualTo(1);
            assertThat(statistics.tasks()).isEqualTo(new PoolStatistics.TaskCounts(9, 8, 1, 0, 0, 0));
            assertThat(log.messages()).contains(died.getMessage());
        }
    }

    private static List<Future<Integer>> submit(ProcessPoolExecutor pool, int count) {
        List<Future<Integer>> futures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            futures.add(pool.submit(() -> 1));
        }
        return futures;
    }

    private static void assertAllReturn(List<Future<Integer>> futures) throws Exception {
        for (Future<Integer> future : futures) {
            assertThat(future.result(Await.PATIENCE)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aProcessThatDiesIdleIsReplaced(Death death) throws Exception {
        Gate gate = Gate.in(this.directory);
        try (LogCapture log = new LogCapture("dev.futures"); ProcessPoolExecutor pool = Pools.builder(1).build()) {
            long pid = pool.submit(() -> plant(gate, death)).result(Await.PATIENCE);
            gate.letPass();
            Await.until("the death is seen", () -> pool.statistics().restarts() == 1);
            assertThat(pool.submit(Work::pid).result(Await.PATIENCE)).isNotEqualTo(pid);
            assertThat(pool.statistics().tasks().failed()).isZero();
            assertThat(log.messages()).anyMatch((message) -> message.contains(death.description())
                    && message.contains("while it was idle; the process is replaced"));
        }
    }

    /** Starts a thread that kills the process later. */
    static long plant(Gate gate, Death death) {
        Thread fuse = new Thread(() -> {
            try {
                gate.pass(1);
                death.die();
            }
            catch (Exception ex) {
                throw new IllegalStateException(ex);
            }
        });
        fuse.setDaemon(true);
        fuse.start();
        return Work.pid();
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 2 })
    void anEndlessLoopIsKilledByItsTimeLimit(int workers) throws Exception {
        Gate gate = Gate.in(this.directory);
        try (ProcessPoolExecutor pool = Pools.builder(workers).build()) {
            TaskOptions limit = TaskOptions.none().withTimeLimit(Duration.ofSeconds(1));
            Future<?> endless = pool.submit((TaskAction) gate::spinForEver, limit);
            List<Future<Integer>> others = submit(pool, 5);
            gate.awaitEntered(1);
            assertThat(endless.exception(Await.PATIENCE)).isInstanceOf(TaskTimeoutException.class);
            assertAllReturn(others);
            assertThat(pool.submit(() -> 1).result(Await.PATIENCE)).isEqualTo(1);
            Await.until("the kill is counted", () -> pool.statistics().restarts() == 1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 2 })
    void anEndlessLoopIsKilledByCancel(int workers) throws Exception {
        Gate gate = Gate.in(this.directory);
        try (LogCapture log = new LogCapture("dev.futures");
                ProcessPoolExecutor pool = Pools.builder(workers).build()) {
            Future<?> endless = pool.submit((TaskAction) gate::spinForEver);
            List<Future<Integer>> others = submit(pool, 5);
            gate.awaitEntered(1);
            long pid = pool.statistics()
                .workers()
                .stream()
                .filter((worker) -> worker.state() == WorkerStatistics.State.BUSY)
                .findFirst()
                .orElseThrow()
                .pid();
            assertThat(endless.cancel(true)).isTrue();
            assertAllReturn(others);
            if (workers == 1) {
                Await.until("the process is dead",
                        () -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
            }
            assertThat(log.messages()).as("nothing unexpected has happened")
                .allMatch((message) -> message.contains("is told to stop")
                        || message.contains("was killed because task"));
        }
    }

    @Test
    void theLastWordsOfAProcessAreInTheMessage() throws Exception {
        try (LogCapture log = new LogCapture("dev.futures"); ProcessPoolExecutor pool = Pools.builder(1).build()) {
            Future<?> future = pool.submit((TaskAction) () -> {
                for (int i = 0; i < 100; i++) {
                    System.err.println("line " + i);
                }
                Runtime.getRuntime().halt(1);
            });
            WorkerDiedException died = (WorkerDiedException) future.exception(Await.PATIENCE);
            assertThat(died.lastOutput()).hasSizeLessThan(100).endsWith("line 98", "line 99");
            assertThat(died).hasMessageContaining("line 99").hasMessageNotContaining("line 10\n");
            assertThat(log.messages()).isNotEmpty();
        }
    }

    @Test
    void aChildOfADeadProcessHoldsUpNobody() throws Exception {
        try (LogCapture log = new LogCapture("dev.futures"); ProcessPoolExecutor pool = Pools.builder(1).build()) {
            Gate gate = Gate.in(this.directory);
            Future<?> future = pool.submit((TaskAction) () -> {
                Process survivor = new ProcessBuilder("sleep", "300").inheritIO().start();
                System.err.println("survivor " + survivor.pid());
                gate.enter();
                Runtime.getRuntime().halt(1);
            });
            WorkerDiedException died = (WorkerDiedException) future.exception(Await.PATIENCE);
            assertThat(pool.submit(() -> 1).result(Await.PATIENCE)).isEqualTo(1);
            String last = died.lastOutput().get(0);
            long survivor = Long.parseLong(last.substring("survivor ".length()));
            Await.until("it is dead as well",
                    () -> ProcessHandle.of(survivor).flatMap((process) -> process.info().command()).isEmpty());
            assertThat(log.messages()).isNotEmpty();
        }
    }

    @Test
    void manyDeathsOfTasksDoNotBreakThePool() throws Exception {
        try (LogCapture log = new LogCapture("dev.futures");
                ProcessPoolExecutor pool = Pools.builder(1).restartLimit(2).build()) {
            for (int i = 0; i < 3; i++) {
                assertThat(pool.submit(new Bomb(Bomb.Moment.RUN, Death.HALT)).exception(Await.PATIENCE))
                    .isInstanceOf(WorkerDiedException.class);
            }
            assertThat(pool.submit(() -> 1).result(Await.PATIENCE)).isEqualTo(1);
            assertThat(log.messages()).hasSize(3);
        }
    }

    @Test
    void processesThatKeepDyingIdleAreReplacedAgainAndAgain() throws Exception {
        TaskAction initializer = () -> plantAtOnce();
        try (LogCapture log = new LogCapture("dev.futures");
                ProcessPoolExecutor pool = Pools.builder(1).restartLimit(2).initializer(initializer).build()) {
            pool.submit(() -> 1).exception(Await.PATIENCE);
            Await.until("it has died often", () -> pool.statistics().restarts() >= 4);
            assertThat(pool.statistics().state()).isEqualTo(PoolState.RUNNING);
            assertThat(log.messages()).isNotEmpty();
        }
    }

    private static void plantAtOnce() {
        Thread fuse = new Thread(() -> {
            try {
                Await.happens(Duration.ofMillis(200), () -> false);
            }
            catch (InterruptedException ex) {
                // then it dies even earlier
            }
            Runtime.getRuntime().halt(9);
        });
        fuse.setDaemon(true);
        fuse.start();
    }

}
