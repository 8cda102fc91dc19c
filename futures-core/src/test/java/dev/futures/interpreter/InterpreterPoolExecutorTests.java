// SPDX-License-Identifier: Apache-2.0

package dev.futures.interpreter;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.futures.BrokenExecutorException;
import dev.futures.Future;
import dev.futures.PoolState;
import dev.futures.TaskAction;
import dev.futures.TaskSerializationException;
import dev.futures.WorkerStatistics;
import dev.futures.support.Await;
import dev.futures.support.Gate;
import dev.futures.support.LeakCheck;
import dev.futures.support.LogCapture;
import dev.futures.support.Work;
import dev.futures.thread.BrokenThreadPoolException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Workers and their initializers, beyond what every kind of pool has to do.
 */
@ExtendWith(LeakCheck.class)
class InterpreterPoolExecutorTests {

    @BeforeEach
    void reset() {
        World.COUNT.set(0);
        World.name = "unnamed";
    }

    private static InterpreterPoolExecutor pool(int maxWorkers, TaskAction initializer) {
        return InterpreterPoolExecutor.builder().name("own").maxWorkers(maxWorkers).initializer(initializer).build();
    }

    @Test
    void theDefaultsAreThoseOfPython() {
        try (InterpreterPoolExecutor pool = new InterpreterPoolExecutor();
                InterpreterPoolExecutor next = new InterpreterPoolExecutor(3);
                InterpreterPoolExecutor named = InterpreterPoolExecutor.builder().name("named").build()) {
            assertThat(pool.statistics().maxWorkers())
                .isEqualTo(Math.min(32, Runtime.getRuntime().availableProcessors() + 4));
            assertThat(pool.name()).matches("InterpreterPoolExecutor-\\d+");
            assertThat(number(next)).isEqualTo(number(pool) + 1);
            assertThat(next.statistics().maxWorkers()).isEqualTo(3);
            assertThat(named.name()).isEqualTo("named");
            assertThat(pool.statistics().kind()).isEqualTo("interpreter");
        }
    }

    private static int number(InterpreterPoolExecutor pool) {
        return Integer.parseInt(pool.name().substring("InterpreterPoolExecutor-".length()));
    }

    @Test
    void theInitializerRunsBeforeTheTasksAndWhereTheyRun() throws Exception {
        String captured = "Ada";
        try (InterpreterPoolExecutor pool = pool(1, () -> World.name = captured)) {
            assertThat(pool.submit(() -> World.name).result(Await.PATIENCE)).isEqualTo("Ada");
        }
        assertThat(World.name).as("the application's").isEqualTo("unnamed");
    }

    @Test
    void whatAnInitializerDidIsNotSeenByTheOtherWorkersNorByTheApplication(@TempDir Path directory) throws Exception {
        World.COUNT.set(100);
        Gate gate = Gate.in(directory);
        List<Future<Integer>> futures = new ArrayList<>();
        try (InterpreterPoolExecutor pool = pool(3, () -> World.COUNT.incrementAndGet())) {
            for (int i = 0; i < 3; i++) {
                futures.add(pool.submit(() -> gate.pass(World.COUNT.get())));
            }
            gate.awaitEntered(3);
            gate.letPass();
            for (Future<Integer> future : futures) {
                assertThat(future.result(Await.PATIENCE)).isEqualTo(1);
            }
        }
        assertThat(World.COUNT).hasValue(100);
    }

    @Test
    void aFailingInitializerBreaksThePoolWithItsExceptionAsTheCause() throws Exception {
        TaskAction initializer = () -> {
            throw new IOException("no licence");
        };
        try (LogCapture log = new LogCapture("dev.futures"); InterpreterPoolExecutor pool = pool(1, initializer)) {
            Throwable thrown = pool.submit(() -> 1).exception(Await.PATIENCE);
            assertThat(thrown).isExactlyInstanceOf(BrokenInterpreterPoolException.class)
                .isInstanceOf(BrokenThreadPoolException.class)
                .isInstanceOf(BrokenExecutorException.class)
                .hasMessageContaining("interpreter initializer failed, the interpreter pool is not usable anymore");
            assertThat(thrown.getCause()).isExactlyInstanceOf(IOException.class).hasMessage("no licence");
            assertThat(thrown.getCause().getSuppressed()).singleElement()
                .extracting(Throwable::getMessage)
                .isEqualTo("thrown in interpreter own_0 of pool 'own', the initializer");
            assertThatExceptionOfType(BrokenInterpreterPoolException.class).isThrownBy(() -> pool.submit(() -> 1));
            assertThat(pool.statistics().state()).isEqualTo(PoolState.BROKEN);
            assertThat(log.messages()).contains("exception in initializer of own_0");
        }
    }

