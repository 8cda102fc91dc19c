// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.io.FileNotFoundException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import dev.futures.support.Await;
import dev.futures.support.LogCapture;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/**
 * What every executor does, even one that runs each task before {@code submit} returns.
 */
interface BasicContract extends TaskContextContract {

    @Test
    default void aResultIsTheResult() throws Exception {
        try (Executor executor = executor()) {
            Future<Integer> future = executor.submit(() -> (int) Math.pow(2, 8));
            assertThat(future.result(Await.PATIENCE)).isEqualTo(256);
            assertThat(future.exception()).isNull();
            assertThat(future.get()).isEqualTo(256);
            assertThat(future.done()).isTrue();
            assertThat(future.running()).isFalse();
            assertThat(future.cancel(true)).isFalse();
            assertThat(future.cancelled()).isFalse();
        }
    }

    @Test
    default void aFailureIsThrownAsItIs() throws Exception {
        try (Executor executor = executor()) {
            Future<?> future = executor.submit(() -> {
                throw new FileNotFoundException("no such page");
            });
            assertThat(future.exception(Await.PATIENCE)).isExactlyInstanceOf(FileNotFoundException.class);
            assertThatExceptionOfType(FileNotFoundException.class).isThrownBy(future::result)
                .withMessage("no such page")
                .isSameAs(future.exception());
            assertThatExceptionOfType(ExecutionException.class).isThrownBy(future::get).withCause(future.exception());
        }
    }

    @Test
    default void anErrorIsAFailureAndTheExecutorGoesOn() throws Exception {
        try (Executor executor = executor()) {
            Future<?> future = executor.submit(() -> {
                throw new AssertionError("broken");
            });
            assertThat(future.exception(Await.PATIENCE)).isExactlyInstanceOf(AssertionError.class);
            assertThatExceptionOfType(AssertionError.class).isThrownBy(future::result).withMessage("broken");
            CloseableIterator<Integer> results = executor.map((Integer each) -> {
                throw new AssertionError("broken " + each);
            }, List.of(1));
            assertThatExceptionOfType(AssertionError.class).isThrownBy(results::next).withMessage("broken 1");
            assertThat(executor.submit(() -> 1).result(Await.PATIENCE)).isEqualTo(1);
        }
    }

    @Test
    default void nothingIsAResultToo() throws Exception {
        try (Executor executor = executor()) {
            Future<String> none = executor.submit(() -> (String) null);
            assertThat(none.result(Await.PATIENCE)).isNull();
            TaskAction action = () -> {
            };
            assertThat(executor.submit(action).result(Await.PATIENCE)).isNull();
        }
    }

    @Test
    default void callbacksAndStagesSeeTheOutcome() throws Exception {
        ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();
        try (Executor executor = executor()) {
            Future<Integer> future = executor.submit(() -> 20);
            future.addDoneCallback((done) -> seen.add("first"));
            future.addDoneCallback((done) -> seen.add("second"));
            CompletableFuture<Integer> stage = future.thenCombine(executor.submit(() -> 22), Integer::sum)
                .toCompletableFuture();
            assertThat(stage.get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(42);
            Await.until("both callbacks have run", () -> seen.size() == 2);
        }
    }

    @Test
    default void whatACallbackThrowsIsLoggedAndNothingElse() throws Exception {
        try (LogCapture log = new LogCapture("dev.futures"); Executor executor = executor()) {
            Future<Integer> future = executor.submit(() -> 1);
            future.addDoneCallback((done) -> {
                throw new IllegalStateException("careless");
            });
            assertThat(future.result(Await.PATIENCE)).isEqualTo(1);
            assertThat(executor.submit(() -> 2).result(Await.PATIENCE)).isEqualTo(2);
            Await.until("it is logged", () -> !log.messages().isEmpty());
            assertThat(log.messages().get(0)).startsWith("exception calling callback for");
        }
    }

    @Test
    default void mapKeepsTheOrderOfItsInputs() {
        List<Integer> numbers = IntStream.range(0, 20).boxed().toList();
        try (Executor executor = executor()) {
            assertThat(executor.map((Integer each) -> each * each, numbers).stream())
                .containsExactlyElementsOf(numbers.stream().map((each) -> each * each).toList());
            assertThat(executor
                .map((Integer left, Integer right) -> left + right, numbers, List.of(10, 20),
                        MapOptions.defaults().withChunkSize(3).withBufferSize(2))
                .stream()).containsExactly(10, 21);
        }
    }

    @Test
    default void mapThrowsWhereTheTaskFailed() {
        try (Executor executor = executor()) {
            CloseableIterator<Integer> results = executor.map((Integer each) -> 6 / each, List.of(1, 2, 0, 3));
            assertThat(results.next()).isEqualTo(6);
            assertThat(results.next()).isEqualTo(3);
            assertThatExceptionOfType(ArithmeticException.class).isThrownBy(results::next);
            assertThat(results.hasNext()).isFalse();
        }
    }

    @Test
    default void waitAndAsCompletedSeeEveryFuture() throws Exception {
        try (Executor executor = executor()) {
            List<Future<Integer>> futures = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                int number = i;
                futures.add(executor.submit(() -> 10 / (number - 2)));
            }
            WaitResult<Future<Integer>> waited = Futures.wait(futures, Await.PATIENCE, ReturnWhen.ALL_COMPLETED);
            assertThat(waited.notDone()).isEmpty();
            assertThat(waited.done()).hasSize(5);
            assertThat(Futures.asCompleted(futures).stream().filter((future) -> failure(future) != null)).hasSize(1);
        }
    }

