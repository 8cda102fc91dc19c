// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.futures.Future;
import dev.futures.Futures;
import dev.futures.ReturnWhen;
import dev.futures.Task;
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
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Processes that are replaced after some tasks.
 */
@ExtendWith(LeakCheck.class)
class RecyclingTests {

    @Test
    void aProcessRunsAsManyTasksAsItMay() throws Exception {
        try (ProcessPoolExecutor pool = Pools.builder(1).maxTasksPerChild(3).build()) {
            List<Long> pids = new ArrayList<>();
            for (int i = 0; i < 7; i++) {
                pids.add(pool.submit(Work::pid).result(Await.PATIENCE));
            }
            assertThat(pids.subList(0, 3)).containsOnly(pids.get(0));
            assertThat(pids.subList(3, 6)).containsOnly(pids.get(3)).doesNotContain(pids.get(0));
            assertThat(pids.get(6)).isNotIn(pids.subList(0, 6));
            assertThat(pool.statistics().restarts()).as("recycling is no accident").isZero();
        }
    }

    @Test
    void aBacklogIsDoneByOneProcessAfterTheOther() throws Exception {
        List<Future<Long>> futures = new ArrayList<>();
        try (ProcessPoolExecutor pool = Pools.builder(2).maxTasksPerChild(2).build()) {
            for (int i = 0; i < 10; i++) {
                futures.add(pool.submit(Work::pid));
            }
        }
        Map<Long, Integer> counts = new LinkedHashMap<>();
        for (Future<Long> future : futures) {
            counts.merge(future.result(), 1, Integer::sum);
        }
        assertThat(counts.values()).allMatch((count) -> count <= 2);
        assertThat(counts).hasSizeGreaterThanOrEqualTo(5);
    }

    @Test
    void noProcessIsStartedForAPoolThatHasBecomeTooSmallForIt(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        File starts = Files.createDirectory(directory.resolve("starts")).toFile();
        try (ProcessPoolExecutor pool = Pools.builder(2)
            .maxTasksPerChild(1)
            .initializer(() -> File.createTempFile("start", null, starts))
            .build()) {
            List<Future<Integer>> futures = List.of(pool.submit(() -> gate.pass(1)), pool.submit(() -> gate.pass(2)));
            gate.awaitEntered(2);
            pool.resize(1);
            gate.letPass();
            for (Future<Integer> future : futures) {
                future.result(Await.PATIENCE);
            }
            Await.until("one fresh process is left",
                    () -> pool.statistics().liveWorkers() == 1 && pool.statistics().idleWorkers() == 1);
            assertThat(starts.list()).hasSize(3);
        }
    }

    @Test
    void shutdownWhileProcessesAreReplacedDoesTheRest() throws Exception {
        List<Future<Integer>> futures = new ArrayList<>();
        ProcessPoolExecutor pool = Pools.builder(2).maxTasksPerChild(1).build();
        for (int i = 0; i < 6; i++) {
            int number = i;
            futures.add(pool.submit(() -> {
                if (number % 3 == 2) {
                    throw new IllegalStateException("task " + number);
                }
                return number;
            }));
        }
        pool.shutdown(false, false);
        assertThat(pool.awaitTermination(Await.PATIENCE)).isTrue();
        for (int i = 0; i < 6; i++) {
            if (i % 3 == 2) {
                assertThat(futures.get(i).exception()).hasMessage("task " + i);
            }
            else {
                assertThat(futures.get(i).result()).isEqualTo(i);
            }
        }
    }

    @Test
    void aFailingTaskCountsToo() throws Exception {
        try (ProcessPoolExecutor pool = Pools.builder(1).maxTasksPerChild(1).build()) {
            long first = pool.submit(Work::pid).result(Await.PATIENCE);
            assertThat(pool.submit(() -> {
                throw new IllegalStateException("process " + Work.pid());
            }).exception(Await.PATIENCE)).hasMessageNotContaining("process " + first);
            assertThat(pool.submit(Work::pid).result(Await.PATIENCE)).isNotEqualTo(first);
        }
    }

    @Test
    void aReplacementThatCannotBeStartedBreaksThePool(@TempDir Path directory) throws Exception {
        File home = Files.createDirectory(directory.resolve("home")).toFile();
        try (LogCapture log = new LogCapture("dev.futures");
                ProcessPoolExecutor pool = Pools.builder(1)
                    .maxTasksPerChild(1)
                    .restartLimit(1)
                    .workingDirectory(home.toPath())
                    .build()) {
            Task<Boolean> last = home::delete;
            assertThat(pool.submit(last).result(Await.PATIENCE)).isTrue();
            assertThat(pool.submit(() -> 1).exception(Await.PATIENCE)).isInstanceOf(BrokenProcessPoolException.class)
                .hasMessageContaining("could not be started");
            assertThatExceptionOfType(BrokenProcessPoolException.class).isThrownBy(() -> pool.submit(() -> 1));
            assertThat(log.messages()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void noProcessIsReplacedOnceThePoolIsKilled(boolean kill) throws Exception {
        List<Future<Integer>> futures = new ArrayList<>();
        try (ProcessPoolExecutor pool = Pools.builder(2).maxTasksPerChild(1).build()) {
            for (int i = 0; i < 20; i++) {
                futures.add(pool.submit(() -> 1));
            }
            assertThat(futures.get(0).result(Await.PATIENCE)).isEqualTo(1);
            if (kill) {
                pool.killWorkers();
            }
            else {
                pool.terminateWorkers();
            }
            assertThat(Futures.wait(futures, Await.PATIENCE, ReturnWhen.ALL_COMPLETED).notDone()).isEmpty();
            assertThat(pool.awaitTermination(Await.PATIENCE)).isTrue();
        }
    }

    @Test
    void aWorkerWhoseProcessIsReplacedIsStillExpected() throws Exception {
        try (ProcessPoolExecutor pool = Pools.builder(1).queueCapacity(0).maxTasksPerChild(1).build()) {
            for (int i = 0; i < 5; i++) {
                int number = i;
                assertThat(pool.submit(() -> number).result(Await.PATIENCE)).isEqualTo(number);
            }
            assertThat(pool.statistics().tasks().rejected()).isZero();
        }
    }

    @Test
    void aWorkerIsIdleForNoLongerThanItMayHoweverOftenItsProcessIsReplaced() throws Exception {
        try (ProcessPoolExecutor pool = Pools.builder(1)
            .keepAlive(Duration.ofMillis(500))
            .maxAgePerChild(Duration.ofMillis(50))
            .build()) {
            assertThat(pool.submit(() -> 1).result(Await.PATIENCE)).isEqualTo(1);
            Await.until("the worker has ended", () -> pool.statistics().liveWorkers() == 0);
        }
    }

}
