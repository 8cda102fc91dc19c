// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import dev.futures.pool.PoolExecutor;
import dev.futures.support.Await;
import dev.futures.support.Gate;
import dev.futures.support.LogCapture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What those are told who listen to a pool.
 */
interface ListenerContract extends PoolFixture {

    private PoolExecutor pool(PoolListener listener, int queueCapacity) {
        return pool((builder) -> builder.name("heard").maxWorkers(1).queueCapacity(queueCapacity).listener(listener));
    }

    @Test
    default void everyEndIsTold(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        Recorder recorder = new Recorder();
        try (PoolExecutor pool = pool(recorder, 9)) {
            Future<Integer> good = pool.submit(() -> gate.pass(1), TaskOptions.named("good"));
            gate.awaitEntered(1);
            Future<Integer> unwanted = pool.submit(() -> 2, TaskOptions.named("unwanted"));
            unwanted.cancel();
            Future<Integer> late = pool.submit(() -> 3,
                    TaskOptions.named("late").withQueueTimeLimit(Duration.ofMillis(1)));
            assertThatThrownBy(() -> late.result(Await.PATIENCE)).isInstanceOf(TaskTimeoutException.class);
            gate.letPass();
            good.result(Await.PATIENCE);
            Future<Integer> bad = pool.submit(() -> {
                throw new IllegalStateException("no paper");
            }, TaskOptions.named("bad"));
            assertThatThrownBy(() -> bad.result(Await.PATIENCE)).isInstanceOf(IllegalStateException.class);
            String worker = pool.statistics().workers().get(0).name();
            assertThat(recorder.of("good")).containsExactly("submitted 0", "started 1 " + worker, "SUCCEEDED null");
            assertThat(recorder.of("unwanted")).containsExactly("submitted 0", "CANCELLED null");
            assertThat(recorder.of("late")).containsExactly("submitted 0", "TIMED_OUT TaskTimeoutException");
            assertThat(recorder.of("bad")).containsExactly("submitted 0", "started 4 " + worker,
                    "FAILED IllegalStateException");
        }
    }

    @Test
    default void whatIsNotAcceptedIsTold(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        Recorder recorder = new Recorder();
        try (PoolExecutor pool = pool(recorder, 0)) {
            pool.submit(() -> gate.pass(1), TaskOptions.named("first"));
            gate.awaitEntered(1);
            assertThatThrownBy(() -> pool.submit(() -> 2, TaskOptions.named("too much")))
                .isInstanceOf(QueueFullException.class);
            gate.letPass();
            pool.shutdown(true, false);
            assertThatThrownBy(() -> pool.submit(() -> 3, TaskOptions.named("too late")))
                .isInstanceOf(ExecutorShutdownException.class);
        }
        assertThat(recorder.of("too much")).containsExactly("submitted 0", "rejected QueueFullException");
        assertThat(recorder.of("too late")).containsExactly("submitted 0", "rejected ExecutorShutdownException");
    }

    @Test
    default void whoeverSeesAFutureDoneHasBeenTold() throws Exception {
        Recorder recorder = new Recorder();
        try (PoolExecutor pool = pool(recorder, 9)) {
            for (int i = 0; i < 200; i++) {
                String name = "task " + i;
                pool.submit(() -> 1, TaskOptions.named(name)).result(Await.PATIENCE);
                assertThat(recorder.of(name)).hasSize(3).endsWith("SUCCEEDED null");
            }
        }
    }

    @Test
    default void breaksAndRecoveriesAreTold(@TempDir Path directory) throws Exception {
        Gate licence = Gate.in(directory);
        Recorder recorder = new Recorder();
        TaskAction initializer = () -> {
            if (!licence.isOpen()) {
                throw new IllegalStateException("no licence");
            }
        };
        try (LogCapture log = new LogCapture("dev.futures");
                PoolExecutor pool = pool(
                        (builder) -> builder.name("heard").maxWorkers(1).initializer(initializer).listener(recorder))) {
            Future<Integer> lost = pool.submit(() -> 1, TaskOptions.named("lost"));
            assertThatThrownBy(() -> lost.result(Await.PATIENCE)).isInstanceOf(BrokenExecutorException.class);
            Await.until("the break is told", () -> !recorder.of("heard").isEmpty());
            licence.letPass();
            pool.heal();
            assertThat(pool.submit(() -> 2).result(Await.PATIENCE)).isEqualTo(2);
            Await.until("the recovery is told", () -> recorder.of("heard").size() == 2);
            assertThat(recorder.of("heard")).containsExactly("broken", "healed");
            assertThat(recorder.of("lost")).last().asString().startsWith("FAILED Broken");
            assertThat(log.messages()).isNotEmpty();
        }
    }

