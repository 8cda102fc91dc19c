// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.futures.Future;
import dev.futures.PoolState;
import dev.futures.Task;
import dev.futures.TaskAction;
import dev.futures.support.Await;
import dev.futures.support.Gate;
import dev.futures.support.LeakCheck;
import dev.futures.support.LogCapture;
import dev.futures.support.Work;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Processes that do not start, and what ends them before they are ready.
 */
@ExtendWith(LeakCheck.class)
class StartTests {

    @TempDir
    private Path directory;

    private LogCapture log;

    @BeforeEach
    void captureLog() {
        this.log = new LogCapture("dev.futures");
    }

    @AfterEach
    void releaseLog() {
        this.log.close();
    }

    private static void assertBroken(ProcessPoolExecutor pool, String... words) throws Exception {
        Future<Integer> first = pool.submit(() -> 1);
        Future<Integer> second = pool.submit(() -> 2);
        assertThat(first.exception(Await.PATIENCE)).isInstanceOf(BrokenProcessPoolException.class)
            .hasMessageContainingAll(words);
        assertThat(second.exception(Await.PATIENCE)).isInstanceOf(BrokenProcessPoolException.class);
        assertThatExceptionOfType(BrokenProcessPoolException.class).isThrownBy(() -> pool.submit(() -> 3));
        assertThat(pool.statistics().state()).isEqualTo(PoolState.BROKEN);
    }

    @Test
    void aWrongJvmOptionBreaksThePoolAndIsQuoted() throws Exception {
        try (ProcessPoolExecutor pool = Pools.builder(2)
            .restartLimit(2)
            .jvmOptions(List.of("-XX:NoSuchOption"))
            .build()) {
            assertBroken(pool, "trying again would not help", "NoSuchOption", "exited with status 1");
        }
        assertThat(this.log.messages()).noneMatch((message) -> message.contains("trying again in"));
    }

    @Test
    void aProcessThatDiesWhileItGetsReadyIsTriedAgain() throws Exception {
        TaskAction initializer = () -> Runtime.getRuntime().halt(4);
        try (ProcessPoolExecutor pool = Pools.builder(1).restartLimit(2).initializer(initializer).build()) {
            assertBroken(pool, "2 times in a row", "exited with status 4");
        }
        assertThat(this.log.messages())
            .anyMatch((message) -> message.contains("trying again in 0.1 s, once before the pool is broken: "));
    }

    @Test
    void whatNoProcessCanBeStartedWithIsRefusedAtOnce() {
        Path missing = this.directory.resolve("missing");
        ProcessPoolBuilder builder = Pools.builder(1);
        assertThatIllegalArgumentException().isThrownBy(() -> builder.workingDirectory(missing))
            .withMessageContaining(missing.toString());
        assertThatIllegalArgumentException().isThrownBy(() -> builder.java(missing))
            .withMessageContaining(missing.toString());
        assertThatIllegalArgumentException().isThrownBy(() -> builder.jvmOptions(List.of("-Xmx1g", "Main")))
            .withMessageContaining("'Main'");
        assertThatIllegalArgumentException().isThrownBy(() -> builder.environment(Map.of("A=B", "c")))
            .withMessageContaining("'A=B'");
    }

    @Test
    void aWorkingDirectoryThatIsGoneBreaksThePool() throws Exception {
        Path gone = Files.createDirectory(this.directory.resolve("gone"));
        try (ProcessPoolExecutor pool = Pools.builder(1).restartLimit(1).workingDirectory(gone).build()) {
            Files.delete(gone);
            assertBroken(pool, gone.toString());
        }
    }

    @Test
    void anInitializerThatExitsBreaksThePool() throws Exception {
        TaskAction initializer = () -> System.exit(5);
        try (ProcessPoolExecutor pool = Pools.builder(1).restartLimit(1).initializer(initializer).build()) {
            assertBroken(pool, "exited with status 5", "while it was getting ready");
        }
    }

    @Test
    void anInitializerThatDoesNotEndBreaksThePool() throws Exception {
        try (ProcessPoolExecutor pool = Pools.builder(1)
            .restartLimit(1)
            .startTimeout(Duration.ofSeconds(1))
            .initializer(Work::blockForEver)
            .build()) {
            assertBroken(pool, "PT1S");
        }
    }

    @Test
    void anInitializerThatCannotTravelBreaksThePool() throws Exception {
        Object captured = new Object();
        TaskAction initializer = () -> captured.notify();
        try (ProcessPoolExecutor pool = Pools.builder(1).initializer(initializer).build()) {
            Future<Integer> future = pool.submit(() -> 1);
            assertThat(future.exception(Await.PATIENCE)).isInstanceOf(BrokenProcessPoolException.class)
                .hasRootCauseInstanceOf(java.io.NotSerializableException.class);
        }
    }

    @Test
    void aStartTimeoutMayBeAsLongAsADurationCanBe() throws Exception {
        try (ProcessPoolExecutor pool = Pools.builder(1).startTimeout(Duration.ofSeconds(Long.MAX_VALUE)).build()) {
            assertThat(pool.submit(() -> 1).result(Await.PATIENCE)).isEqualTo(1);
        }
    }

