// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.futures.Future;
import dev.futures.TaskAction;
import dev.futures.TaskOptions;
import dev.futures.support.Await;
import dev.futures.support.Gate;
import dev.futures.support.JavaProgram;
import dev.futures.support.LeakCheck;
import dev.futures.support.LogCapture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a worker process has started does not survive it; what it has not started does.
 */
@ExtendWith(LeakCheck.class)
class ProcessTreeTests {

    @TempDir
    private Path directory;

    private LogCapture log;

    private Process unrelated;

    @BeforeEach
    void start() throws Exception {
        this.log = new LogCapture("dev.futures");
        this.unrelated = new ProcessBuilder("sleep", "300").start();
    }

    @AfterEach
    void end() throws Exception {
        this.log.close();
        boolean alive = this.unrelated.isAlive();
        this.unrelated.destroyForcibly().waitFor();
        assertThat(alive).as("what no worker has started").isTrue();
    }

    /** How a worker process ends. */
    enum End {

        HALT {
            @Override
            void bringAbout(ProcessPoolExecutor pool, Gate gate, Future<?> future) throws Exception {
                gate.letPass();
                assertThat(future.exception(Await.PATIENCE)).isInstanceOf(WorkerDiedException.class);
                assertThat(pool.submit(() -> 1).result(Await.PATIENCE)).isEqualTo(1);
            }
        },
        CANCEL {
            @Override
            void bringAbout(ProcessPoolExecutor pool, Gate gate, Future<?> future) {
                assertThat(future.cancel(true)).isTrue();
            }
        },
        TIME_LIMIT {
            @Override
            void bringAbout(ProcessPoolExecutor pool, Gate gate, Future<?> future) throws Exception {
                assertThat(future.exception(Await.PATIENCE)).isNotNull();
            }
        },
        KILL {
            @Override
            void bringAbout(ProcessPoolExecutor pool, Gate gate, Future<?> future) {
                pool.killWorkers();
            }
        },
        CLOSE {
            @Override
            void bringAbout(ProcessPoolExecutor pool, Gate gate, Future<?> future) throws Exception {
                gate.letPass();
                pool.close();
            }
        };

        abstract void bringAbout(ProcessPoolExecutor pool, Gate gate, Future<?> future) throws Exception;

    }

    static List<Arguments> ends() {
        return Arrays.stream(End.values())
            .flatMap((end) -> Arrays.stream(Offspring.values()).map((offspring) -> Arguments.of(end, offspring)))
            .toList();
    }