    @Test
    default void aListenerMayLookAtThePool() throws Exception {
        AtomicReference<PoolExecutor> looked = new AtomicReference<>();
        Runnable look = () -> {
            PoolExecutor pool = looked.get();
            if (pool != null) {
                pool.statistics();
                pool.tasks(1);
            }
        };
        PoolListener curious = new PoolListener() {

            @Override
            public TaskListener taskSubmitted(String pool, TaskInfo task) {
                look.run();
                return new TaskListener() {

                    @Override
                    public void started(String runner, @Nullable Long pid) {
                        look.run();
                    }

                    @Override
                    public void ended(Outcome outcome, @Nullable Throwable failure) {
                        look.run();
                    }

                };
            }

        };
        AtomicBoolean stop = new AtomicBoolean();
        try (PoolExecutor pool = pool((builder) -> builder.maxWorkers(2).listener(curious))) {
            looked.set(pool);
            Thread other = new Thread(() -> {
                while (!stop.get()) {
                    look.run();
                }
            });
            other.start();
            List<Future<Integer>> futures = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                futures.add(pool.submit(() -> 1));
            }
            for (Future<Integer> future : futures) {
                assertThat(future.result(Await.PATIENCE)).isEqualTo(1);
            }
            stop.set(true);
            other.join(Await.PATIENCE.toMillis());
            assertThat(other.isAlive()).isFalse();
        }
        finally {
            stop.set(true);
        }
    }

    @Test
    default void listenersThatFailHarmNobody() throws Exception {
        PoolListener failing = new PoolListener() {

            @Override
            public TaskListener taskSubmitted(String pool, TaskInfo task) {
                if (task.name().equals("unlucky")) {
                    throw new IllegalStateException("no memory");
                }
                return new TaskListener() {

                    @Override
                    public void started(String runner, @Nullable Long pid) {
                        throw new StackOverflowError("of a listener");
                    }

                    @Override
                    public void ended(Outcome outcome, @Nullable Throwable failure) {
                        throw new IllegalStateException("of a listener");
                    }

                };
            }

        };
        Recorder recorder = new Recorder();
        try (LogCapture log = new LogCapture("dev.futures");
                PoolExecutor pool = pool(
                        (builder) -> builder.name("heard").maxWorkers(1).listener(failing).listener(recorder))) {
            assertThat(pool.submit(() -> 1, TaskOptions.named("unlucky")).result(Await.PATIENCE)).isEqualTo(1);
            assertThat(pool.submit(() -> 2, TaskOptions.named("lucky")).result(Await.PATIENCE)).isEqualTo(2);
            assertThat(recorder.of("unlucky")).hasSize(3);
            assertThat(recorder.of("lucky")).hasSize(3);
            assertThat(log.messages()).singleElement()
                .asString()
                .startsWith("a listener of pool 'heard' failed, which is said once: ");
        }
    }

    /**
     * Keeps what it is told, in the order of each task and each pool.
     */
    final class Recorder implements PoolListener {

        private final List<String[]> told = new CopyOnWriteArrayList<>();

        private void add(String about, String what) {
            this.told.add(new String[] { about, what });
        }

        List<String> of(String about) {
            return this.told.stream().filter((each) -> each[0].equals(about)).map((each) -> each[1]).toList();
        }

        private static String name(@Nullable Throwable thrown) {
            return (thrown != null) ? thrown.getClass().getSimpleName() : "null";
        }

        @Override
        public TaskListener taskSubmitted(String pool, TaskInfo task) {
            assertThat(pool).isEqualTo("heard");
            add(task.name(), "submitted " + task.id());
            return new TaskListener() {

                @Override
                public void rejected(RuntimeException rejection) {
                    add(task.name(), "rejected " + name(rejection));
                }

                @Override
                public void started(String runner, @Nullable Long pid) {
                    add(task.name(), "started " + task.id() + " " + runner);
                }

                @Override
                public void ended(Outcome outcome, @Nullable Throwable failure) {
                    add(task.name(), outcome + " " + name(failure));
                }

            };
        }

        @Override
        public void workerDied(String pool, String worker, BrokenExecutorException death) {
            add(worker, "died");
        }

        @Override
        public void poolBroken(String pool, Throwable cause) {
            add(pool, "broken");
        }

        @Override
        public void poolHealed(String pool) {
            add(pool, "healed");
        }

    }

}
