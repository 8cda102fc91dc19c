// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.futures.support.Await;
import dev.futures.thread.ThreadPoolExecutor;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

class CompletionStageTests {

    private final Promise<Integer> promise = new Promise<>();

    private final Future<Integer> future = this.promise;

    @Test
    void stagesFollowTheResult() {
        CompletableFuture<Integer> doubled = this.future.thenApply((number) -> number * 2).toCompletableFuture();
        assertThat(doubled).isNotDone();
        this.promise.setResult(21);
        assertThat(doubled).isCompletedWithValue(42);
        assertThat(this.future.thenCombine(doubled, Integer::sum).toCompletableFuture()).isCompletedWithValue(63);
    }

    @Test
    void stagesFollowTheException() {
        IOException exception = new IOException("disk");
        CompletableFuture<Integer> replaced = this.future.exceptionally((thrown) -> {
            assertThat(thrown).isSameAs(exception);
            return 7;
        }).toCompletableFuture();
        CompletableFuture<Integer> dependent = this.future.thenApply((number) -> number).toCompletableFuture();
        this.promise.setException(exception);
        assertThat(replaced).isCompletedWithValue(7);
        assertThatExceptionOfType(CompletionException.class).isThrownBy(dependent::join).withCause(exception);
    }

    @Test
    void dependentStagesEndWithTheCauseWhateverItIs() {
        for (Throwable thrown : List.of(new IOException("disk"), new StackOverflowError("deep"),
                new CancellationException("of the task"), new CompletionException("mine", new IOException("inner")))) {
            Promise<Integer> failing = new Promise<>();
            CompletableFuture<Integer> before = failing.thenApply((number) -> number).toCompletableFuture();
            CompletableFuture<Void> all = CompletableFuture.allOf(failing);
            CompletableFuture<Object> any = CompletableFuture.anyOf(failing);
            failing.setException(thrown);
            CompletableFuture<Integer> after = failing.thenCompose(Futures::completed).toCompletableFuture();
            for (CompletableFuture<?> dependent : List.of(before, all, any, after, failing.copy())) {
                assertThatExceptionOfType(CompletionException.class).isThrownBy(dependent::join)
                    .satisfies((ex) -> assertThat(ex.getCause()).isSameAs(thrown));
                assertThat(dependent.isCancelled()).isFalse();
            }
        }
    }

    @Test
    void theFunctionOfADirectStageCannotMistakeAFailureForACancellation() {
        for (Throwable thrown : List.of(new CancellationException("of the task"), new CompletionException("x", null))) {
            Promise<Integer> failing = new Promise<>();
            List<Throwable> seen = new ArrayList<>();
            failing.whenComplete((number, ex) -> seen.add(ex));
            failing.setException(thrown);
            assertThat(seen).hasSize(1);
            assertThat(seen.get(0)).isExactlyInstanceOf(CompletionException.class).hasCause(thrown);
        }
        List<Throwable> seen = new ArrayList<>();
        this.future.whenComplete((number, ex) -> seen.add(ex));
        this.future.cancel();
        assertThat(seen).hasSize(1).allMatch(CancellationException.class::isInstance);
    }

    @Test
    void composingWithAnotherFutureFollowsIt() {
        Promise<Integer> second = new Promise<>();
        CompletableFuture<Integer> composed = this.future.thenCompose((number) -> second).toCompletableFuture();
        this.promise.setResult(1);
        assertThat(composed).isNotDone();
        assertThat(composed.cancel(true)).isTrue();
        assertThat(second.done()).isFalse();
        CompletableFuture<Integer> again = this.future.thenCompose((number) -> second).toCompletableFuture();
        second.setResult(42);
        assertThat(again).isCompletedWithValue(42);
    }

    @Test
    void aDerivedStageOfACancelledFutureFails() {
        CompletableFuture<Integer> derived = this.future.thenApply((number) -> number).toCompletableFuture();
        this.future.cancel();
        assertThat(derived.isCancelled()).isFalse();
        assertThatExceptionOfType(CompletionException.class).isThrownBy(derived::join)
            .withCauseInstanceOf(CancellationException.class);
    }

    @Test
    void cancellingWhatCombinesFuturesDoesNotCancelThem() {
        Promise<Integer> other = new Promise<>();
        assertThat(CompletableFuture.allOf(this.promise, other).cancel(true)).isTrue();
        assertThat(CompletableFuture.anyOf(this.promise, other).cancel(true)).isTrue();
        assertThat(this.promise.copy().cancel(true)).isTrue();
        assertThat(this.promise.minimalCompletionStage().toCompletableFuture().cancel(true)).isTrue();
        assertThat(this.promise.newIncompleteFuture().cancel(true)).isTrue();
        assertThat(this.future.done()).isFalse();
        assertThat(other.done()).isFalse();
    }

    @Test
    void aMinimalStageCannotBeWritten() {
        CompletionStage<Integer> minimal = this.promise.minimalCompletionStage();
        assertThatExceptionOfType(UnsupportedOperationException.class)
            .isThrownBy(() -> ((CompletableFuture<Integer>) minimal).complete(1));
        assertThat(this.promise.hasCallbacks()).isTrue();
        CompletableFuture<Integer> derived = minimal.thenApply((number) -> number).toCompletableFuture();
        this.promise.setResult(42);
        assertThat(derived).isCompletedWithValue(42);
    }