    private static Throwable failure(Future<?> future) {
        try {
            return future.exception();
        }
        catch (InterruptedException ex) {
            throw new AssertionError(ex);
        }
    }

    @Test
    default void afterShutdownTasksAreRejected() throws Exception {
        Executor executor = executor();
        Future<Integer> before = executor.submit(() -> 1);
        executor.shutdown();
        executor.shutdown(true, true);
        assertThat(before.result(Duration.ZERO)).isEqualTo(1);
        assertThatExceptionOfType(ExecutorShutdownException.class).isThrownBy(() -> executor.submit(() -> 2))
            .withMessageStartingWith("cannot schedule new futures after shutdown")
            .isInstanceOf(RejectedExecutionException.class);
        assertThat(executor.awaitTermination(Duration.ZERO)).isTrue();
        assertThat(executor.statistics().state()).isEqualTo(PoolState.TERMINATED);
        assertThat(executor.awaitTermination(Duration.ofSeconds(Long.MIN_VALUE))).isTrue();
        executor.close();
        try (Executor other = executor()) {
            assertThat(other.awaitTermination(Duration.ofSeconds(Long.MIN_VALUE))).isFalse();
        }
    }

    @Test
    default void statisticsCountWhatBecameOfTheTasks() throws Exception {
        try (Executor executor = executor()) {
            executor.submit(() -> 1).result(Await.PATIENCE);
            executor.submit(() -> 1 / 0).exception(Await.PATIENCE);
            PoolStatistics statistics = executor.statistics();
            assertThat(statistics.name()).isEqualTo(executor.name());
            assertThat(statistics.tasks()).isEqualTo(new PoolStatistics.TaskCounts(2, 1, 1, 0, 0, 0));
            assertThat(statistics.queueDepth()).isZero();
        }
    }

    @Test
    default void aTimeLimitStopsATaskThatListens() throws Exception {
        TaskAction endless = () -> dev.futures.support.Work.blockForEver();
        try (Executor executor = executor()) {
            Future<?> future = executor.submit(endless,
                    TaskOptions.named("endless").withTimeLimit(Duration.ofMillis(200)));
            assertThat(future.exception(Await.PATIENCE)).isInstanceOf(TaskTimeoutException.class)
                .hasMessageContaining("'endless'")
                .hasMessageContaining("PT0.2S");
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            assertThat(executor.submit(() -> 1).result(Await.PATIENCE)).isEqualTo(1);
            assertThat(executor.statistics().tasks().timedOut()).isEqualTo(1);
        }
    }

    @Test
    default void theViewForTheJdkRunsTasks() throws Exception {
        Callable<Integer> one = (Callable<Integer> & java.io.Serializable) () -> 1;
        Callable<Integer> two = (Callable<Integer> & java.io.Serializable) () -> 2;
        try (Executor executor = executor()) {
            ExecutorService service = executor.asExecutorService();
            int sum = 0;
            for (java.util.concurrent.Future<Integer> future : service.invokeAll(List.of(one, two))) {
                sum += future.get();
            }
            assertThat(sum).isEqualTo(3);
            assertThat(service.isShutdown()).isFalse();
            service.shutdown();
            assertThat(service.awaitTermination(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(service.isTerminated()).isTrue();
        }
    }

    @Test
    default void aLimitMustBePositive() {
        assertThatIllegalArgumentException().isThrownBy(() -> TaskOptions.none().withTimeLimit(Duration.ZERO))
            .withMessage("timeLimit must be greater than 0 but was PT0S");
        assertThatIllegalArgumentException()
            .isThrownBy(() -> TaskOptions.none().withQueueTimeLimit(Duration.ofSeconds(-1)))
            .withMessage("queueTimeLimit must be greater than 0 but was PT-1S");
    }

    @Test
    default void nothingIsNoTask() {
        try (Executor executor = executor()) {
            assertThatNullPointerException().isThrownBy(() -> executor.submit((Task<Integer>) null));
        }
    }

}