    @ParameterizedTest
    @MethodSource("ends")
    void nothingSurvives(End end, Offspring offspring) throws Exception {
        Gate gate = Gate.in(this.directory);
        String name = Offspring.tag();
        TaskOptions options = (end == End.TIME_LIMIT) ? TaskOptions.none().withTimeLimit(Duration.ofSeconds(2))
                : TaskOptions.none();
        try (ProcessPoolExecutor pool = Pools.builder(1).build()) {
            Future<?> future = pool.submit((TaskAction) () -> {
                offspring.start(name);
                if (end == End.CANCEL || end == End.TIME_LIMIT) {
                    // whoever ended when asked to would keep the process, and what it has
                    gate.spinForEver();
                }
                gate.pass(1);
                if (end == End.HALT) {
                    Runtime.getRuntime().halt(1);
                }
            }, options);
            if (end != End.TIME_LIMIT) {
                gate.awaitEntered(1);
            }
            end.bringAbout(pool, gate, future);
            Await.until("nothing is left", () -> Offspring.count(name) == 0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingSurvivesARecycledProcess(Offspring offspring) throws Exception {
        String name = Offspring.tag();
        try (ProcessPoolExecutor pool = Pools.builder(1).maxTasksPerChild(1).build()) {
            pool.submit((TaskAction) () -> offspring.start(name)).result(Await.PATIENCE);
            Await.until("nothing is left", () -> Offspring.count(name) == 0);
            Await.until("it is told", () -> this.log.messages().toString().contains("had left behind"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingSurvivesAKilledParent(Offspring offspring) throws Exception {
        String name = Offspring.tag();
        try (JavaProgram program = JavaProgram.start(Parent.class, List.of(), Map.of(), offspring.name(), name,
                Gate.in(this.directory).directory().toString())) {
            assertThat(program.await("started")).isEqualTo("yes");
            assertThat(Offspring.count(name)).isPositive();
            program.kill();
            Await.until("nothing is left", () -> Offspring.count(name) == 0);
        }
    }

    /** Has a worker that has started something. */
    static final class Parent {

        private Parent() {
        }

        public static void main(String[] args) throws Exception {
            Gate gate = new Gate(Path.of(args[2]).toFile());
            ProcessPoolExecutor pool = Pools.builder(1).build();
            pool.submit((TaskAction) () -> {
                Offspring.valueOf(args[0]).start(args[1]);
                gate.blockForEver();
            });
            gate.awaitEntered(1);
            System.out.println("started: yes");
        }

    }

    @Test
    void whatAWorkersWorkerHasStartedDoesNotSurviveTheOuterOne() throws Exception {
        Gate gate = Gate.in(this.directory);
        String name = Offspring.tag();
        try (ProcessPoolExecutor pool = Pools.builder(1).build()) {
            Future<?> future = pool.submit((TaskAction) () -> {
                ProcessPoolExecutor inner = Pools.builder(1).build();
                inner.submit((TaskAction) () -> Offspring.DAEMON.start(name)).result(Await.PATIENCE);
                gate.enter();
                Runtime.getRuntime().halt(1);
            });
            assertThat(future.exception(Await.PATIENCE)).isInstanceOf(WorkerDiedException.class);
            Await.until("nothing is left", () -> Offspring.count(name) == 0);
        }
    }

    @Test
    void whatAWorkersWorkerHasStartedDoesNotSurviveTheInnerOne() throws Exception {
        String mine = Offspring.tag();
        String name = Offspring.tag();
        try (ProcessPoolExecutor pool = Pools.builder(1).build()) {
            assertThat(pool.submit(() -> {
                Offspring.CHILD.start(mine);
                try (ProcessPoolExecutor inner = Pools.builder(1).build()) {
                    inner.submit((TaskAction) () -> Offspring.DAEMON.start(name)).result(Await.PATIENCE);
                }
                Await.until("nothing is left", () -> Offspring.count(name) == 0);
                return Offspring.count(mine);
            }).result(Await.PATIENCE)).isEqualTo(1);
        }
        Await.until("nothing is left", () -> Offspring.count(mine) == 0);
    }

    @Test
    void aWorkersWorkerBelongsToIt() throws Exception {
        try (ProcessPoolExecutor pool = Pools.builder(1).build()) {
            String outer = pool.submit(() -> System.getenv(ProcessTree.VARIABLE)).result(Await.PATIENCE);
            String inner = pool.submit(() -> ProcessTree.mark(new HashMap<>())).result(Await.PATIENCE);
            assertThat(outer).isNotBlank().isNotEqualTo(System.getenv(ProcessTree.VARIABLE));
            assertThat(inner).startsWith(outer + "/").hasSizeGreaterThan(outer.length() + 30);
        }
    }

    @Test
    void whatKeepsStartingOthersIsEndedAsWell() throws Exception {
        String name = Offspring.tag();
        Map<String, String> environment = new HashMap<>();
        ProcessTree tree = tree(new ProcessBuilder("true").start(), environment);
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", "while sleep 0.01; do sleep " + name + " & done");
        builder.environment().putAll(environment);
        builder.start();
        Await.until("it has started some", () -> Offspring.count(name) > 3);
        tree.sweep();
        Await.until("nothing is left", () -> Offspring.count(name) == 0);
        assertThat(this.log.messages()).hasSize(1).first().asString().matches(".* left behind .* were killed");
    }

    private static ProcessTree tree(Process root, Map<String, String> environment) throws InterruptedException {
        ProcessTree tree = new ProcessTree(root.toHandle(), ProcessTree.mark(environment));
        root.waitFor();
        return tree;
    }

    @Test
    void whatIsOlderThanTheWorkerIsNotItsChild() throws Exception {
        Map<String, String> environment = new HashMap<>();
        String id = ProcessTree.mark(environment);
        ProcessBuilder builder = new ProcessBuilder("sleep", "300");
        builder.environment().putAll(environment);
        Process older = builder.start();
        Process root = builder.start();
        while (!start(root).isAfter(start(older))) {
            root.destroyForcibly().waitFor();
            root = builder.start();
        }
        ProcessTree tree = new ProcessTree(root.toHandle(), id);
        tree.kill();
        root.waitFor();
        tree.sweep();
        assertThat(older.isAlive()).isTrue();
        new ProcessTree(older.toHandle(), id).sweep();
        Await.until("it is dead", () -> !older.isAlive());
    }

    private static Instant start(Process process) {
        return process.toHandle().info().startInstant().orElseThrow();
    }

    @Test
    void anInterruptedThreadSweepsAsWell() throws Exception {
        Map<String, String> environment = new HashMap<>();
        ProcessTree tree = tree(new ProcessBuilder("true").start(), environment);
        ProcessBuilder builder = new ProcessBuilder("sleep", "300");
        builder.environment().putAll(environment);
        Process orphan = builder.start();
        Thread.currentThread().interrupt();
        tree.sweep();
        assertThat(Thread.interrupted()).isTrue();
        Await.until("it is dead", () -> !orphan.isAlive());
    }

    @Test
    void onlyTheWholeIdCounts() {
        String id = UUID.randomUUID().toString();
        assertThat(isMarked(id, "A=b", "FUTURES_WORKER_ID=" + id, "C=d")).isTrue();
        assertThat(isMarked(id, "FUTURES_WORKER_ID=" + id)).isTrue();
        assertThat(isMarked(id, "FUTURES_WORKER_ID=" + id + "/inner")).isTrue();
        assertThat(isMarked(id + "/inner", "FUTURES_WORKER_ID=" + id)).isFalse();
        assertThat(isMarked(id, "FUTURES_WORKER_ID=" + id + "0")).isFalse();
        assertThat(isMarked(id, "FUTURES_WORKER_ID=outer/" + id)).isFalse();
        assertThat(isMarked(id, "OTHER_FUTURES_WORKER_ID=" + id)).isFalse();
        assertThat(isMarked(id, "A=FUTURES_WORKER_ID=" + id)).isFalse();
        assertThat(isMarked(id, "")).isFalse();
        assertThat(isMarked("gr\u00fc\u00dfe", "FUTURES_WORKER_ID=gr\u00fc\u00dfe")).isTrue();
    }

    private static boolean isMarked(String id, String... variables) {
        return ProcessTree.isMarked((String.join("\0", variables) + "\0").getBytes(StandardCharsets.UTF_8), id);
    }

    /** Only by its parent is it known whose it is. */
    @Test
    void aDescendantWithoutTheMarkIsKilledWithTheWorker() throws Exception {
        String name = Offspring.tag();
        Map<String, String> environment = new HashMap<>();
        String id = ProcessTree.mark(environment);
        Process root = new ProcessBuilder("sh", "-c", "env -i sleep " + name + " & wait").start();
        ProcessTree tree = new ProcessTree(root.toHandle(), id);
        Await.until("it has been started", () -> Offspring.count(name) == 1);
        tree.kill();
        Await.until("nothing is left", () -> Offspring.count(name) == 0);
        assertThat(root.waitFor()).isEqualTo(137);
    }

}