    @Test
    void anInterruptedCloseEndsAProcessThatGetsReady() throws Exception {
        Gate gate = Gate.in(this.directory);
        ProcessPoolExecutor pool = Pools.builder(1).initializer(gate::blockForEver).build();
        Future<Integer> future = pool.submit(() -> 1);
        gate.awaitEntered(1);
        Thread.currentThread().interrupt();
        pool.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(future.cancelled()).isTrue();
    }

    @Test
    void killAndTerminateBeforeTheFirstTaskDoNothingBad() {
        for (boolean kill : new boolean[] { true, false }) {
            try (ProcessPoolExecutor pool = Pools.builder(1).build()) {
                end(pool, kill);
                assertThatExceptionOfType(java.util.concurrent.RejectedExecutionException.class)
                    .isThrownBy(() -> pool.submit(() -> 1));
            }
        }
    }

    private static void end(ProcessPoolExecutor pool, boolean kill) {
        if (kill) {
            pool.killWorkers();
        }
        else {
            pool.terminateWorkers();
        }
    }

    @Test
    void killAndTerminateEndWhatRunsAndCancelWhatWaits() throws Exception {
        for (boolean kill : new boolean[] { true, false }) {
            Gate gate = Gate.in(this.directory);
            ProcessPoolExecutor pool = Pools.builder(2).build();
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                running.add(pool.submit((TaskAction) gate::blockForEver));
            }
            Future<Integer> waiting = pool.submit(() -> 1);
            gate.awaitEntered(2);
            end(pool, kill);
            assertThat(waiting.cancelled()).isTrue();
            for (Future<?> future : running) {
                assertThat(future.exception(Duration.ZERO)).isInstanceOf(BrokenProcessPoolException.class)
                    .hasMessageContaining(kill ? "killWorkers()" : "terminateWorkers()");
            }
            assertThatExceptionOfType(java.util.concurrent.RejectedExecutionException.class)
                .isThrownBy(() -> pool.submit(() -> 1));
            assertThat(pool.awaitTermination(Await.PATIENCE)).isTrue();
            end(pool, kill);
        }
    }

    @Test
    void killWorkersReachesTheirChildren() throws Exception {
        Gate gate = Gate.in(this.directory);
        ProcessPoolExecutor pool = Pools.builder(1).build();
        Future<?> running = pool.submit((TaskAction) () -> {
            new ProcessBuilder("sleep", "300").start();
            gate.blockForEver();
        });
        gate.awaitEntered(1);
        ProcessHandle sleep = ProcessHandle.current()
            .descendants()
            .filter((process) -> process.info().command().orElse("").endsWith("sleep"))
            .findAny()
            .orElseThrow();
        pool.killWorkers();
        Await.until("the grandchild is dead", () -> !sleep.isAlive());
        assertThat(running.done()).isTrue();
        assertThat(pool.awaitTermination(Await.PATIENCE)).isTrue();
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        ProcessPoolBuilder builder = ProcessPoolExecutor.builder();
        assertThatIllegalArgumentException().isThrownBy(() -> builder.maxTasksPerChild(0))
            .withMessage("maxTasksPerChild must be >= 1 but was 0");
        assertThatIllegalArgumentException().isThrownBy(() -> builder.maxHeap((8 << 20) - 1))
            .withMessage("maxHeap is in bytes and must be at least 8 MiB (8388608), with which a JVM can start, "
                    + "but was 8388607");
        assertThatIllegalArgumentException().isThrownBy(() -> builder.restartLimit(0));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.maxPayload(0));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.startTimeout(Duration.ZERO));
    }

    @ParameterizedTest
    @ValueSource(strings = { "Serial", "Parallel", "G1" })
    void aProcessStartsWithTheSmallestHeap(String collector) throws Exception {
        try (ProcessPoolExecutor pool = Pools.builder(1)
            .maxHeap(8 << 20)
            .jvmOptions(List.of(Pools.FAST, "-XX:+Use" + collector + "GC"))
            .build()) {
            assertThat(pool.submit(() -> 1).result(Await.PATIENCE)).isEqualTo(1);
        }
    }

    @Test
    void aPoolInAWorkerWorks() throws Exception {
        Task<Integer> nested = () -> {
            try (ProcessPoolExecutor inner = Pools.builder(1).build()) {
                return inner.submit(() -> 42).result(Await.PATIENCE);
            }
        };
        try (ProcessPoolExecutor pool = Pools.builder(1).build()) {
            assertThat(pool.submit(nested).result(Await.PATIENCE)).isEqualTo(42);
        }
    }

    @Test
    void aProcessThatCannotBeStartedDoesNotEndATaskElsewhere() throws Exception {
        Gate gate = Gate.in(this.directory);
        Path home = Files.createDirectory(this.directory.resolve("home"));
        try (ProcessPoolExecutor pool = Pools.builder(2).restartLimit(1).workingDirectory(home).build()) {
            Future<Integer> running = pool.submit(() -> gate.pass(1));
            gate.awaitEntered(1);
            Files.delete(home);
            assertThat(pool.submit(() -> 2).exception(Await.PATIENCE)).isInstanceOf(BrokenProcessPoolException.class);
            assertThat(running.done()).isFalse();
            gate.letPass();
            assertThat(running.result(Await.PATIENCE)).isEqualTo(1);
            assertThatExceptionOfType(BrokenProcessPoolException.class).isThrownBy(() -> pool.submit(() -> 3));
        }
    }

}
