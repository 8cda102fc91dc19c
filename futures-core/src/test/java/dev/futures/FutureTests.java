// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

import dev.futures.support.Await;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FutureTests {

    private static final Duration LONGEST = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);

    private final IOException exception = new IOException("disk");

    /** The states, and what each of them must answer. */
    enum Fixture {

        PENDING, RUNNING, CANCELLED, SUCCEEDED, FAILED;

        Promise<Integer> make(Throwable exception) {
            Promise<Integer> promise = new Promise<>();
            switch (this) {
                case RUNNING -> promise.setRunningOrNotifyCancel();
                case CANCELLED -> promise.cancel();
                case SUCCEEDED -> promise.setResult(42);
                case FAILED -> promise.setException(exception);
                default -> assertThat(this).isSameAs(PENDING);
            }
            return promise;
        }

        boolean isDone() {
            return this != PENDING && this != RUNNING;
        }

    }

    private Promise<Integer> in(Fixture state) {
        return state.make(this.exception);
    }

    @ParameterizedTest
    @EnumSource
    void predicatesSayTheState(Fixture state) {
        Future<Integer> future = in(state);
        assertThat(future.running()).isEqualTo(state == Fixture.RUNNING);
        assertThat(future.cancelled()).isEqualTo(state == Fixture.CANCELLED);
        assertThat(future.isCancelled()).isEqualTo(state == Fixture.CANCELLED);
        assertThat(future.done()).isEqualTo(state.isDone());
        assertThat(future.isDone()).isEqualTo(state.isDone());
    }

    @ParameterizedTest
    @EnumSource
    void cancelSucceedsBeforeTheStartAndAfterAnotherCancel(Fixture state) {
        Future<Integer> future = in(state);
        boolean cancelled = future.cancel();
        assertThat(cancelled).isEqualTo(state == Fixture.PENDING || state == Fixture.CANCELLED);
        assertThat(future.cancelled()).isEqualTo(cancelled);
        assertThat(future.running()).isEqualTo(state == Fixture.RUNNING);
    }

    @ParameterizedTest
    @EnumSource
    void cancelTrueSucceedsUnlessFinished(Fixture state) {
        Future<Integer> future = in(state);
        boolean cancelled = future.cancel(true);
        assertThat(cancelled).isEqualTo(state != Fixture.SUCCEEDED && state != Fixture.FAILED);
        assertThat(future.cancelled()).isEqualTo(cancelled);
        assertThat(future.done()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void onlyAPendingFutureCanBeStarted(Fixture state) {
        Promise<Integer> promise = in(state);
        switch (state) {
            case PENDING -> assertThat(promise.setRunningOrNotifyCancel()).isTrue();
            case CANCELLED -> assertThat(promise.setRunningOrNotifyCancel()).isFalse();
            default ->
                assertThatExceptionOfType(InvalidStateException.class).isThrownBy(promise::setRunningOrNotifyCancel)
                    .withMessageStartingWith("future in unexpected state: ")
                    .withMessageContaining("Future@");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aResultCanBeSetUntilTheEnd(Fixture state) throws Exception {
        Promise<Integer> promise = in(state);
        if (!state.isDone()) {
            promise.setResult(7);
            assertThat(promise.result()).isEqualTo(7);
        }
        else {
            String before = promise.toString();
            String name = (state == Fixture.CANCELLED) ? "CANCELLED" : "FINISHED";
            assertThatExceptionOfType(InvalidStateException.class).isThrownBy(() -> promise.setResult(7))
                .withMessage(name + ": " + before);
            assertThat(promise).hasToString(before);
            assertThat(promise.complete(7)).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anExceptionCanBeSetUntilTheEnd(Fixture state) throws Exception {
        Promise<Integer> promise = in(state);
        Exception other = new IllegalStateException("other");
        if (!state.isDone()) {
            promise.setException(other);
            assertThat(promise.exception()).isSameAs(other);
        }
        else {
            String before = promise.toString();
            String name = (state == Fixture.CANCELLED) ? "CANCELLED" : "FINISHED";
            assertThatExceptionOfType(InvalidStateException.class).isThrownBy(() -> promise.setException(other))
                .withMessage(name + ": " + before);
            assertThat(promise).hasToString(before);
            assertThat(promise.completeExceptionally(other)).isFalse();
        }
    }

    @Test
    void theFirstOutcomeStays() throws Exception {
        Promise<Integer> succeeded = in(Fixture.SUCCEEDED);
        Promise<Integer> failed = in(Fixture.FAILED);
        Promise<Integer> cancelled = in(Fixture.CANCELLED);
        for (Promise<Integer> each : List.of(succeeded, failed, cancelled)) {
            each.complete(7);
            each.completeExceptionally(new IllegalStateException("late"));
            each.cancel(true);
        }
        assertThat(succeeded.result()).isEqualTo(42);
        assertThat(failed.exception()).isSameAs(this.exception);
        assertThat(cancelled.cancelled()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void toStringTellsTheStateAndNeverTheValue(Fixture state) {
        String expected = switch (state) {
            case PENDING -> "pending";
            case RUNNING -> "running";
            case CANCELLED -> "cancelled";
            case SUCCEEDED -> "finished returned Integer";
            case FAILED -> "finished raised IOException";
        };
        assertThat(in(state).toString()).matches("Future@[0-9a-f]+\\[state=" + expected + "]");
    }

    @Test
    void toStringOfNullSaysNull() {
        assertThat(Futures.completed(null).toString()).endsWith("[state=finished returned null]");
    }

    @ParameterizedTest
    @EnumSource
    void resultAndExceptionWithoutWaiting(Fixture state) throws Exception {
        Future<Integer> future = in(state);
        for (Duration timeout : new Duration[] { Duration.ZERO, Duration.ofSeconds(-1),
                Duration.ofSeconds(Long.MIN_VALUE) }) {
            switch (state) {
                case PENDING, RUNNING -> {
                    assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> future.result(timeout));
                    assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> future.exception(timeout));
                }
                case CANCELLED -> {
                    assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> future.result(timeout));
                    assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> future.exception(timeout));
                }
                case FAILED -> {
                    assertThatThrownBy(() -> future.result(timeout)).isSameAs(this.exception);
                    assertThat(future.exception(timeout)).isSameAs(this.exception);
                }
                case SUCCEEDED -> {
                    assertThat(future.result(timeout)).isEqualTo(42);
                    assertThat(future.exception(timeout)).isNull();
                }
            }
        }
    }

    @Test
    void whoWaitsForAResultIsWokenByIt() throws Exception {
        Promise<Integer> promise = new Promise<>();
        AtomicReference<Object> seen = new AtomicReference<>();
        Thread waiter = waiter(seen, () -> promise.result(LONGEST));
        promise.setResult(42);
        join(waiter);
        assertThat(seen).hasValue(42);
    }

    @Test
    void whoWaitsForAResultIsWokenByCancel() throws Exception {
        Promise<Integer> promise = new Promise<>();
        AtomicReference<Object> seen = new AtomicReference<>();
        Thread waiter = waiter(seen, promise::result);
        promise.cancel();
        join(waiter);
        assertThat(seen.get()).isInstanceOf(CancellationException.class);
    }

    @Test
    void whoWaitsForAnExceptionIsWokenByIt() throws Exception {
        Promise<Integer> promise = new Promise<>();
        AtomicReference<Object> seen = new AtomicReference<>();
        Thread waiter = waiter(seen, promise::exception);
        promise.setException(this.exception);
        join(waiter);
        assertThat(seen).hasValue(this.exception);
    }

    @Test
    void whoWaitsForAnExceptionIsWokenByAResultAndByCancel() throws Exception {
        Promise<Integer> promise = new Promise<>();
        AtomicReference<Object> seen = new AtomicReference<>(promise);
        Thread waiter = waiter(seen, () -> promise.exception(LONGEST));
        promise.setResult(42);
        join(waiter);
        assertThat(seen).hasValue(null);
        Promise<Integer> other = new Promise<>();
        waiter = waiter(seen, other::exception);
        other.cancel();
        join(waiter);
        assertThat(seen.get()).isInstanceOf(CancellationException.class);
    }

    @Test
    void aDoneFutureAnswersAnInterruptedThread() throws Exception {
        Thread.currentThread().interrupt();
        assertThat(in(Fixture.SUCCEEDED).result()).isEqualTo(42);
        assertThat(in(Fixture.FAILED).exception(Duration.ZERO)).isSameAs(this.exception);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aResultMayBeNull() throws Exception {
        Promise<Integer> promise = new Promise<>();
        promise.setResult(null);
        assertThat(promise.result()).isNull();
        assertThat(promise.exception()).isNull();
        assertThat(promise.done()).isTrue();
    }

    @Test
    void whoWaitsCanBeInterrupted() throws Exception {
        Promise<Integer> promise = new Promise<>();
        AtomicReference<Object> seen = new AtomicReference<>();
        Thread waiter = waiter(seen, promise::result);
        waiter.interrupt();
        join(waiter);
        assertThat(seen.get()).isInstanceOf(InterruptedException.class);
        assertThat(promise.done()).isFalse();
    }

    private static Thread waiter(AtomicReference<Object> seen, Task<?> action) throws InterruptedException {
        Thread thread = new Thread(() -> {
            try {
                seen.set(action.call());
            }
            catch (Exception ex) {
                seen.set(ex);
            }
        }, "waiter");
        thread.start();
        Await.until("the thread waits",
                () -> thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING);
        return thread;
    }

    private static void join(Thread thread) throws InterruptedException {
        thread.join(Await.PATIENCE.toMillis());
        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void anErrorIsThrownAsItIs() {
        Error thrown = new StackOverflowError("of the task");
        assertThatThrownBy(Futures.failed(thrown)::result).isSameAs(thrown);
        Throwable neither = new Throwable("neither");
        assertThatThrownBy(Futures.failed(neither)::result).isSameAs(neither);
    }

    @Test
    void nullIsNoExceptionAndNoCallback() {
        Promise<Integer> promise = new Promise<>();
        assertThatNullPointerException().isThrownBy(() -> promise.setException(null));
        assertThatNullPointerException().isThrownBy(() -> promise.addDoneCallback(null));
        assertThat(promise.done()).isFalse();
    }

    @Test
    void theOutcomeOfADoneFutureCannotBeReplaced() throws Exception {
        Promise<Integer> promise = in(Fixture.SUCCEEDED);
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> promise.obtrudeValue(1));
        assertThatExceptionOfType(UnsupportedOperationException.class)
            .isThrownBy(() -> promise.obtrudeException(this.exception));
        assertThat(promise.result()).isEqualTo(42);
    }

    @Test
    void aDoneFutureKeepsNoCallback() throws Exception {
        for (Fixture state : Fixture.values()) {
            Promise<Integer> promise = new Promise<>();
            WeakReference<Object> captured = addCallback(promise);
            switch (state) {
                case CANCELLED -> promise.cancel();
                case FAILED -> promise.setException(this.exception);
                default -> promise.setResult(42);
            }
            Await.until("the callback is collected", () -> {
                System.gc();
                return captured.get() == null;
            });
            assertThat(promise.done()).isTrue();
        }
    }

    private static WeakReference<Object> addCallback(Promise<Integer> promise) {
        Object captured = new Object();
        promise.addDoneCallback((done) -> captured.hashCode());
        promise.thenRun(captured::hashCode);
        return new WeakReference<>(captured);
    }

}
