// SPDX-License-Identifier: Apache-2.0

package dev.futures.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

import dev.futures.Executor;
import dev.futures.Future;
import dev.futures.Futures;
import dev.futures.Promise;
import dev.futures.TaskAction;
import dev.futures.TaskContext;
import dev.futures.TaskOptions;
import dev.futures.support.Await;
import dev.futures.support.LogCapture;
import dev.futures.thread.ThreadPoolExecutor;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import static dev.futures.test.FuturesAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class FuturesAssertionsTests {

    private final ManualExecutor executor = new ManualExecutor("manual");

    private static void fails(ThrowingCallable assertion, String message) {
        assertThatExceptionOfType(AssertionError.class).isThrownBy(assertion).withMessage(message);
    }

    private Future<Integer> failing(Exception failure) {
        Future<Integer> future = this.executor.submit(() -> {
            throw failure;
        }, TaskOptions.named("render"));
        this.executor.runAll();
        return future;
    }

    @Test
    void everyKindOfFutureHasOurAssertions() {
        Promise<String> promise = new Promise<>();
        FutureAssert<String> ofPromise = assertThat(promise);
        ofPromise.isPending();
        promise.setResult("text");
        assertThat(promise).hasResult("text");
        assertThat(Futures.completed("text")).succeedsWithin(Duration.ZERO).isEqualTo("text");
        // those of AssertJ are there as before
        assertThat("text").startsWith("te");
        assertThat(promise.thenApply(String::length)).isCompletedWithValue(4);
    }

    @Test
    void aPendingFutureIsNotDone() {
        Future<Integer> future = this.executor.submit(() -> 1, TaskOptions.named("render"));
        assertThat(future).isNotDone().isPending().isNotCancelled().hasName("render");
        fails(() -> assertThat(future).isDone(), "expected future of task 'render' to be done but it is pending");
        fails(() -> assertThat(future).isRunning(), "expected future of task 'render' to be running but it is pending");
        fails(() -> assertThat(future).hasResult(1),
                "expected future of task 'render' to have returned 1 but it is pending");
        fails(() -> assertThat(future).succeedsWithin(Duration.ofNanos(1)),
                "expected future of task 'render' to succeed within PT0.000000001S but it is pending");
        fails(() -> assertThat(future).failsWithin(Duration.ZERO),
                "expected future of task 'render' to fail within PT0S but it is pending");
        fails(() -> assertThat(future).as("the page").isDone(),
                "[the page] expected future of task 'render' to be done but it is pending");
    }

    @Test
    void aRunningFutureSaysWhatItReported() throws Exception {
        ManualExecutor manual = this.executor;
        Future<?>[] itself = new Future<?>[1];
        itself[0] = manual.submit(() -> {
            assertThat(itself[0]).isRunning().isNotDone();
            fails(() -> assertThat(itself[0]).isPending(),
                    "expected future of task 'render' to be pending but it is running");
            TaskContext.current().progress(0.5, "page 3");
            fails(() -> assertThat(itself[0]).isDone(),
                    "expected future of task 'render' to be done but it is running and last reported "
                            + itself[0].progress());
        }, TaskOptions.named("render"));
        manual.runAll();
        assertThat(itself[0]).hasResult(null);
    }

    @Test
    void aResultIsCompared() {
        Future<int[]> future = Futures.completed(new int[] { 1, 2 });
        assertThat(future).isDone().hasResult(new int[] { 1, 2 });
        fails(() -> assertThat(future).hasResult(new int[] { 1 }),
                "expected future to have returned [1] but it has returned [1, 2]");
        fails(() -> assertThat(future).isNotDone(), "expected future not to be done but it has returned [1, 2]");
        fails(() -> assertThat(future).failedWith(IOException.class),
                "expected future to have failed with java.io.IOException but it has returned [1, 2]");
        fails(() -> assertThat(future).hasName("render"),
                "expected future to have the name 'render' but it has returned [1, 2]");
        fails(() -> assertThat(Futures.completed("100%")).isCancelled(),
                "expected future to be cancelled but it has returned \"100%\"");
    }

    @Test
    void aFailureIsThatOfTheTask() {
        IOException cause = new IOException("no such page");
        Future<Integer> future = failing(new UncheckedIOException("cannot render", cause));
        assertThat(future).failedWith(UncheckedIOException.class).hasCause(cause);
        assertThat(future).failsWithin(Duration.ZERO).hasMessage("cannot render");
        assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThat(future).hasResult(1))
            .withMessage("expected future of task 'render' to have returned 1 but it has failed with "
                    + "java.io.UncheckedIOException: cannot render, caused by java.io.IOException: no such page")
            .satisfies(
                    (error) -> assertThat(error.getSuppressed()).hasExactlyElementsOfTypes(UncheckedIOException.class));
        fails(() -> assertThat(future).failedWith(IOException.class),
                "expected future of task 'render' to have failed with java.io.IOException but it has failed with "
                        + "java.io.UncheckedIOException: cannot render, caused by java.io.IOException: no such page");
        fails(() -> assertThat(failing(new IOException("no such page"))).succeedsWithin(Duration.ZERO),
                "expected future of task 'render' to succeed within PT0S but it has failed with "
                        + "java.io.IOException: no such page");
    }

    @Test
    void aCancelledFutureHasNotFailed() {
        Future<Integer> future = this.executor.submit(() -> 1, TaskOptions.named("render"));
        future.cancel();
        assertThat(future).isDone().isCancelled();
        fails(() -> assertThat(future).isNotCancelled(),
                "expected future of task 'render' not to be cancelled but it was cancelled");
        fails(() -> assertThat(future).failsWithin(Duration.ZERO),
                "expected future of task 'render' to fail within PT0S but it was cancelled");
        fails(() -> assertThat(future).failedWith(Throwable.class),
                "expected future of task 'render' to have failed with java.lang.Throwable but it was cancelled");
        fails(() -> assertThat(future).succeedsWithin(Duration.ZERO),
                "expected future of task 'render' to succeed within PT0S but it was cancelled");
        fails(() -> assertThat(future).hasResult(null),
                "expected future of task 'render' to have returned null but it was cancelled");
    }

    @Test
    void withinWaitsForATaskThatRunsElsewhere() {
        try (ThreadPoolExecutor pool = new ThreadPoolExecutor(1)) {
            assertThat(pool.submit(() -> 1)).succeedsWithin(Await.PATIENCE).isEqualTo(1);
            assertThat(pool.submit(() -> 1 / 0)).failsWithin(Await.PATIENCE).isInstanceOf(ArithmeticException.class);
            assertThat(pool).becomesIdleWithin(Await.PATIENCE).isRunning().isIdle().hasWorkers(1).hasBusyWorkers(0);
            assertThat(pool).hasSubmitted(2).hasSucceeded(1).hasFailed(1).hasRejected(0);
            pool.shutdown(false, false);
            assertThat(pool).terminatesWithin(Await.PATIENCE).isShutdown().hasWorkers(0);
        }
    }

    @Test
    void anInterruptEndsTheWaitingAndStays() {
        Future<Integer> future = this.executor.submit(() -> 1);
        Thread.currentThread().interrupt();
        fails(() -> assertThat(future).succeedsWithin(Await.PATIENCE),
                "the test was interrupted while it waited for a future");
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        fails(() -> assertThat(this.executor).becomesIdleWithin(Await.PATIENCE),
                "the test was interrupted while it waited for an executor");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void anExecutorSaysWhatItDoes() {
        this.executor.submit(() -> 1);
        Executor any = this.executor;
        assertThat(any).hasName("manual").isRunning().hasQueueDepth(1).hasSubmitted(1);
        fails(() -> assertThat(this.executor).isIdle(),
                "expected executor 'manual' to be idle but it is RUNNING with 1 tasks waiting, 0 of 0 workers busy; "
                        + "of 1 tasks 0 succeeded, 0 failed, 0 were cancelled, 0 timed out; 0 were rejected");
        String idle = " but it is RUNNING with 0 tasks waiting, 0 of 0 workers busy; of 1 tasks 1 succeeded, 0 failed, "
                + "0 were cancelled, 0 timed out; 0 were rejected";
        this.executor.runAll();
        assertThat(any).isIdle();
        fails(() -> assertThat(any).isShutdown(), "expected executor 'manual' to be shut down" + idle);
        fails(() -> assertThat(any).isPaused(), "expected executor 'manual' to be paused" + idle);
        fails(() -> assertThat(any).isBroken(), "expected executor 'manual' to be broken" + idle);
        fails(() -> assertThat(any).hasName("other"), "expected executor 'manual' to have the name 'other'" + idle);
        fails(() -> assertThat(any).hasQueueDepth(1), "expected executor 'manual' to have 1 tasks waiting" + idle);
        fails(() -> assertThat(any).hasWorkers(1), "expected executor 'manual' to have 1 workers" + idle);
        fails(() -> assertThat(any).hasBusyWorkers(1), "expected executor 'manual' to have 1 busy workers" + idle);
        fails(() -> assertThat(any).hasSubmitted(2), "expected executor 'manual' to have accepted 2 tasks" + idle);
        fails(() -> assertThat(any).hasSucceeded(2), "expected executor 'manual' to have completed 2 tasks" + idle);
        fails(() -> assertThat(any).hasFailed(1), "expected executor 'manual' to have 1 failed tasks" + idle);
        fails(() -> assertThat(any).hasRejected(1), "expected executor 'manual' to have rejected 1 tasks" + idle);
        fails(() -> assertThat(any).terminatesWithin(Duration.ZERO),
                "expected executor 'manual' to terminate within PT0S" + idle);
    }

    @Test
    void aBrokenPoolSaysWhy() {
        TaskAction initializer = () -> {
            throw new IOException("no database");
        };
        try (LogCapture log = new LogCapture("dev.futures");
                ThreadPoolExecutor pool = ThreadPoolExecutor.builder()
                    .name("mail")
                    .inline(true)
                    .initializer(initializer)
                    .build()) {
            pool.submit(() -> 1);
            assertThat(pool).isBroken().hasRootCauseMessage("no database");
            fails(() -> assertThat(pool).isRunning(),
                    "expected executor 'mail' to be running but it is BROKEN with 0 tasks waiting, 0 of 0 workers busy; "
                            + "of 1 tasks 0 succeeded, 1 failed, 0 were cancelled, 0 timed out; 0 were rejected; broken "
                            + "by dev.futures.thread.BrokenThreadPoolException: an initializer failed, the inline pool "
                            + "is not usable anymore");
            assertThat(log.messages()).isNotEmpty();
        }
    }

    @Test
    void aPausedPoolIsPaused() {
        try (ThreadPoolExecutor pool = new ThreadPoolExecutor(1)) {
            pool.pause();
            assertThat(pool).isPaused();
            fails(() -> assertThat(pool).hasName(""), "expected executor '" + pool.name()
                    + "' to have the name '' but it is PAUSED with 0 tasks waiting, 0 of 0 workers busy; of 0 tasks "
                    + "0 succeeded, 0 failed, 0 were cancelled, 0 timed out; 0 were rejected");
        }
    }

    @Test
    void nothingIsNoFutureAndNoExecutor() {
        assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThat((Future<?>) null).isDone())
            .withMessageContaining("Expecting actual not to be null");
        assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThat((Executor) null).isIdle())
            .withMessageContaining("Expecting actual not to be null");
    }

}
