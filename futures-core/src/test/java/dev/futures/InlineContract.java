// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

import dev.futures.pool.PoolExecutor;
import dev.futures.support.Await;
import dev.futures.support.LogCapture;
import dev.futures.support.Work;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What every kind of pool does that runs each task in the thread that submits it.
 */
interface InlineContract extends BasicContract, SubmitContract, ContextContract, UnobservedFailureContract {

    @Test
    default void aTaskHasEndedInTheThreadOfItsSubmitterWhenSubmitReturns() throws Exception {
        try (PoolExecutor pool = pool((builder) -> builder.maxWorkers(1).minWorkers(1).queueCapacity(0))) {
            Object notSerializable = new Object();
            List<Thread> threads = new ArrayList<>();
            Future<Object> future = pool.submit(() -> {
                threads.add(Thread.currentThread());
                return notSerializable;
            });
            assertThat(future.done()).isTrue();
            assertThat(future.result()).isSameAs(notSerializable);
            assertThat(threads).containsExactly(Thread.currentThread());
            assertThat(pool.isolatesTasks()).isFalse();
            assertThat(pool.statistics().workers()).isEmpty();
        }
    }

    @Test
    default void aTaskMayWaitForAnotherOfItsPool() throws Exception {
        try (PoolExecutor pool = pool(1)) {
            Future<Integer> outer = pool
                .submit(() -> 1 + pool.submit(() -> 1 + pool.submit(() -> 1).result()).result());
            assertThat(outer.result(Duration.ZERO)).isEqualTo(3);
            assertThat(pool.statistics().tasks()).isEqualTo(new PoolStatistics.TaskCounts(3, 3, 0, 0, 0, 0));
        }
    }

    @Test
    default void theContextOfAnOuterTaskIsBackAfterAnInnerOne() throws Exception {
        try (PoolExecutor pool = pool(1)) {
            Future<List<String>> names = pool.submit(() -> {
                String inner = pool.submit(() -> TaskContext.current().taskName(), TaskOptions.named("inner")).result();
                return List.of(inner, TaskContext.current().taskName());
            }, TaskOptions.named("outer"));
            assertThat(names.result()).containsExactly("inner", "outer");
            assertThat(TaskContext.current().taskName()).isEmpty();
        }
    }

    @Test
    default void aPausedInlinePoolRefusesTasks() throws Exception {
        try (PoolExecutor pool = pool((builder) -> builder.name("paused"))) {
            pool.pause();
            assertThatExceptionOfType(QueueFullException.class).isThrownBy(() -> pool.submit(() -> 1))
                .withMessage("pool 'paused' is paused, and as it is inline no task can wait in it; resume it");
            pool.resume();
            assertThat(pool.submit(() -> 1).result(Duration.ZERO)).isEqualTo(1);
            assertThat(pool.statistics().tasks()).isEqualTo(new PoolStatistics.TaskCounts(1, 1, 0, 0, 0, 1));
        }
    }

    @Test
    default void theInitializerRunsOnceBeforeTheFirstTask() throws Exception {
        List<String> seen = new ArrayList<>();
        AtomicReference<PoolExecutor> itself = new AtomicReference<>();
        TaskAction initializer = () -> {
            seen.add("initializer");
            itself.get().submit(() -> seen.add("its task"));
        };
        try (PoolExecutor pool = pool((builder) -> builder.minWorkers(1).initializer(initializer))) {
            itself.set(pool);
            assertThat(seen).isEmpty();
            pool.submit(() -> seen.add("first"));
            pool.submit(() -> seen.add("second"));
            assertThat(seen).containsExactly("initializer", "its task", "first", "second");
        }
    }

    @Test
    default void aFailingInitializerBreaksAnInlinePool() throws Exception {
        TaskAction initializer = () -> {
            throw new IOException("no database");
        };
        try (LogCapture log = new LogCapture("dev.futures");
                PoolExecutor pool = pool((builder) -> builder.name("inline").initializer(initializer))) {
            List<String> ran = new ArrayList<>();
            Future<?> first = pool.submit(() -> ran.add("first"));
            assertThat(first.exception(Duration.ZERO)).isInstanceOf(BrokenExecutorException.class)
                .hasMessage("an initializer failed, the inline pool is not usable anymore")
                .hasCauseExactlyInstanceOf(IOException.class);
            assertThatExceptionOfType(BrokenExecutorException.class).isThrownBy(() -> pool.submit(() -> ran.add("2")))
                .havingRootCause()
                .withMessage("no database");
            assertThat(ran).isEmpty();
            assertThat(pool.statistics().state()).isEqualTo(PoolState.BROKEN);
            assertThat(pool.statistics().tasks()).isEqualTo(new PoolStatistics.TaskCounts(1, 0, 1, 0, 0, 1));
            assertThat(log.messages())
                .anyMatch((each) -> each.equals("exception in initializer of inline pool 'inline'"));
        }
    }

