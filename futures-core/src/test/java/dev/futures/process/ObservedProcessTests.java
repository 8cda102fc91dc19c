// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.futures.BrokenExecutorException;
import dev.futures.Future;
import dev.futures.Outcome;
import dev.futures.PoolListener;
import dev.futures.PoolState;
import dev.futures.ProcessStatistics;
import dev.futures.TaskInfo;
import dev.futures.support.Await;
import dev.futures.support.LeakCheck;
import dev.futures.support.LogCapture;
import dev.futures.support.Work;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for what is seen of worker processes, and done to them from outside.
 */
@ExtendWith(LeakCheck.class)
class ObservedProcessTests {

    private static final long MIB = 1024 * 1024;

    private static ProcessStatistics process(ProcessPoolExecutor pool) {
        ProcessStatistics process = pool.statistics().workers().get(0).process();
        assertThat(process).isNotNull();
        return process;
    }

    @Test
    void aProcessTellsWhatItUses() throws Exception {
        Instant before = Instant.now();
        try (ProcessPoolExecutor pool = Pools.builder(1).maxTasksPerChild(7).build()) {
            for (int i = 0; i < 3; i++) {
                assertThat(pool.submit(() -> 1).result(Await.PATIENCE)).isEqualTo(1);
            }
            ProcessStatistics process = process(pool);
            assertThat(process.pid()).isEqualTo(pool.submit(Work::pid).result(Await.PATIENCE));
            assertThat(process.startedAt()).isBetween(before.minusMillis(1), Instant.now().plusMillis(1));
            assertThat(process.tasksDone()).isEqualTo(3);
            assertThat(process.maxTasks()).isEqualTo(7);
            assertThat(process.heapUsed()).isBetween(100_000L, 48 * MIB);
            assertThat(process.heapMax()).isBetween(16 * MIB, 48 * MIB);
            if (ResidentMemory.isKnown(ResidentMemory.PROC)) {
                assertThat(process.residentMemory()).isGreaterThan(8 * MIB);
            }
            else {
                assertThat(process.residentMemory()).isNull();
            }
        }
    }

    @Test
    void aProcessThatIsReplacedOnRequestHasDoneItsTask() throws Exception {
        try (ProcessPoolExecutor pool = Pools.builder(1).build()) {
            long first = pool.submit(Work::pid).result(Await.PATIENCE);
            ProcessHandle handle = ProcessHandle.of(first).orElseThrow();
            assertThat(pool.recycle(pool.statistics().workers().get(0).name())).isTrue();
            assertThat(pool.submit(Work::pid).result(Await.PATIENCE)).isNotEqualTo(first);
            handle.onExit().get(Await.PATIENCE.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
            assertThat(pool.statistics().restarts()).isZero();
            assertThat(process(pool).tasksDone()).isEqualTo(1);
        }
    }

    @Test
    void deathsAreToldWithTheTaskThatTheyCost() throws Exception {
        List<String> told = new CopyOnWriteArrayList<>();
        PoolListener listener = new PoolListener() {

            @Override
            public TaskListener taskSubmitted(String pool, TaskInfo task) {
                return new TaskListener() {

                    @Override
                    public void started(String runner, @Nullable Long pid) {
                        told.add("started in " + pid);
                    }

                    @Override
                    public void ended(Outcome outcome, @Nullable Throwable failure) {
                        told.add(outcome.name());
                    }

                };
            }

            @Override
            public void workerDied(String pool, String worker, BrokenExecutorException death) {
                told.add(pool + " lost that of " + worker + ": " + death.getMessage());
            }

        };
        try (LogCapture log = new LogCapture("dev.futures");
                ProcessPoolExecutor pool = Pools.builder(1).name("hard").listener(listener).build()) {
            long pid = pool.submit(Work::pid).result(Await.PATIENCE);
            Future<Object> future = pool.submit(() -> {
                Runtime.getRuntime().halt(3);
                return null;
            });
            assertThatExceptionOfType(BrokenProcessPoolException.class).isThrownBy(() -> future.result(Await.PATIENCE));
            assertThat(told).hasSize(5);
            assertThat(told.subList(0, 3)).containsExactly("started in " + pid, "SUCCEEDED", "started in " + pid);
            assertThat(told.get(3)).startsWith("hard lost that of hard_0: worker process " + pid);
            assertThat(told.get(4)).isEqualTo("FAILED");
            assertThat(log.messages()).isNotEmpty();
        }
    }

    @Test
    void aStrictPoolThatADeathBrokeIsHealed() throws Exception {
        try (LogCapture log = new LogCapture("dev.futures");
                ProcessPoolExecutor pool = Pools.builder(2).deathPolicy(DeathPolicy.STRICT).build()) {
            for (int i = 0; i < 3; i++) {
                Future<Object> future = pool.submit(() -> {
                    Runtime.getRuntime().halt(3);
                    return null;
                });
                assertThatThrownBy(() -> future.result(Await.PATIENCE)).isInstanceOf(BrokenProcessPoolException.class);
                Await.until("the pool is broken", () -> pool.statistics().state() == PoolState.BROKEN);
                assertThat(pool.heal()).isTrue();
                assertThat(pool.submit(() -> 1).result(Await.PATIENCE)).isEqualTo(1);
            }
            assertThat(log.messages()).isNotEmpty();
        }
    }

    @Test
    void nothingSecretIsInTheSetUp() {
        try (ProcessPoolExecutor pool = Pools.builder(1)
            .jvmOptions(List.of("-Dpassword=secret1", "-Xss1m"))
            .environment(Map.of("TOKEN", "secret2"))
            .maxAgePerChild(Duration.ofHours(1))
            .build()) {
            assertThat(pool.configuration()).containsEntry("jvmOptions", List.of("-Dpassword", "-Xss1m"))
                .containsEntry("environment", List.of("TOKEN"))
                .containsEntry("maxHeap", 48 * MIB)
                .containsEntry("deathPolicy", DeathPolicy.HEAL)
                .containsEntry("maxAgePerChild", Duration.ofHours(1));
            assertThat(pool.configuration().toString()).doesNotContain("secret");
        }
    }

    @Test
    void whatAChildSaysOfItsHeapIsChecked() throws Exception {
        assertThat(HeapUse.fromBytes(new HeapUse(3, 4).toBytes())).isEqualTo(new HeapUse(3, 4));
        assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> HeapUse.fromBytes(new byte[15]))
            .withMessage("it broke the protocol: 15 bytes about its heap");
        assertThat(HeapUse.fromBytes(new HeapUse(-1, 4).toBytes())).as("not worth a process")
            .isEqualTo(new HeapUse(0, 4));
    }

}
