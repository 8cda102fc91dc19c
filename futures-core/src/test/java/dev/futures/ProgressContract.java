// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import dev.futures.pool.PoolBuilder;
import dev.futures.pool.PoolExecutor;
import dev.futures.process.ProcessPoolBuilder;
import dev.futures.support.Await;
import dev.futures.support.Gate;
import dev.futures.support.LogCapture;
import dev.futures.support.Work;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What others see of a task that reports how far it has come.
 */
interface ProgressContract extends PoolFixture {

    @Test
    default void aReportIsSeenWhileTheTaskGoesOn(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        TaskProgress half = new TaskProgress(0.5, "page 1");
        try (PoolExecutor pool = pool(1)) {
            Future<Integer> running = pool.submit(() -> {
                TaskContext.current().progress(0.5, "page 1");
                return gate.pass(1);
            });
            Future<Integer> waiting = pool.submit(() -> 2);
            Await.until("the report is on the future", () -> half.equals(running.progress()));
            WorkerStatistics busy = pool.statistics().workers().get(0);
            assertThat(busy.state()).isEqualTo(WorkerStatistics.State.BUSY);
            assertThat(busy.progress()).isEqualTo(half);
            assertThat(waiting.progress()).isNull();
            gate.letPass();
            assertThat(waiting.result(Await.PATIENCE)).isEqualTo(2);
            WorkerStatistics idle = pool.statistics().workers().get(0);
            assertThat(idle.state()).isEqualTo(WorkerStatistics.State.IDLE);
            assertThat(idle.progress()).isNull();
            assertThat(running.progress()).isEqualTo(half);
        }
    }

    @Test
    default void listenersHearReportsInTheirOrderAndTheLastOne(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        List<Double> heard = new CopyOnWriteArrayList<>();
        try (PoolExecutor pool = pool(1)) {
            Future<Integer> future = pool.submit(() -> {
                gate.pass(1);
                for (int i = 1; i <= 100; i++) {
                    TaskContext.current().progress(i / 100.0);
                }
                return 1;
            });
            future.addProgressListener((progress) -> heard.add(progress.fraction()));
            gate.letPass();
            assertThat(future.result(Await.PATIENCE)).isEqualTo(1);
            // some may have been left out, but not the last
            assertThat(heard).isSorted().doesNotHaveDuplicates().endsWith(1.0);
        }
    }

    @Test
    default void aListenerHearsOnlyWhatComesAfterIt(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        List<TaskProgress> heard = new CopyOnWriteArrayList<>();
        try (PoolExecutor pool = pool(1)) {
            Future<Integer> future = pool.submit(() -> {
                TaskContext.current().progress("before");
                gate.pass(1);
                TaskContext.current().progress("after");
                return 1;
            });
            Await.until("the first report has come", () -> future.progress() != null);
            future.addProgressListener(heard::add);
            gate.letPass();
            assertThat(future.result(Await.PATIENCE)).isEqualTo(1);
            assertThat(heard).containsExactly(new TaskProgress(null, "after"));
        }
    }

    @Test
    default void aStoppedTaskIsHeardNoMore(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        List<TaskProgress> heard = new CopyOnWriteArrayList<>();
        try (PoolExecutor pool = pool((builder) -> patiently(builder).maxWorkers(1))) {
            Future<?> future = pool.submit((TaskAction) () -> {
                TaskContext context = TaskContext.current();
                context.progress("wanted");
                gate.enter();
                while (!context.isCancelled()) {
                    Thread.onSpinWait();
                }
                context.progress("unwanted");
            });
            future.addProgressListener(heard::add);
            gate.awaitEntered(1);
            Await.until("the report has come", () -> future.progress() != null);
            assertThat(future.cancel(true)).isTrue();
            assertThat(pool.submit(() -> 1).result(Await.PATIENCE)).isEqualTo(1);
            assertThat(future.progress()).isEqualTo(new TaskProgress(null, "wanted"));
            // which may have come before the listener
            assertThat(heard).isSubsetOf(new TaskProgress(null, "wanted"));
        }
    }

    /** A busy machine must not make a process look as if it did not listen. */
    private static PoolBuilder<?> patiently(PoolBuilder<?> builder) {
        return (builder instanceof ProcessPoolBuilder processes) ? processes.stopGrace(Await.PATIENCE) : builder;
    }

    @Test
    default void aTaskThatIgnoresInterruptsSeesThatItIsCancelled(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        try (PoolExecutor pool = pool((builder) -> patiently(builder).maxWorkers(1))) {
            String place = pool.submit(Work::place).result(Await.PATIENCE);
            Future<?> deaf = pool.submit((TaskAction) () -> {
                TaskContext context = TaskContext.current();
                if (!context.isCancelled()) {
                    gate.enter();
                }
                while (!context.isCancelled()) {
                    Thread.onSpinWait();
                }
            });
            gate.awaitEntered(1);
            assertThat(deaf.cancel(true)).isTrue();
            assertThat(pool.submit(Work::place).result(Await.PATIENCE)).as("its worker goes on").isEqualTo(place);
            assertThat(pool.submit(() -> TaskContext.current().isCancelled()).result(Await.PATIENCE)).isFalse();
            assertThat(pool.statistics().restarts()).isZero();
        }
    }

