// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.io.IOException;
import java.io.Serializable;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.futures.pool.PoolExecutor;
import dev.futures.support.Await;
import dev.futures.support.Gate;
import dev.futures.support.UncaughtCapture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * The view for libraries that want an executor of the JDK: single tasks.
 */
interface ExecutorServiceContract extends PoolFixture {

    /** A runnable that can travel. */
    interface Command extends Runnable, Serializable {

    }

    static <T> T get(java.util.concurrent.Future<T> future) throws Exception {
        return future.get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    static Command pass(Gate gate) {
        return () -> {
            try {
                gate.pass(1);
            }
            catch (Exception ex) {
                throw new IllegalStateException(ex);
            }
        };
    }

    static Task<Integer> blockForEver(Gate gate) {
        return () -> {
            gate.blockForEver();
            return 1;
        };
    }

    @Test
    default void aServiceRunsCallablesAndRunnables(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        gate.letPass();
        try (PoolExecutor pool = pool(1)) {
            ExecutorService service = pool.asExecutorService();
            Task<Integer> task = () -> 42;
            assertThat(get(service.submit(task))).isEqualTo(42);
            java.util.concurrent.Future<?> action = service.submit(pass(gate));
            assertThat(get(action)).isNull();
            assertThat(action.isDone()).isTrue();
            assertThat(action.isCancelled()).isFalse();
            Object result = new Object();
            assertThat(get(service.submit(pass(gate), result))).as("the very object").isSameAs(result);
            service.execute(pass(gate));
            gate.awaitEntered(3);
        }
    }

    @Test
    default void sequentialTasksOfAServiceUseOneWorker() throws Exception {
        try (PoolExecutor pool = pool(3)) {
            ExecutorService service = pool.asExecutorService();
            Task<Integer> task = () -> 1;
            for (int i = 0; i < 20; i++) {
                assertThat(get(service.submit(task))).isEqualTo(1);
            }
            assertThat(pool.statistics().workers()).hasSize(1);
        }
    }

    @Test
    default void aServiceRefusesNull() {
        try (PoolExecutor pool = pool(1)) {
            ExecutorService service = pool.asExecutorService();
            assertThatNullPointerException().isThrownBy(() -> service.execute(null));
            assertThatNullPointerException().isThrownBy(() -> service.submit((Runnable) null));
            assertThatNullPointerException().isThrownBy(() -> service.submit((Task<?>) null));
            assertThatNullPointerException().isThrownBy(() -> service.submit(null, 1));
            assertThatNullPointerException().isThrownBy(() -> service.awaitTermination(1, null));
        }
    }

    @Test
    default void everyFailureIsAnExecutionException() throws Exception {
        List<Task<?>> failing = List.of(() -> {
            throw new IOException("disk");
        }, () -> {
            throw new AssertionError("impossible");
        }, () -> {
            throw new CancellationException("of the task");
        }, () -> {
            throw new java.util.concurrent.CompletionException("of the task", new IOException("inner"));
        });
        List<Class<?>> types = List.of(IOException.class, AssertionError.class, CancellationException.class,
                java.util.concurrent.CompletionException.class);
        try (PoolExecutor pool = pool(1)) {
            ExecutorService service = pool.asExecutorService();
            for (int i = 0; i < failing.size(); i++) {
                java.util.concurrent.Future<?> future = service.submit(failing.get(i));
                assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> get(future))
                    .havingCause()
                    .isExactlyInstanceOf(types.get(i));
                assertThat(future.isDone()).isTrue();
                assertThat(future.isCancelled()).isFalse();
                assertThat(future.cancel(true)).isFalse();
            }
        }
    }

