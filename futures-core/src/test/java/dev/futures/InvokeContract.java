// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.futures.pool.PoolExecutor;
import dev.futures.support.Await;
import dev.futures.support.Gate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/**
 * Several tasks at once, through the view for libraries that want an executor of the JDK.
 */
interface InvokeContract extends PoolFixture {

    private static Task<Integer> returning(int number) {
        return () -> number;
    }

    private static Task<Integer> failing(String message) {
        return () -> {
            throw new IOException(message);
        };
    }

    @Test
    default void invokeAllWaitsForAllAndKeepsTheOrder() throws Exception {
        try (PoolExecutor pool = pool(2)) {
            ExecutorService service = pool.asExecutorService();
            List<java.util.concurrent.Future<Integer>> futures = service
                .invokeAll(List.of(returning(1), failing("disk"), returning(3)));
            assertThat(futures).hasSize(3).allMatch(java.util.concurrent.Future::isDone);
            assertThat(futures.get(0).get()).isEqualTo(1);
            assertThatExceptionOfType(ExecutionException.class).isThrownBy(futures.get(1)::get)
                .withCauseInstanceOf(IOException.class);
            assertThat(futures.get(2).get()).isEqualTo(3);
            futures = service.invokeAll(List.of(returning(1), returning(2)), Await.PATIENCE.toSeconds(),
                    TimeUnit.SECONDS);
            assertThat(futures).hasSize(2).noneMatch(java.util.concurrent.Future::isCancelled);
            assertThat(service.invokeAll(List.<Task<Integer>>of())).isEmpty();
            assertThat(service.invokeAll(List.<Task<Integer>>of(), 1, TimeUnit.SECONDS)).isEmpty();
        }
    }

    @Test
    default void invokeAllCancelsWhatIsUnfinishedWhenTimeIsUp(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        try (PoolExecutor pool = pool(2)) {
            ExecutorService service = pool.asExecutorService();
            List<java.util.concurrent.Future<Integer>> futures = service.invokeAll(
                    List.of(returning(1), ExecutorServiceContract.blockForEver(gate), returning(3)), 500,
                    TimeUnit.MILLISECONDS);
            assertThat(futures).hasSize(3).allMatch(java.util.concurrent.Future::isDone);
            assertThat(futures.get(1).isCancelled()).isTrue();
            assertThat(pool.awaitQuiescence(Await.PATIENCE)).as("the running task was stopped").isTrue();
            futures = service.invokeAll(List.of(returning(1), returning(2)), 0, TimeUnit.SECONDS);
            assertThat(futures).hasSize(2).allMatch(java.util.concurrent.Future::isCancelled);
        }
    }

    @Test
    default void anInterruptedInvokeAllCancelsEverything(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        try (PoolExecutor pool = pool(1)) {
            ExecutorService service = pool.asExecutorService();
            // both: the second may be started when the first is stopped
            Task<Integer> endless = ExecutorServiceContract.blockForEver(gate);
            Thread caller = new Thread(() -> {
                try {
                    service.invokeAll(List.of(endless, endless));
                    thrown.complete(null);
                }
                catch (Throwable ex) {
                    thrown.complete(ex);
                }
            });
            caller.start();
            gate.awaitEntered(1);
            caller.interrupt();
            assertThat(ExecutorServiceContract.get(thrown)).isInstanceOf(InterruptedException.class);
            assertThat(pool.awaitQuiescence(Await.PATIENCE)).isTrue();
            assertThat(pool.statistics().tasks().cancelled()).isEqualTo(2);
        }
    }

    @Test
    default void anInvokeAllThatIsRejectedHalfWayCancelsTheRest(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        try (PoolExecutor pool = pool((builder) -> builder.maxWorkers(1).queueCapacity(1))) {
            ExecutorService service = pool.asExecutorService();
            Task<Integer> endless = ExecutorServiceContract.blockForEver(gate);
            assertThatExceptionOfType(RejectedExecutionException.class)
                .isThrownBy(() -> service.invokeAll(List.of(endless, endless, endless, endless)));
            assertThat(pool.awaitQuiescence(Await.PATIENCE)).isTrue();
            assertThat(pool.submit(() -> 1).result(Await.PATIENCE)).isEqualTo(1);
        }
    }

    @Test
    default void invokeRefusesNull() throws Exception {
        try (PoolExecutor pool = pool(1)) {
            ExecutorService service = pool.asExecutorService();
            List<Task<Integer>> withNull = Arrays.asList(returning(1), null);
            List<Task<Integer>> none = null;
            assertThatNullPointerException().isThrownBy(() -> service.invokeAll(none));
            assertThatNullPointerException().isThrownBy(() -> service.invokeAll(none, 1, TimeUnit.SECONDS));
            assertThatNullPointerException().isThrownBy(() -> service.invokeAll(List.of(returning(1)), 1, null));
            assertThatNullPointerException().isThrownBy(() -> service.invokeAll(withNull));
            assertThatNullPointerException().isThrownBy(() -> service.invokeAll(withNull, 1, TimeUnit.SECONDS));
            assertThatNullPointerException().isThrownBy(() -> service.invokeAny(none));
            assertThatNullPointerException().isThrownBy(() -> service.invokeAny(Arrays.asList(null, returning(1))));
            assertThatIllegalArgumentException().isThrownBy(() -> service.invokeAny(List.<Task<Integer>>of()));
            assertThatIllegalArgumentException()
                .isThrownBy(() -> service.invokeAny(List.<Task<Integer>>of(), 1, TimeUnit.SECONDS));
        }
    }

