// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.futures.support.Await;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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
    }

    @Test
    void factoriesMakeDoneFutures() throws Exception {
        assertThat(Futures.completed(42).result(Duration.ZERO)).isEqualTo(42);
        IOException exception = new IOException("disk");
        assertThat(Futures.failed(exception).exception(Duration.ZERO)).isSameAs(exception);
    }

}
