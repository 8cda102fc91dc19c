// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import dev.futures.Future;
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
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tasks that were sent to a process which died before it had read them.
 */
@ExtendWith(LeakCheck.class)
class UnstartedTests {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(ints = { 10, 100_000, 3_000_000 })
    void aTaskThatWasNotReadIsSentToTheNextProcess(int size) throws Exception {
        byte[] content = new byte[size];
        try (LogCapture log = new LogCapture("dev.futures"); ProcessPoolExecutor pool = Pools.builder(1).build()) {
            long first = pool.submit(Work::pid).result(Await.PATIENCE);
            stop(first);
            Future<Long> future = pool.submit(() -> Work.pid() + 0L * content.length, TaskOptions.named("spared"));
            assertThat(future.running()).isTrue();
            kill(first);
            assertThat(future.result(Await.PATIENCE)).isNotEqualTo(first);
            assertThat(log.messages()).anyMatch((message) -> message.contains("worker process " + first) && message
                .contains("(SIGKILL) before it began task 'spared'; the task is sent to the next process"));
            assertThat(pool.statistics().tasks()).isEqualTo(new PoolStatistics.TaskCounts(2, 2, 0, 0, 0, 0));
        }
    }

    @Test
    void theWorkerIsBusyWithATaskThatIsSentAgain() throws Exception {
        Gate gate = Gate.in(this.directory);
        try (LogCapture log = new LogCapture("dev.futures"); ProcessPoolExecutor pool = Pools.builder(1).build()) {
            long first = pool.submit(Work::pid).result(Await.PATIENCE);
            stop(first);
            Future<?> future = pool.submit((TaskAction) gate::spinForEver, TaskOptions.named("spared"));
            kill(first);
            gate.awaitEntered(1);
            WorkerStatistics worker = pool.statistics().workers().get(0);
            assertThat(worker.state()).isEqualTo(WorkerStatistics.State.BUSY);
            assertThat(worker.task()).isEqualTo("spared");
            assertThat(future.cancel(true)).isTrue();
            assertThat(log.messages()).isNotEmpty();
        }
    }

    @Test
    void aTaskThatWasReadIsNotSentAgain() throws Exception {
        Gate gate = Gate.in(this.directory);
        try (LogCapture log = new LogCapture("dev.futures"); ProcessPoolExecutor pool = Pools.builder(1).build()) {
            Future<?> future = pool.submit((TaskAction) gate::spinForEver, TaskOptions.named("begun"));
            gate.awaitEntered(1);
            kill(pool.statistics().workers().get(0).pid());
            assertThat(future.exception(Await.PATIENCE)).isInstanceOf(WorkerDiedException.class)
                .hasMessageContaining("while running task 'begun'; only this task is lost");
            assertThat(pool.submit(() -> 1).result(Await.PATIENCE)).isEqualTo(1);
            assertThat(gate.entered()).isEqualTo(1);
            assertThat(log.messages()).isNotEmpty();
        }
    }

    @Test
    void aTaskIsNotSentForEver() throws Exception {
        try (LogCapture log = new LogCapture("dev.futures");
                ProcessPoolExecutor pool = StubWorker.builder(this.directory, StubWorker.Manner.LEAVES_TASKS_UNREAD)
                    .build()) {
            Future<?> future = pool.submit(() -> 1, TaskOptions.named("unlucky"));
            assertThat(future.exception(Await.PATIENCE)).isInstanceOf(WorkerDiedException.class)
                .hasMessageContaining("exited with status 7 before it began task 'unlucky'; that has happened "
                        + Unstarted.LIMIT + " times, so the task is not sent again");
            assertThat(log.messages()).filteredOn((message) -> message.contains("the task is sent to the next process"))
                .hasSize(Unstarted.LIMIT - 1);
            assertThat(pool.statistics().tasks().failed()).isEqualTo(1);
        }
    }

