// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.lang.reflect.Field;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.futures.Future;
import dev.futures.PoolState;
import dev.futures.PoolStatistics;
import dev.futures.TaskAction;
import dev.futures.TaskOptions;
import dev.futures.WorkerStatistics;
import dev.futures.support.Await;
import dev.futures.support.Gate;
import dev.futures.support.LeakCheck;
import dev.futures.support.LogCapture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Worker processes that die, in a pool that heals.
 */
@ExtendWith(LeakCheck.class)
class WorkerDeathTests {

    @TempDir
    private Path directory;

    /** {@link HealFaultMatrixTests} has all deaths, this has all that is said. */
    @Test
    void onlyTheTaskThatKilledItsProcessFails() throws Exception {
        try (LogCapture log = new LogCapture("dev.futures");
                ProcessPoolExecutor pool = Pools.builder(2).name("mortal").build()) {
            List<Future<Integer>> others = submit(pool, 3);
            TaskAction task = FaultKind.SIGKILL::commit;
            Future<?> bomb = pool.submit(task, TaskOptions.named("bomb"));
            others.addAll(submit(pool, 5));
            Throwable thrown = bomb.exception(Await.PATIENCE);
            assertThat(thrown).isInstanceOf(WorkerDiedException.class).isInstanceOf(BrokenProcessPoolException.class);
            WorkerDiedException died = (WorkerDiedException) thrown;
            assertThat(died.exitStatus()).isEqualTo(137);
            assertThat(died.pid()).isPositive();
            assertThat(died)
                .hasMessageStartingWith("worker process " + died.pid() + " of pool 'mortal' exited with status 137"
                        + " (SIGKILL) while running task 'bomb'; only this task is lost");
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
                assertThat(pool.submit((TaskAction) FaultKind.HALT::commit).exception(Await.PATIENCE))
                    .isInstanceOf(WorkerDiedException.class);
            }
            assertThat(pool.submit(() -> 1).result(Await.PATIENCE)).isEqualTo(1);
            assertThat(log.messages()).hasSize(3);
        }
    }

    @Test
    void aCrashOfTheJvmIsNamed() throws Exception {
        try (LogCapture log = new LogCapture("dev.futures"); ProcessPoolExecutor pool = Pools.builder(1).build()) {
            Throwable thrown = pool.submit((TaskAction) WorkerDeathTests::crash).exception(Await.PATIENCE);
            assertThat(thrown).isInstanceOf(WorkerDiedException.class)
                .hasMessageContaining("exited with status 1 (crash of the JVM: SIGSEGV) while running");
            assertThat(pool.submit(() -> 1).result(Await.PATIENCE)).isEqualTo(1);
            assertThat(log.messages()).isNotEmpty();
        }
    }

    /** Writes where there is no memory, as native code may. */
    private static void crash() throws Exception {
        Class<?> type = Class.forName("sun.misc.Unsafe");
        Field field = type.getDeclaredField("theUnsafe");
        field.setAccessible(true);
        type.getMethod("putLong", long.class, long.class).invoke(field.get(null), 0L, 0L);
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