    @Test
    default void invokeAnyReturnsTheFirstSuccessAndStopsTheOthers(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        Task<Integer> afterTheOther = () -> {
            gate.awaitEntered(1);
            return 7;
        };
        try (PoolExecutor pool = pool(2)) {
            ExecutorService service = pool.asExecutorService();
            List<Task<Integer>> tasks = List.of(ExecutorServiceContract.blockForEver(gate), afterTheOther);
            assertThat(service.invokeAny(tasks)).isEqualTo(7);
            assertThat(pool.awaitQuiescence(Await.PATIENCE)).as("the other was stopped").isTrue();
            assertThat(service.invokeAny(List.of(failing("disk"), returning(3)), Await.PATIENCE.toSeconds(),
                    TimeUnit.SECONDS))
                .isEqualTo(3);
        }
    }

    @Test
    default void invokeAnyThrowsTheLastFailureIfThereIsNoSuccess() throws Exception {
        try (PoolExecutor pool = pool(1)) {
            ExecutorService service = pool.asExecutorService();
            assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> service.invokeAny(List.of(failing("first"), failing("last"))))
                .havingCause()
                .isExactlyInstanceOf(IOException.class)
                .withMessage("last");
        }
    }

    @Test
    default void anInvokeAnyThatIsRejectedHalfWayCancelsTheRest(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        try (PoolExecutor pool = pool((builder) -> builder.maxWorkers(1).queueCapacity(1))) {
            ExecutorService service = pool.asExecutorService();
            Task<Integer> endless = ExecutorServiceContract.blockForEver(gate);
            assertThatExceptionOfType(RejectedExecutionException.class)
                .isThrownBy(() -> service.invokeAny(List.of(endless, endless, endless, endless)));
            assertThat(pool.awaitQuiescence(Await.PATIENCE)).isTrue();
            assertThat(pool.submit(() -> 1).result(Await.PATIENCE)).isEqualTo(1);
        }
    }

    @Test
    default void invokeAnyStopsAllWhenTimeIsUp(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        try (PoolExecutor pool = pool(1)) {
            ExecutorService service = pool.asExecutorService();
            Task<Integer> endless = ExecutorServiceContract.blockForEver(gate);
            assertThatExceptionOfType(TimeoutException.class)
                .isThrownBy(() -> service.invokeAny(List.of(endless, endless), 10, TimeUnit.MILLISECONDS));
            assertThat(pool.awaitQuiescence(Await.PATIENCE)).isTrue();
        }
    }

    /** It wraps what it executes in a future of the JDK, which cannot travel. */
    private static void ensureUnsupported(PoolExecutor pool) {
        ExecutorCompletionService<Integer> service = new ExecutorCompletionService<>(pool.asExecutorService());
        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> service.submit(returning(2)))
            .withMessageContaining("ExecutorCompletionService")
            .withMessageContaining("the future that it ends is here");
    }

    @Test
    default void aCompletionServiceHandsOutWhatHasEnded(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        try (PoolExecutor pool = pool(2)) {
            if (pool.isolatesTasks()) {
                ensureUnsupported(pool);
                return;
            }
            ExecutorCompletionService<Integer> service = new ExecutorCompletionService<>(pool.asExecutorService());
            Task<Integer> slow = () -> gate.pass(1);
            java.util.concurrent.Future<Integer> running = service.submit(slow);
            gate.awaitEntered(1);
            service.submit(returning(2));
            assertThat(take(service)).isEqualTo(2);
            service.submit(ExecutorServiceContract.pass(gate), 3);
            service.submit(failing("disk"));
            gate.letPass();
            List<Object> rest = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                try {
                    rest.add(take(service));
                }
                catch (ExecutionException ex) {
                    rest.add(ex.getCause().getMessage());
                }
            }
            assertThat(rest).containsExactlyInAnyOrder(1, 3, "disk");
            assertThat(running.isDone()).isTrue();
            assertThat(service.poll()).isNull();
        }
    }

    @Test
    default void aTaskOfACompletionServiceCanBeStopped(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        try (PoolExecutor pool = pool(1)) {
            if (pool.isolatesTasks()) {
                ensureUnsupported(pool);
                return;
            }
            ExecutorCompletionService<Integer> service = new ExecutorCompletionService<>(pool.asExecutorService());
            java.util.concurrent.Future<Integer> endless = service.submit(ExecutorServiceContract.blockForEver(gate));
            gate.awaitEntered(1);
            assertThat(endless.cancel(true)).isTrue();
            assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> take(service));
            service.submit(returning(2));
            assertThat(take(service)).isEqualTo(2);
        }
    }

    @Test
    default void whatACompletionServiceGotBackCanStillBeRun(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        try (PoolExecutor pool = pool(1)) {
            if (pool.isolatesTasks()) {
                ensureUnsupported(pool);
                return;
            }
            ExecutorService executor = pool.asExecutorService();
            ExecutorCompletionService<Integer> service = new ExecutorCompletionService<>(executor);
            executor.submit(ExecutorServiceContract.blockForEver(gate));
            gate.awaitEntered(1);
            service.submit(returning(2));
            List<Runnable> neverStarted = executor.shutdownNow();
            assertThat(neverStarted).hasSize(1);
            assertThat(service.poll()).isNull();
            neverStarted.get(0).run();
            assertThat(take(service)).isEqualTo(2);
        }
    }

    private static <T> T take(ExecutorCompletionService<T> service) throws Exception {
        java.util.concurrent.Future<T> next = service.poll(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        assertThat(next.isDone()).isTrue();
        return next.get();
    }

}