    @Test
    default void aTaskCannotWaitForTheEndOfItsOwnInlinePool() throws Exception {
        PoolExecutor pool = pool(1);
        Future<?> future = pool.submit(() -> pool.close());
        assertThatIllegalStateException().isThrownBy(future::result);
        assertThat(pool.awaitTermination(Duration.ZERO)).isTrue();
    }

    @Test
    default void closingWaitsForTheTaskOfAnotherThread() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        PoolExecutor pool = pool(1);
        AtomicReference<Future<?>> future = new AtomicReference<>();
        Thread submitter = new Thread(() -> future.set(pool.submit(() -> {
            entered.countDown();
            Work.blockForEver();
        })));
        submitter.start();
        assertThat(entered.await(Await.PATIENCE.toSeconds(), java.util.concurrent.TimeUnit.SECONDS)).isTrue();
        assertThat(pool.awaitQuiescence(Duration.ZERO)).isFalse();
        pool.shutdown(false, true);
        assertThat(pool.awaitTermination(Duration.ZERO)).isFalse();
        pool.cancelAll();
        assertThat(pool.awaitTermination(Await.PATIENCE)).isTrue();
        submitter.join(Await.PATIENCE.toMillis());
        assertThat(future.get().cancelled()).isTrue();
    }

    @Test
    default void aQueueTimeLimitHasNoEffect() throws Exception {
        try (PoolExecutor pool = pool(1)) {
            Future<Integer> future = pool.submit(() -> 1, TaskOptions.none().withQueueTimeLimit(Duration.ofNanos(1)));
            assertThat(future.result(Duration.ZERO)).isEqualTo(1);
        }
    }

    /** Of the submitter rather than of a worker. */
    @Test
    @Override
    default void sequentialTasksUseOneWorker() throws Exception {
        try (PoolExecutor pool = pool(3)) {
            for (int i = 0; i < 20; i++) {
                assertThat(pool.submit(Work::place).result(Await.PATIENCE)).isEqualTo(Work.place());
            }
            assertThat(pool.statistics().workers()).isEmpty();
        }
    }

    /** It is the interrupt of the submitter, who may have wanted it. */
    @Test
    @Override
    default void aTaskThatInterruptsItselfDoesNotHarmTheNext() throws Exception {
        try (PoolExecutor pool = pool(1)) {
            Future<Integer> first = pool.submit(() -> {
                Thread.currentThread().interrupt();
                return 1;
            });
            Future<Integer> second = pool.submit(() -> 2);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(first.result(Duration.ZERO) + second.result(Duration.ZERO)).isEqualTo(3);
        }
    }

    /** Shown by what it says when it has run too long, since it cannot wait too long. */
    @Test
    @Override
    default void aTaskKeepsItsOwnName() throws Exception {
        try (PoolExecutor pool = pool((builder) -> builder.contextCapture(() -> () -> () -> {
        }))) {
            TaskOptions limited = TaskOptions.none().withTimeLimit(Duration.ofMillis(5));
            TaskAction endless = () -> Work.blockForEver();
            assertThat(pool.submit(endless, limited.withName("counting")).exception())
                .hasMessageContaining("task 'counting'");
            assertThat(pool.submit(endless, limited).exception()).hasMessageContaining("lambda in InlineContract");
        }
    }

    @Test
    default void aStackThatOverflowsLeavesNothingBehind() throws Exception {
        try (PoolExecutor pool = pool(1)) {
            submitForEver(pool);
            assertThat(pool.awaitQuiescence(Duration.ZERO)).isTrue();
        }
    }

    private static void submitForEver(Executor executor) {
        try {
            executor.submit(() -> submitForEver(executor));
        }
        catch (StackOverflowError ex) {
            // where exactly is a matter of chance
            return;
        }
    }

}
