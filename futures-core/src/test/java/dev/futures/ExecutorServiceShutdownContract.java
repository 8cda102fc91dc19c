// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import dev.futures.ExecutorServiceContract.Command;
import dev.futures.pool.PoolExecutor;
import dev.futures.support.Await;
import dev.futures.support.Gate;
import dev.futures.support.LogCapture;
import dev.futures.support.UncaughtCapture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.futures.ExecutorServiceContract.blockForEver;
import static dev.futures.ExecutorServiceContract.get;
import static dev.futures.ExecutorServiceContract.pass;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The view for libraries that want an executor of the JDK: how the service ends.
 */
interface ExecutorServiceShutdownContract extends PoolFixture {

    @Test
    default void aServiceThatIsShutDownDoesWhatItHasAndRejectsMore(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        PoolExecutor pool = pool(1);
        ExecutorService service = pool.asExecutorService();
        ExecutorService other = pool.asExecutorService();
        java.util.concurrent.Future<?> running = service.submit(pass(gate));
        java.util.concurrent.Future<?> waiting = service.submit(pass(gate));
        gate.awaitEntered(1);
        assertThat(other.isShutdown()).isFalse();
        assertThat(other.isTerminated()).isFalse();
        service.shutdown();
        assertThat(other.isShutdown()).as("views share their state").isTrue();
        assertThat(other.isTerminated()).isFalse();
        assertThat(other.awaitTermination(1, TimeUnit.MILLISECONDS)).isFalse();
        assertThat(other.awaitTermination(-1, TimeUnit.DAYS)).isFalse();
        Task<Integer> task = () -> 1;
        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> other.submit(task));
        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> other.execute(pass(gate)));
        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> other.invokeAll(List.of(task)));
        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> other.invokeAny(List.of(task)));
        gate.letPass();
        assertThat(get(running)).isNull();
        assertThat(get(waiting)).isNull();
        assertThat(other.awaitTermination(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        Thread.currentThread().interrupt();
        assertThat(other.isTerminated()).as("whether interrupted or not").isTrue();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    default void shutdownNowStopsWhatRunsAndHandsBackWhatDoesNot(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        Gate open = Gate.in(directory);
        open.letPass();
        PoolExecutor pool = pool(2);
        ExecutorService service = pool.asExecutorService();
        java.util.concurrent.Future<Integer> running = service.submit(blockForEver(gate));
        Future<Integer> direct = pool.submit(blockForEver(gate));
        gate.awaitEntered(2);
        Task<Integer> task = () -> open.pass(7);
        java.util.concurrent.Future<Integer> first = service.submit(task);
        Command second = pass(open);
        service.execute(second);
        Future<Integer> waitingDirect = pool.submit(task);
        java.util.concurrent.Future<Integer> ofOther = pool.asExecutorService().submit(task);
        List<Runnable> neverStarted = service.shutdownNow();
        assertThat(neverStarted).hasSize(2);
        assertThat(neverStarted.get(1)).isSameAs(second);
        assertThat(running.isCancelled()).isTrue();
        assertThat(direct.cancelled()).isTrue();
        assertThat(waitingDirect.cancelled()).isTrue();
        assertThat(ofOther.isCancelled()).isTrue();
        assertThat(service.awaitTermination(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(open.entered()).isZero();
        assertThat(first.isDone()).isFalse();
        neverStarted.forEach(Runnable::run);
        assertThat(open.entered()).isEqualTo(2);
        assertThat(first.get(0, TimeUnit.SECONDS)).isEqualTo(7);
        neverStarted.forEach(Runnable::run);
        assertThat(service.shutdownNow()).isEmpty();
    }

    @Test
    default void whatWasHandedBackCanGoToAnotherService(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        try (PoolExecutor pool = pool(1); PoolExecutor other = pool(1)) {
            ExecutorService service = pool.asExecutorService();
            Task<Integer> task = () -> 7;
            service.submit(blockForEver(gate));
            gate.awaitEntered(1);
            java.util.concurrent.Future<Integer> moved = service.submit(task);
            java.util.concurrent.Future<Integer> dropped = service.submit(task);
            service.shutdownNow().forEach((each) -> {
                dropped.cancel(false);
                other.asExecutorService().execute(each);
            });
            assertThat(get(moved)).isEqualTo(7);
            assertThat(dropped.isCancelled()).isTrue();
        }
    }

    @Test
    default void shutdownNowAlsoStopsTasksWhoseFuturesWereCancelled(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        PoolExecutor pool = pool(1);
        ExecutorService service = pool.asExecutorService();
        java.util.concurrent.Future<Integer> running = service.submit(blockForEver(gate));
        gate.awaitEntered(1);
        assertThat(running.cancel(false)).isTrue();
        assertThat(service.shutdownNow()).isEmpty();
        assertThat(service.awaitTermination(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    @Test
    default void shutdownNowLosesAndDoublesNothing() throws Exception {
        for (int round = 0; round < 5; round++) {
            PoolExecutor pool = pool(2);
            ExecutorService service = pool.asExecutorService();
            Task<Integer> task = () -> 1;
            List<java.util.concurrent.Future<Integer>> futures = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                futures.add(service.submit(task));
            }
            CompletableFuture<List<Runnable>> elsewhere = new CompletableFuture<>();
            new Thread(() -> elsewhere.complete(service.shutdownNow())).start();
            List<Runnable> neverStarted = new ArrayList<>(service.shutdownNow());
            neverStarted.addAll(get(elsewhere));
            assertThat(neverStarted).doesNotHaveDuplicates().isSubsetOf((Iterable<Runnable>) (Iterable<?>) futures);
            neverStarted.forEach(Runnable::run);
            for (java.util.concurrent.Future<Integer> future : futures) {
                if (!future.isCancelled()) {
                    assertThat(get(future)).isEqualTo(1);
                }
            }
            assertThat(service.awaitTermination(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    default void aThreadOfThePoolThatAwaitsItsEndOnlyRunsOutOfTime(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        CompletableFuture<Boolean> ended = new CompletableFuture<>();
        PoolExecutor pool = pool(1);
        ExecutorService service = pool.asExecutorService();
        pool.submit(() -> gate.pass(1)).addDoneCallback((done) -> {
            try {
                service.shutdown();
                ended.complete(service.awaitTermination(1, TimeUnit.MILLISECONDS));
            }
            catch (Throwable ex) {
                ended.completeExceptionally(ex);
            }
        });
        gate.letPass();
        assertThat(get(ended)).isFalse();
        assertThat(service.awaitTermination(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    @Test
    default void aBrokenPoolRejects() throws Exception {
        try (LogCapture log = new LogCapture("dev.futures");
                UncaughtCapture uncaught = new UncaughtCapture();
                PoolExecutor pool = pool((builder) -> builder.maxWorkers(1).initializer(() -> {
                    throw new IOException("no licence");
                }))) {
            ExecutorService service = pool.asExecutorService();
            Task<Integer> task = () -> 1;
            java.util.concurrent.Future<Integer> first = service.submit(task);
            assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> get(first))
                .withCauseInstanceOf(BrokenExecutorException.class);
            assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> service.submit(task))
                .withCauseInstanceOf(BrokenExecutorException.class);
            Command command = () -> {
            };
            assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> service.execute(command))
                .withCauseInstanceOf(BrokenExecutorException.class);
            assertThat(service.isShutdown()).isTrue();
            Await.until("its workers have ended", service::isTerminated);
            assertThat(service.shutdownNow()).isEmpty();
            assertThat(log.messages()).isNotEmpty();
            assertThat(uncaught.isEmpty()).isTrue();
        }
    }

    @Test
    default void aServiceCanBeClosedWhereTheJdkHasClose(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        PoolExecutor pool = pool(1);
        ExecutorService service = pool.asExecutorService();
        java.util.concurrent.Future<?> running = service.submit(pass(gate));
        gate.awaitEntered(1);
        gate.letPass();
        if ((Object) service instanceof AutoCloseable closeable) {
            closeable.close();
            assertThat(running.isDone()).isTrue();
        }
        else {
            assertThat(Runtime.version().feature()).isLessThan(19);
            service.shutdown();
        }
        assertThat(service.awaitTermination(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(service).hasToString("ExecutorService[" + pool + "]");
    }

}