    @Test
    default void aTaskThatIgnoresInterruptsSeesThatItHasNoTimeLeft(@TempDir Path directory) throws Exception {
        Gate noticed = Gate.in(directory);
        TaskOptions limit = TaskOptions.none().withTimeLimit(Duration.ofMillis(200));
        try (LogCapture log = new LogCapture("dev.futures");
                PoolExecutor pool = pool((builder) -> patiently(builder).maxWorkers(1))) {
            String place = pool.submit(Work::place).result(Await.PATIENCE);
            Future<?> deaf = pool.submit((TaskAction) () -> {
                TaskContext context = TaskContext.current();
                while (!context.isCancelled() || !context.remaining().isZero()) {
                    Thread.onSpinWait();
                }
                Thread.interrupted();
                noticed.enter();
            }, limit);
            assertThat(deaf.exception(Await.PATIENCE)).isInstanceOf(TaskTimeoutException.class);
            noticed.awaitEntered(1);
            assertThat(pool.submit(Work::place).result(Await.PATIENCE)).as("its worker goes on").isEqualTo(place);
            assertThat(pool.statistics().restarts()).isZero();
            assertThat(log.messages()).allMatch((message) -> message.contains("is told to stop"));
        }
    }

    @Test
    default void aListenerThatThrowsDoesNoHarm(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        List<TaskProgress> heard = new CopyOnWriteArrayList<>();
        try (LogCapture log = new LogCapture("dev.futures"); PoolExecutor pool = pool(1)) {
            Future<Integer> future = pool.submit(() -> {
                gate.pass(1);
                TaskContext.current().progress("report");
                return 1;
            });
            future.addProgressListener((progress) -> {
                throw new AssertionError("careless");
            });
            future.addProgressListener(heard::add);
            gate.letPass();
            assertThat(future.result(Await.PATIENCE)).isEqualTo(1);
            assertThat(heard).containsExactly(new TaskProgress(null, "report"));
            assertThat(pool.submit(() -> 2).result(Await.PATIENCE)).isEqualTo(2);
            assertThat(pool.statistics().restarts()).isZero();
            assertThat(log.messages()).hasSize(1)
                .allMatch((message) -> message.startsWith("exception in progress listener "));
            assertThat(log.thrown().get(0)).hasMessage("careless");
        }
    }

    @Test
    default void aListenerMayStopTheTask(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        try (PoolExecutor pool = pool((builder) -> patiently(builder).maxWorkers(1))) {
            Future<?> future = pool.submit((TaskAction) () -> {
                gate.pass(1);
                TaskContext.current().progress("enough");
                Work.blockForEver();
            });
            future.addProgressListener((progress) -> future.cancel(true));
            gate.letPass();
            assertThat(Futures.wait(List.of(future), Await.PATIENCE, ReturnWhen.ALL_COMPLETED).notDone()).isEmpty();
            assertThat(future.cancelled()).isTrue();
            assertThat(pool.submit(() -> 1).result(Await.PATIENCE)).isEqualTo(1);
        }
    }

    @Test
    default void callbacksDoNotSpeakForTheNextTask() throws Exception {
        AtomicInteger foreign = new AtomicInteger();
        try (PoolExecutor pool = pool(1)) {
            for (int i = 0; i < 300; i++) {
                Future<Integer> first = pool.submit(() -> 1);
                Future<Integer> next = pool.submit(() -> 2, TaskOptions.named("next"));
                first.addDoneCallback((done) -> {
                    if (TaskContext.current().taskName().equals("next")) {
                        foreign.incrementAndGet();
                    }
                });
                assertThat(next.result(Await.PATIENCE)).isEqualTo(2);
            }
            assertThat(foreign).hasValue(0);
        }
    }

    @Test
    default void listenersAreReleasedWithTheEnd() throws Exception {
        try (PoolExecutor pool = pool(1)) {
            Future<Integer> future = pool.submit(() -> {
                TaskContext.current().progress(1);
                return 1;
            });
            WeakReference<Object> early = listen(future);
            assertThat(future.result(Await.PATIENCE)).isEqualTo(1);
            WeakReference<Object> late = listen(future);
            Await.until("the listeners are collected", () -> {
                System.gc();
                return early.get() == null && late.get() == null;
            });
            assertThat(future.progress()).isEqualTo(new TaskProgress(1.0, null));
        }
    }

    private static WeakReference<Object> listen(Future<?> future) {
        Object captured = new Object();
        future.addProgressListener((progress) -> captured.hashCode());
        return new WeakReference<>(captured);
    }

    @Test
    default void manyReportsAreNoBurden() throws Exception {
        try (PoolExecutor pool = pool(1)) {
            Future<Integer> future = pool.submit(() -> {
                for (int i = 1; i <= 200_000; i++) {
                    TaskContext.current().progress(i / 200_000.0, "step");
                }
                return 1;
            });
            assertThat(future.result(Duration.ofSeconds(60))).isEqualTo(1);
            assertThat(future.progress()).isEqualTo(new TaskProgress(1.0, "step"));
        }
    }

}
