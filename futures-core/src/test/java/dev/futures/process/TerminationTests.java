// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.futures.Future;
import dev.futures.TaskAction;
import dev.futures.support.Await;
import dev.futures.support.Gate;
import dev.futures.support.LeakCheck;
import dev.futures.support.Work;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Processes that are asked to end or killed, and have something left to do.
 */
@ExtendWith(LeakCheck.class)
class TerminationTests {

    @TempDir
    private Path directory;

    /** A task that goes on for ever in a process that has a shutdown hook. */
    private Future<?> submit(ProcessPoolExecutor pool, TaskAction hook) throws Exception {
        Gate running = Gate.in(this.directory);
        Future<?> future = pool.submit((TaskAction) () -> {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    hook.run();
                }
                catch (Exception ex) {
                    throw new IllegalStateException(ex);
                }
            }));
            running.spinForEver();
        });
        running.awaitEntered(1);
        return future;
    }

    private static ProcessHandle process(ProcessPoolExecutor pool) {
        return ProcessHandle.of(pool.statistics().workers().get(0).pid()).orElseThrow();
    }

    @Test
    void aProcessThatIsAskedToEndMayFinishItsShutdownHooks() throws Exception {
        Gate hook = Gate.in(this.directory);
        Gate finished = Gate.in(this.directory);
        try (ProcessPoolExecutor pool = Pools.builder(1).stopGrace(Duration.ofMillis(1)).build()) {
            Future<?> future = submit(pool, () -> {
                hook.pass(1);
                finished.enter();
            });
            ProcessHandle process = process(pool);
            pool.terminateWorkers();
            assertThat(future.exception(Await.PATIENCE)).isInstanceOf(BrokenProcessPoolException.class)
                .hasMessageContaining("terminateWorkers()");
            hook.awaitEntered(1);
            assertThat(Await.happens(Duration.ofMillis(100), () -> !process.isAlive()))
                .as("the grace of tasks is not that of the process")
                .isFalse();
            hook.letPass();
            assertThat(pool.awaitTermination(Await.PATIENCE)).isTrue();
            assertThat(process.isAlive()).isFalse();
        }
        assertThat(finished.entered()).isEqualTo(1);
    }

    @Test
    void aProcessThatDoesNotEndThoughItWasAskedToIsKilled() throws Exception {
        Gate hook = Gate.in(this.directory);
        try (ProcessPoolExecutor pool = Pools.builder(1).build()) {
            Future<?> future = submit(pool, hook::blockForEver);
            ProcessHandle process = process(pool);
            pool.terminateWorkers();
            assertThat(future.exception(Await.PATIENCE)).isInstanceOf(BrokenProcessPoolException.class);
            hook.awaitEntered(1);
            Await.until("it is killed", () -> !process.isAlive());
            assertThat(pool.awaitTermination(Await.PATIENCE)).isTrue();
        }
    }

    @Test
    void aProcessThatIsKilledRunsNoShutdownHook() throws Exception {
        Gate hook = Gate.in(this.directory);
        try (ProcessPoolExecutor pool = Pools.builder(1).build()) {
            Future<?> future = submit(pool, hook::blockForEver);
            ProcessHandle process = process(pool);
            pool.killWorkers();
            assertThat(future.exception(Await.PATIENCE)).isInstanceOf(BrokenProcessPoolException.class)
                .hasMessageContaining("killWorkers()");
            assertThat(pool.awaitTermination(Await.PATIENCE)).isTrue();
            Await.until("it is dead", () -> !process.isAlive());
        }
        assertThat(hook.entered()).isZero();
    }

    @Test
    void anIdleProcessIsAskedToEnd() throws Exception {
        Gate hook = Gate.in(this.directory);
        try (ProcessPoolExecutor pool = Pools.builder(1).build()) {
            pool.submit((TaskAction) () -> Runtime.getRuntime().addShutdownHook(new Thread(() -> enter(hook))))
                .result(Await.PATIENCE);
            assertThat(pool.submit(Work::pid).result(Await.PATIENCE)).isEqualTo(process(pool).pid());
            pool.terminateWorkers();
            assertThat(pool.awaitTermination(Await.PATIENCE)).isTrue();
        }
        assertThat(hook.entered()).isEqualTo(1);
    }

    /** That takes as long as for one of them, then. */
    @Test
    void processesThatDoNotListenAreWaitedForTogether() throws Exception {
        int count = 4;
        Gate gate = Gate.in(this.directory);
        ProcessPoolExecutor pool = Pools.builder(count).minWorkers(count).build();
        List<Future<Integer>> futures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            futures.add(pool.submit(() -> gate.pass(1)));
        }
        gate.awaitEntered(count);
        gate.letPass();
        for (Future<Integer> future : futures) {
            future.result(Await.PATIENCE);
        }
        List<ProcessHandle> stopped = pool.statistics()
            .workers()
            .stream()
            .map((worker) -> ProcessHandle.of(worker.pid()).orElseThrow())
            .toList();
        for (ProcessHandle process : stopped) {
            assertThat(new ProcessBuilder("kill", "-STOP", "" + process.pid()).start().waitFor()).isZero();
        }
        Thread closer = new Thread(pool::close);
        closer.start();
        Await.until("each has been asked to end", () -> waitingForAnEnd() == count);
        assertThat(stopped).allMatch(ProcessHandle::isAlive);
        stopped.forEach(ProcessHandle::destroyForcibly);
        closer.join(Await.PATIENCE.toMillis());
        assertThat(closer.isAlive()).isFalse();
    }

    private static long waitingForAnEnd() {
        return Thread.getAllStackTraces()
            .values()
            .stream()
            .filter((stack) -> Stream.of(stack).anyMatch((each) -> each.getMethodName().equals("farewell")))
            .count();
    }

    private static void enter(Gate gate) {
        try {
            gate.enter();
        }
        catch (Exception ex) {
            throw new IllegalStateException(ex);
        }
    }

}