    @Test
    default void aWaitingTaskOfAServiceIsCancelledAndNeverRuns(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        try (PoolExecutor pool = pool(1)) {
            ExecutorService service = pool.asExecutorService();
            java.util.concurrent.Future<?> running = service.submit(pass(gate));
            gate.awaitEntered(1);
            assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> running.get(1, TimeUnit.MILLISECONDS));
            java.util.concurrent.Future<?> waiting = service.submit(pass(gate));
            assertThat(waiting.cancel(false)).isTrue();
            assertThat(waiting.isDone()).isTrue();
            assertThat(waiting.isCancelled()).isTrue();
            assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> get(waiting));
            assertThat(pool.statistics().queueDepth()).isZero();
            gate.letPass();
            assertThat(get(running)).isNull();
        }
        assertThat(gate.entered()).isEqualTo(1);
    }

    @Test
    default void cancelFalseOfARunningTaskSucceedsAndLetsItGoOn(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        Gate after = Gate.in(directory);
        try (PoolExecutor pool = pool(1)) {
            ExecutorService service = pool.asExecutorService();
            Task<Integer> task = () -> {
                gate.pass(1);
                after.enter();
                return 1;
            };
            java.util.concurrent.Future<Integer> running = service.submit(task);
            gate.awaitEntered(1);
            assertThat(running.cancel(false)).isTrue();
            assertThat(running.isDone()).isTrue();
            assertThat(running.isCancelled()).isTrue();
            assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> get(running));
            assertThat(pool.statistics().busyWorkers()).isEqualTo(1);
            gate.letPass();
            after.awaitEntered(1);
        }
    }

    @Test
    default void cancelTrueOfARunningTaskStopsIt(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        try (PoolExecutor pool = pool(1)) {
            ExecutorService service = pool.asExecutorService();
            java.util.concurrent.Future<Integer> running = service.submit(blockForEver(gate));
            gate.awaitEntered(1);
            assertThat(running.cancel(true)).isTrue();
            assertThat(running.isDone()).isTrue();
            Task<Integer> next = () -> 2;
            assertThat(get(service.submit(next))).isEqualTo(2);
        }
    }

    @Test
    default void cancelTrueAfterCancelFalseDoesNoHarm(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        try (PoolExecutor pool = pool(1)) {
            java.util.concurrent.Future<?> running = pool.asExecutorService().submit(pass(gate));
            gate.awaitEntered(1);
            running.cancel(false);
            running.cancel(true);
            assertThat(running.isCancelled()).isTrue();
            gate.letPass();
        }
    }

    @Test
    default void futuresOfAServiceAreFuturesOfOurs(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        try (PoolExecutor pool = pool(1)) {
            ExecutorService service = pool.asExecutorService();
            Task<Integer> task = () -> gate.pass(1);
            Future<Integer> first = (Future<Integer>) service.submit(task);
            Future<Integer> timed = (Future<Integer>) service.submit(task);
            timed.toCompletableFuture().orTimeout(1, TimeUnit.MILLISECONDS);
            assertThat(timed.exception(Await.PATIENCE)).isInstanceOf(TimeoutException.class);
            Await.until("it does not wait any more", () -> pool.statistics().queueDepth() == 0);
            gate.letPass();
            List<Future<?>> ended = new ArrayList<>();
            Futures.asCompleted(List.of(first, timed)).forEachRemaining(ended::add);
            assertThat(ended).containsExactlyInAnyOrder(timed, first);
        }
    }

    @Test
    default void aCallbackMayWaitForTheNextTaskOfTheSameWorkerToBeStarted(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        CompletableFuture<Boolean> seen = new CompletableFuture<>();
        try (PoolExecutor pool = pool(2)) {
            ExecutorService service = pool.asExecutorService();
            Task<Integer> task = () -> gate.pass(1);
            Task<Integer> quick = () -> 2;
            Future<Integer> first = (Future<Integer>) service.submit(task);
            java.util.concurrent.Future<Integer> second = service.submit(task);
            gate.awaitEntered(2);
            List<java.util.concurrent.Future<Integer>> next = List.of(service.submit(quick), service.submit(quick));
            first.addDoneCallback((done) -> {
                try {
                    seen.complete(get(next.get(0)) + get(next.get(1)) == 4);
                }
                catch (Exception ex) {
                    seen.completeExceptionally(ex);
                }
            });
            gate.letPass();
            assertThat(get(seen)).isTrue();
            assertThat(get(second)).isEqualTo(1);
        }
    }

    @Test
    default void whatAnExecutedRunnableThrowsIsNotSwallowed() throws Exception {
        Command command = () -> {
            throw new IllegalStateException("of the command");
        };
        try (UncaughtCapture uncaught = new UncaughtCapture(); PoolExecutor pool = pool(1)) {
            pool.asExecutorService().execute(command);
            assertThat(uncaught.await()).isExactlyInstanceOf(IllegalStateException.class).hasMessage("of the command");
            assertThat(pool.submit(() -> 1).result(Await.PATIENCE)).isEqualTo(1);
            assertThat(uncaught.isEmpty()).isTrue();
        }
    }

    @Test
    default void anExecutedFutureOfTheJdkEndsOrIsRejected() throws Exception {
        FutureTask<Integer> future = new FutureTask<>(() -> 42);
        try (PoolExecutor pool = pool(1)) {
            ExecutorService service = pool.asExecutorService();
            if (pool.isolatesTasks()) {
                assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> service.execute(future))
                    .withMessageContaining("FutureTask")
                    .withMessageContaining("submit a serializable Callable");
                assertThatExceptionOfType(RejectedExecutionException.class)
                    .isThrownBy(() -> CompletableFuture.supplyAsync(() -> 42, service));
                assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> service.execute(() -> {
                })).withMessageContaining("it is not serializable");
            }
            else {
                service.execute(future);
                assertThat(get(future)).isEqualTo(42);
                assertThat(get(CompletableFuture.supplyAsync(() -> 42, service))).isEqualTo(42);
            }
        }
    }

    @Test
    default void aTaskOfAServiceThatWaitsForItselfIsToldSo() throws Exception {
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        try (PoolExecutor pool = pool(1)) {
            ExecutorService service = pool.asExecutorService();
            pool.pause();
            Future<Integer> outer = pool.submit(() -> 1);
            outer.addDoneCallback(
                    (done) -> thrown.complete(catchThrowable(() -> service.submit((Task<Integer>) () -> 2).get())));
            pool.resume();
            assertThat(get(thrown)).isInstanceOf(DeadlockException.class);
        }
    }

    @Test
    default void aServiceKeepsNothingOfATaskThatHasEnded() throws Exception {
        try (PoolExecutor pool = pool(1)) {
            ExecutorService service = pool.asExecutorService();
            List<java.util.concurrent.Future<?>> kept = new ArrayList<>();
            WeakReference<Object> captured = submitAndWait(service, kept);
            Await.until("it is collected", () -> {
                System.gc();
                return captured.get() == null;
            });
            assertThat(kept).hasSize(2).allMatch(java.util.concurrent.Future::isDone);
        }
    }

    private static WeakReference<Object> submitAndWait(ExecutorService service,
            List<java.util.concurrent.Future<?>> kept) throws Exception {
        ArrayList<String> captured = new ArrayList<>();
        Task<Integer> callable = captured::size;
        Command command = captured::size;
        kept.add(service.submit(callable));
        kept.add(service.submit(command));
        for (java.util.concurrent.Future<?> future : kept) {
            get(future);
        }
        return new WeakReference<>(captured);
    }

}
