// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

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
        this.promise.setResult(1);
        this.promise.addDoneCallback(saying("late"));
        assertThat(this.called).containsExactly("late");
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
