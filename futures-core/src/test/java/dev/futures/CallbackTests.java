// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import dev.futures.support.Await;
import dev.futures.support.LogCapture;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CallbackTests {

    private final Promise<Integer> promise = new Promise<>();

    private final List<String> called = new ArrayList<>();

    private Consumer<Future<Integer>> saying(String name) {
        return (future) -> this.called.add(name);
    }

    @Test
    void aCallbackSeesTheResult() {
        AtomicReference<Object> seen = new AtomicReference<>();
        this.promise.addDoneCallback((future) -> {
            assertThat(future == this.promise).isTrue();
            assertThat(future.done()).isTrue();
            seen.set(future.toCompletableFuture().join());
        });
        this.promise.setResult(42);
        assertThat(seen).hasValue(42);
    }

    @Test
    void aCallbackSeesTheException() {
        AtomicReference<Throwable> seen = new AtomicReference<>();
        this.promise.addDoneCallback((future) -> {
            try {
                seen.set(future.exception());
            }
            catch (InterruptedException ex) {
                throw new AssertionError(ex);
            }
        });
        Exception exception = new Exception("of the task");
        this.promise.setException(exception);
        assertThat(seen).hasValue(exception);
    }

    @Test
    void aCallbackSeesTheCancellationInTheThreadThatCancels() {
        AtomicReference<Thread> seen = new AtomicReference<>();
        this.promise.addDoneCallback((future) -> {
            assertThat(future.cancelled()).isTrue();
            seen.set(Thread.currentThread());
        });
        this.promise.cancel();
        assertThat(seen).hasValue(Thread.currentThread());
        seen.set(null);
        this.promise.cancel();
        assertThat(this.promise.setRunningOrNotifyCancel()).isFalse();
        assertThat(seen).as("called once only").hasValue(null);
    }

    @Test
    void callbacksRunInTheOrderOfAddingAndAsOftenAsAdded() {
        Consumer<Future<Integer>> twice = saying("twice");
        this.promise.addDoneCallback(twice);
        this.promise.addDoneCallback(saying("second"));
        this.promise.addDoneCallback(twice);
        this.promise.setResult(1);
        assertThat(this.called).containsExactly("twice", "second", "twice");
    }

    @Test
    void aLateCallbackRunsAtOnceInTheCallingThread() {
        Promise<Integer> failed = new Promise<>();
        Promise<Integer> cancelled = new Promise<>();
        this.promise.setResult(1);
        failed.setException(new Exception("of the task"));
        cancelled.cancel();
        for (Promise<Integer> each : List.of(this.promise, failed, cancelled)) {
            AtomicReference<Thread> seen = new AtomicReference<>();
            each.addDoneCallback((future) -> {
                assertThat(future == each).isTrue();
                seen.set(Thread.currentThread());
            });
            assertThat(seen).hasValue(Thread.currentThread());
        }
    }

    @Test
    void aCallbackAddedWhileOthersRunDoesNotWaitForThem() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        List<String> order = Collections.synchronizedList(this.called);
        this.promise.addDoneCallback((future) -> {
            entered.countDown();
            await(goOn);
            order.add("slow");
        });
        this.promise.addDoneCallback((future) -> order.add("second"));
        Thread completer = new Thread(() -> this.promise.setResult(1));
        completer.start();
        await(entered);
        // whoever asks for the result does not wait for callbacks either
        assertThat(this.promise.result(Duration.ZERO)).isEqualTo(1);
        assertThat(Futures.wait(this.promise).done()).hasSize(1);
        this.promise.addDoneCallback((future) -> order.add("late"));
        goOn.countDown();
        completer.join(Await.PATIENCE.toMillis());
        assertThat(order).containsExactly("late", "slow", "second");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
        catch (InterruptedException ex) {
            throw new AssertionError(ex);
        }
    }

    @Test
    void stagesRunBeforeCallbacksInTheThreadThatCompletes() {
        AtomicReference<Thread> seen = new AtomicReference<>();
        this.promise.addDoneCallback(saying("callback"));
        this.promise.thenRun(() -> {
            seen.set(Thread.currentThread());
            this.called.add("stage");
        });
        this.promise.setResult(1);
        assertThat(this.called).containsExactly("stage", "callback");
        assertThat(seen).hasValue(Thread.currentThread());
    }

    @Test
    void aCallbackMayTryToEndTheFutureAgain() throws Exception {
        this.promise.addDoneCallback((future) -> {
            assertThat(future.cancel(true)).isFalse();
            assertThat(this.promise.complete(2)).isFalse();
            this.called.add("first");
        });
        this.promise.setResult(1);
        assertThat(this.called).containsExactly("first");
        assertThat(this.promise.result()).isEqualTo(1);
        Promise<Integer> cancelled = new Promise<>();
        cancelled.addDoneCallback((future) -> this.called.add("again: " + future.cancel()));
        assertThat(cancelled.cancel()).isTrue();
        assertThat(this.called).containsExactly("first", "again: true");
    }

    @Test
    void aCallbackAddedFromACallbackRunsAtOnce() {
        this.promise.addDoneCallback((future) -> {
            this.called.add("first");
            future.addDoneCallback(saying("nested"));
            this.called.add("end of first");
        });
        this.promise.addDoneCallback(saying("second"));
        this.promise.setResult(1);
        assertThat(this.called).containsExactly("first", "nested", "end of first", "second");
    }

    @Test
    void whatACallbackThrowsIsLoggedAndTheOthersRun() {
        try (LogCapture log = new LogCapture("dev.futures")) {
            Error error = new NoClassDefFoundError("for the test");
            this.promise.addDoneCallback((future) -> {
                throw error;
            });
            this.promise.addDoneCallback(saying("second"));
            this.promise.setResult(1);
            assertThat(this.called).containsExactly("second");
            assertThat(log.thrown()).containsExactly(error);
            assertThat(log.messages()).containsExactly("exception calling callback for " + this.promise);
        }
    }

    @Test
    void whatALateCallbackThrowsIsLoggedAndNotThrown() {
        try (LogCapture log = new LogCapture("dev.futures")) {
            RuntimeException exception = new IllegalStateException("for the test");
            this.promise.setResult(1);
            this.promise.addDoneCallback((future) -> {
                throw exception;
            });
            assertThat(log.thrown()).containsExactly(exception);
        }
    }

    @Test
    void waitersAreToldBeforeCallbacks() {
        this.promise.addDoneCallback(saying("callback"));
        Subscription.to(this.promise, () -> this.called.add("waiter"));
        this.promise.setResult(1);
        assertThat(this.called).containsExactly("waiter", "callback");
    }

    @Test
    void aWithdrawnSubscriptionIsNotTold() {
        Subscription first = Subscription.to(this.promise, () -> this.called.add("first"));
        Subscription.to(this.promise, () -> this.called.add("second"));
        first.cancel();
        first.cancel();
        this.promise.setResult(1);
        first.cancel();
        assertThat(this.called).containsExactly("second");
    }

    @Test
    void manyCallbacksDoNotOverflowTheStack() {
        for (int i = 0; i < 100_000; i++) {
            this.promise.addDoneCallback(saying("x"));
        }
        this.promise.setResult(1);
        assertThat(this.called).hasSize(100_000);
    }

}
