// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.futures.PoolState;
import dev.futures.TaskAction;
import dev.futures.support.Await;
import dev.futures.support.Gate;
import dev.futures.support.LeakCheck;
import dev.futures.support.LogCapture;
import dev.futures.support.Work;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Processes that are ready before they are needed.
 */
@ExtendWith(LeakCheck.class)
class WarmSpareTests {

    @TempDir
    private Path directory;

    @Test
    void thereIsNoneBeforeThereIsAWorker() {
        try (ProcessPoolExecutor pool = Pools.builder(1).warmSpares(2).build()) {
            assertThat(children()).isEmpty();
            assertThat(pool.statistics().liveWorkers()).isZero();
        }
    }

    @Test
    void aSpareTakesThePlaceOfAProcessThatDies() throws Exception {
        try (LogCapture log = new LogCapture("dev.futures");
                ProcessPoolExecutor pool = Pools.builder(1).warmSpares(1).build()) {
            long first = pool.submit(Work::pid).result(Await.PATIENCE);
            Set<Long> spares = awaitSpares(pool, first, 1);
            assertThat(pool.submit((TaskAction) FaultKind.HALT::commit).exception(Await.PATIENCE))
                .isInstanceOf(WorkerDiedException.class);
            long second = pool.submit(Work::pid).result(Await.PATIENCE);
            assertThat(spares).containsExactly(second);
            assertThat(awaitSpares(pool, second, 1)).as("a further one").doesNotContain(first);
            assertThat(log.messages()).isNotEmpty();
        }
    }

    @Test
    void aSpareTakesThePlaceOfAProcessThatIsWornOut() throws Exception {
        try (ProcessPoolExecutor pool = Pools.builder(1).maxTasksPerChild(1).warmSpares(1).build()) {
            long first = pool.submit(Work::pid).result(Await.PATIENCE);
            Await.until("the spare is at work, and there is another one",
                    () -> children().size() == 2 && !children().contains(first));
            assertThat(pool.submit(Work::pid).result(Await.PATIENCE)).isNotEqualTo(first);
            assertThat(pool.statistics().restarts()).isZero();
        }
    }

    @Test
    void aSpareThatDiesIsNotUsed() throws Exception {
        try (LogCapture log = new LogCapture("dev.futures");
                ProcessPoolExecutor pool = Pools.builder(1).warmSpares(1).build()) {
            long first = pool.submit(Work::pid).result(Await.PATIENCE);
            long spare = awaitSpares(pool, first, 1).iterator().next();
            ProcessHandle handle = ProcessHandle.of(spare).orElseThrow();
            handle.destroyForcibly();
            Await.until("the spare is dead", () -> !handle.isAlive());
            assertThat(pool.submit((TaskAction) FaultKind.HALT::commit).exception(Await.PATIENCE))
                .isInstanceOf(WorkerDiedException.class);
            assertThat(pool.submit(Work::pid).result(Await.PATIENCE)).isNotIn(first, spare);
            assertThat(pool.statistics().state()).isEqualTo(PoolState.RUNNING);
            Await.until("its death is told",
                    () -> log.messages()
                        .stream()
                        .anyMatch((message) -> message.contains("a spare worker process, " + spare)));
        }
    }

    @Test
    void theEndOfThePoolDoesNotWaitForASpareToGetReady() throws Exception {
        Gate gate = Gate.in(this.directory);
        try (ProcessPoolExecutor pool = Pools.builder(1).warmSpares(1).initializer(() -> {
            // the first one is the worker's
            if (gate.entered() == 0) {
                gate.enter();
            }
            else {
                gate.blockForEver();
            }
        }).build()) {
            assertThat(pool.submit(() -> 1).result(Await.PATIENCE)).isEqualTo(1);
            gate.awaitEntered(2);
        }
        assertThat(children()).isEmpty();
    }

    @Test
    void theNumberIsChecked() {
        assertThatIllegalArgumentException().isThrownBy(() -> ProcessPoolExecutor.builder().warmSpares(-1))
            .withMessage("warmSpares must be in [0, 64] but was -1");
    }

    private static Set<Long> awaitSpares(ProcessPoolExecutor pool, long worker, int count) throws Exception {
        Await.until("there are spares", () -> pool.spares().ready() == count);
        List<Long> pids = children();
        assertThat(pids).contains(worker).hasSize(count + 1);
        return pids.stream().filter((pid) -> pid != worker).collect(Collectors.toSet());
    }

    private static List<Long> children() {
        return ProcessHandle.current().children().filter(ProcessHandle::isAlive).map(ProcessHandle::pid).toList();
    }

    @Test
    void aSpareThatDiesIsReplacedAtOnce() throws Exception {
        try (LogCapture log = new LogCapture("dev.futures");
                ProcessPoolExecutor pool = Pools.builder(1).warmSpares(1).build()) {
            long worker = pool.submit(Work::pid).result(Await.PATIENCE);
            long first = awaitSpares(pool, worker, 1).iterator().next();
            ProcessHandle.of(first).orElseThrow().destroyForcibly();
            Await.until("there is another one",
                    () -> pool.spares().ready() == 1 && !children().contains(first) && children().size() == 2);
            Await.until("its death is told",
                    () -> log.messages()
                        .stream()
                        .anyMatch((message) -> message.contains("a spare worker process, " + first)));
        }
    }

}