    @Test
    void itsTimeLimitHoldsWhileItIsSentAgain() throws Exception {
        try (LogCapture log = new LogCapture("dev.futures"); ProcessPoolExecutor pool = Pools.builder(1).build()) {
            long first = pool.submit(Work::pid).result(Await.PATIENCE);
            stop(first);
            Future<?> future = pool.submit(() -> 1, TaskOptions.none().withTimeLimit(Duration.ofMillis(200)));
            assertThat(future.exception(Await.PATIENCE)).isInstanceOf(TaskTimeoutException.class);
            assertThat(pool.submit(Work::pid).result(Await.PATIENCE)).isNotEqualTo(first);
            assertThat(log.messages()).isNotEmpty();
        }
    }

    @Test
    void oneDeathBreaksAStrictPoolAllTheSame() throws Exception {
        try (LogCapture log = new LogCapture("dev.futures");
                ProcessPoolExecutor pool = Pools.builder(1).deathPolicy(DeathPolicy.STRICT).build()) {
            long first = pool.submit(Work::pid).result(Await.PATIENCE);
            stop(first);
            Future<?> future = pool.submit(() -> 1);
            kill(first);
            assertThat(future.exception(Await.PATIENCE)).isInstanceOf(BrokenProcessPoolException.class);
            assertThat(log.messages()).isNotEmpty();
        }
    }

    private static void stop(long pid) throws Exception {
        assertThat(new ProcessBuilder("kill", "-STOP", String.valueOf(pid)).start().waitFor()).isZero();
        // a thread that waits for bytes may still be given some before it stops
        Await.until("all threads have stopped", () -> hasStopped(pid));
    }

    private static boolean hasStopped(long pid) {
        for (File thread : new File("/proc/" + pid + "/task").listFiles()) {
            try {
                String stat = Files.readString(thread.toPath().resolve("stat"));
                if (stat.charAt(stat.lastIndexOf(')') + 2) != 'T') {
                    return false;
                }
            }
            catch (IOException ex) {
                // that thread has ended
                continue;
            }
        }
        return true;
    }

    private static void kill(long pid) {
        assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
    }

    @Test
    void noTaskGoesToAProcessThatWasToldToEnd() throws Exception {
        try (LogCapture log = new LogCapture("dev.futures"); ProcessPoolExecutor pool = Pools.builder(1).build()) {
            for (int i = 0; i < 3; i++) {
                long pid = pool.submit(Work::pid).result(Await.PATIENCE);
                Gate leaves = Gate.in(this.directory);
                // a hook that lasts keeps the process there after it was told to end
                pool.submit((TaskAction) () -> Runtime.getRuntime().addShutdownHook(new Thread(() -> hold(leaves))))
                    .result(Await.PATIENCE);
                ProcessHandle.of(pid).orElseThrow().destroy();
                leaves.awaitEntered(1);
                int ended = i + 1;
                Await.until("the pool knows, though the process is still there",
                        () -> pool.statistics().restarts() == ended);
                Future<Long> future = pool.submit(Work::pid);
                leaves.letPass();
                assertThat(future.exception(Await.PATIENCE)).isNull();
                assertThat(future.result()).isNotEqualTo(pid);
            }
            assertThat(pool.statistics().tasks().failed()).isZero();
            assertThat(log.messages()).isNotEmpty();
        }
    }

    private static void hold(Gate gate) {
        try {
            gate.pass(1);
        }
        catch (Exception ex) {
            throw new IllegalStateException(ex);
        }
    }

    @Test
    void aTaskThatRunsWhileItsProcessEndsMayStillAnswer() throws Exception {
        Gate leaves = Gate.in(this.directory);
        Gate task = Gate.in(this.directory);
        try (LogCapture log = new LogCapture("dev.futures"); ProcessPoolExecutor pool = Pools.builder(1).build()) {
            Future<Long> future = pool.submit(() -> {
                Runtime.getRuntime().addShutdownHook(new Thread(() -> hold(leaves)));
                return task.pass(Work.pid());
            });
            task.awaitEntered(1);
            long pid = pool.statistics().workers().get(0).pid();
            ProcessHandle.of(pid).orElseThrow().destroy();
            leaves.awaitEntered(1);
            task.letPass();
            assertThat(future.result(Await.PATIENCE)).isEqualTo(pid);
            Future<Long> next = pool.submit(Work::pid);
            leaves.letPass();
            assertThat(next.result(Await.PATIENCE)).isNotEqualTo(pid);
            assertThat(log.messages()).isNotEmpty();
        }
    }

}