    @Test
    void anInitializerThatCannotCrossBreaksThePool() throws Exception {
        Object captured = new Object() {
        };
        assertBroken(() -> captured.hashCode(), "the initializer could not be sent to interpreter own_0",
                captured.getClass().getName());
        Obstacle.Step step = Obstacle.Step.READ_INSIDE;
        Obstacle obstacle = new Obstacle(step, false);
        assertBroken(() -> obstacle.hashCode(), "the initializer could not be read by interpreter own_0",
                "obstacle at READ_INSIDE");
        class Local {

            void initialize() {
            }

        }
        assertBroken(new Local()::initialize, "the initializer could not be sent", Local.class.getName());
    }

    private static void assertBroken(TaskAction initializer, String what, String why) throws Exception {
        try (LogCapture log = new LogCapture("dev.futures"); InterpreterPoolExecutor pool = pool(1, initializer)) {
            assertThat(pool.submit(() -> 1).exception(Await.PATIENCE))
                .isInstanceOf(BrokenInterpreterPoolException.class)
                .cause()
                .isInstanceOf(TaskSerializationException.class)
                .hasMessageContaining(what)
                .hasMessageContaining(why);
            assertThat(log.messages()).contains("exception in initializer of own_0");
        }
    }

    @Test
    void staticFieldsAreInitialisedOncePerWorkerAndLastAsLongAsIt() throws Exception {
        int before = World.initialized();
        try (InterpreterPoolExecutor pool = new InterpreterPoolExecutor(1)) {
            for (int i = 1; i <= 5; i++) {
                assertThat(pool.submit(() -> World.COUNT.incrementAndGet()).result(Await.PATIENCE)).isEqualTo(i);
            }
        }
        assertThat(World.initialized()).isEqualTo(before + 1);
        try (InterpreterPoolExecutor pool = new InterpreterPoolExecutor(1)) {
            assertThat(pool.submit(() -> World.COUNT.incrementAndGet()).result(Await.PATIENCE)).isEqualTo(1);
        }
        assertThat(World.initialized()).isEqualTo(before + 2);
        assertThat(World.COUNT).hasValue(0);
    }

    @Test
    void asManyTasksAsWorkersBlockAtTheSameTime(@TempDir Path directory) throws Exception {
        assertThat(blocking(directory, 4, 4)).hasSize(4).doesNotHaveDuplicates();
    }

    @Test
    void moreBlockingTasksThanWorkersAllEnd(@TempDir Path directory) throws Exception {
        assertThat(blocking(directory, 2, 7)).hasSize(7);
    }

    private static List<String> blocking(Path directory, int workers, int tasks) throws Exception {
        Gate gate = Gate.in(directory);
        List<String> places = new ArrayList<>();
        try (InterpreterPoolExecutor pool = new InterpreterPoolExecutor(workers)) {
            List<Future<String>> futures = new ArrayList<>();
            for (int i = 0; i < tasks; i++) {
                futures.add(pool.submit(() -> gate.pass(Work.place())));
            }
            gate.awaitEntered(workers);
            assertThat(pool.statistics().busyWorkers()).isEqualTo(workers);
            gate.letPass();
            for (Future<String> future : futures) {
                places.add(future.result(Await.PATIENCE));
            }
        }
        return places;
    }

    @Test
    void thereAreNeverMoreWorkersThanThereMayBe(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        try (InterpreterPoolExecutor pool = new InterpreterPoolExecutor(3)) {
            List<Future<Integer>> futures = new ArrayList<>();
            for (int i = 0; i < 45; i++) {
                futures.add(pool.submit(() -> gate.pass(1)));
            }
            gate.awaitEntered(3);
            assertThat(pool.statistics().liveWorkers()).isEqualTo(3);
            gate.letPass();
            for (Future<Integer> future : futures) {
                assertThat(future.result(Await.PATIENCE)).isEqualTo(1);
            }
            assertThat(pool.statistics().liveWorkers()).isEqualTo(3);
        }
    }

    @Test
    void anIdleWorkerAndItsInterpreterAreUsedAgain() throws Exception {
        try (InterpreterPoolExecutor pool = new InterpreterPoolExecutor(4)) {
            for (int i = 1; i <= 10; i++) {
                assertThat(pool.submit(() -> World.COUNT.incrementAndGet()).result(Await.PATIENCE)).isEqualTo(i);
            }
            assertThat(pool.statistics().workers()).singleElement()
                .extracting(WorkerStatistics::tasksDone)
                .isEqualTo(10L);
        }
    }

    @Test
    void poolsCanBeNested() throws Exception {
        World.name = "outermost";
        try (InterpreterPoolExecutor pool = new InterpreterPoolExecutor(1)) {
            assertThat(pool.submit(InterpreterPoolExecutorTests::nested).result(Await.PATIENCE))
                .isEqualTo("unnamed in middle");
        }
    }

    private static String nested() throws Exception {
        World.name = "middle";
        try (InterpreterPoolExecutor pool = new InterpreterPoolExecutor(1)) {
            return pool.submit(() -> World.name).result(Await.PATIENCE) + " in " + World.name;
        }
    }

}