    @Test
    void whatIsDerivedIsCounted() {
        assertThat(this.promise.getNumberOfDependents()).isZero();
        assertThat(this.promise.hasCallbacks()).isFalse();
        this.future.thenRun(() -> {
        });
        assertThat(this.promise.getNumberOfDependents()).isEqualTo(1);
        assertThat(this.promise.hasCallbacks()).isTrue();
    }

    @Test
    void orTimeoutFreesATaskThatWaits() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        try (ThreadPoolExecutor pool = new ThreadPoolExecutor(1)) {
            Future<Boolean> running = pool.submit(() -> goOn.await(30, TimeUnit.SECONDS));
            Future<Integer> waiting = pool.submit(() -> 1);
            waiting.toCompletableFuture().orTimeout(1, TimeUnit.MILLISECONDS);
            assertThat(waiting.exception(Await.PATIENCE)).isExactlyInstanceOf(TimeoutException.class);
            Await.until("it waits no more", () -> pool.statistics().queueDepth() == 0);
            goOn.countDown();
            assertThat(running.result(Await.PATIENCE)).isTrue();
            assertThat(pool.awaitQuiescence(Await.PATIENCE)).isTrue();
            assertThat(pool.statistics().tasks().failed()).isEqualTo(1);
        }
    }

    @Test
    void cancellingTheStageItselfCancelsTheTask() {
        assertThat(this.future.toCompletableFuture().cancel(true)).isTrue();
        assertThat(this.future.cancelled()).isTrue();
    }

    @Test
    void theStageItselfRefusesCancelFalseOnceItRuns() {
        this.promise.setRunningOrNotifyCancel();
        assertThat(this.future.toCompletableFuture().cancel(false)).isFalse();
        assertThat(this.future.running()).isTrue();
    }

    @Test
    void cancellingADerivedStageDoesNotCancelTheTask() {
        CompletableFuture<Integer> derived = this.future.thenApply((number) -> number).toCompletableFuture();
        assertThat(derived.cancel(true)).isTrue();
        assertThat(this.future.done()).isFalse();
        assertThat(derived).isNotInstanceOf(Future.class);
    }

    @Test
    void allOfAndAnyOfWork() {
        Promise<Integer> other = new Promise<>();
        CompletableFuture<Void> all = CompletableFuture.allOf(this.future.toCompletableFuture(), other);
        CompletableFuture<Object> any = CompletableFuture.anyOf(this.promise, other);
        this.promise.setResult(1);
        assertThat(any).isCompletedWithValue(1);
        assertThat(all).isNotDone();
        other.setResult(2);
        assertThat(all).isCompleted();
    }

    @Test
    void orTimeoutFailsTheFuture() throws Exception {
        this.future.toCompletableFuture().orTimeout(1, TimeUnit.MILLISECONDS);
        assertThat(this.future.exception(Await.PATIENCE)).isInstanceOf(TimeoutException.class);
        assertThat(this.promise.complete(1)).isFalse();
    }

    @Test
    void completeOnTimeoutCompletesTheFuture() throws Exception {
        this.future.toCompletableFuture().completeOnTimeout(7, 1, TimeUnit.MILLISECONDS);
        assertThat(this.future.result(Await.PATIENCE)).isEqualTo(7);
    }

    @Test
    void aStageThatThrowsHarmsNobody() throws Exception {
        List<String> called = new ArrayList<>();
        CompletableFuture<Void> failing = this.future.thenAccept((number) -> {
            throw new StackOverflowError("for the test");
        }).toCompletableFuture();
        this.future.addDoneCallback((done) -> called.add("callback"));
        this.promise.setResult(1);
        assertThat(called).containsExactly("callback");
        assertThat(failing).isCompletedExceptionally();
        assertThat(this.future.result()).isEqualTo(1);
    }

    @Test
    void copiesDoNotWriteThrough() {
        CompletableFuture<Integer> copy = this.future.toCompletableFuture().copy();
        copy.complete(1);
        assertThat(this.future.done()).isFalse();
        this.promise.setResult(2);
        assertThat(copy).isCompletedWithValue(1);
    }

    @Test
    void asynchronousStagesRunElsewhere() throws Exception {
        CompletableFuture<Thread> elsewhere = this.future.thenApplyAsync((number) -> Thread.currentThread())
            .toCompletableFuture();
        this.promise.setResult(1);
        assertThat(elsewhere.get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isNotSameAs(Thread.currentThread());
    }

    @Test
    void completeAsyncEndsTheFutureItself() throws Exception {
        this.future.toCompletableFuture().completeAsync(() -> 7);
        assertThat(this.future.result(Await.PATIENCE)).isEqualTo(7);
        assertThat(this.future.cancel(true)).isFalse();
        Promise<Integer> other = new Promise<>();
        other.completeAsync(() -> {
            throw new IllegalStateException("of the supplier");
        });
        assertThat(other.exception(Await.PATIENCE)).hasMessage("of the supplier");
        assertThatNullPointerException().isThrownBy(() -> new Promise<>().completeAsync(null));
        assertThatNullPointerException().isThrownBy(() -> new Promise<>().completeAsync(() -> 1, null));
    }

    @Test
    void factoriesMakeDoneFutures() throws Exception {
        assertThat(Futures.completed(42).result(Duration.ZERO)).isEqualTo(42);
        IOException exception = new IOException("disk");
        assertThat(Futures.failed(exception).exception(Duration.ZERO)).isSameAs(exception);
    }

}
