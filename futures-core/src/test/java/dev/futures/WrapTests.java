// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import dev.futures.support.Await;
import dev.futures.support.LogCapture;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WrapTests {

    private final IOException exception = new IOException("disk");

    private final CompletableFuture<Integer> source = new CompletableFuture<>();

    @Test
    void aFutureOfOursIsNotWrapped() {
        Future<Integer> future = new Promise<>();
        assertThat(Futures.wrap(future) == future).isTrue();
        assertThatNullPointerException().isThrownBy(() -> Futures.wrap(null));
    }

    @Test
    void theResultIsThatOfTheSource() throws Exception {
        Future<Integer> future = Futures.wrap(this.source);
        assertThat(future.done()).isFalse();
        assertThat(future.running()).isFalse();
        this.source.complete(42);
        assertThat(future.result(Duration.ZERO)).isEqualTo(42);
        assertThat(Futures.wrap(this.source).result(Duration.ZERO)).isEqualTo(42);
        assertThat(Futures.wrap(CompletableFuture.completedFuture((Integer) null)).result(Duration.ZERO)).isNull();
    }

    @Test
    void theExceptionIsThatOfTheSource() throws Exception {
        Future<Integer> future = Futures.wrap(this.source);
        this.source.completeExceptionally(this.exception);
        assertThat(future.exception(Duration.ZERO)).isSameAs(this.exception);
        assertThatThrownBy(future::result).isSameAs(this.exception);
    }

    @Test
    void theWrapperOfTheJdkIsTakenOffOnce() throws Exception {
        Future<Integer> derived = Futures.wrap(this.source.thenApply((number) -> number));
        this.source.completeExceptionally(this.exception);
        assertThat(derived.exception(Duration.ZERO)).isSameAs(this.exception);
        Future<Integer> supplied = Futures.wrap(CompletableFuture.supplyAsync(() -> {
            throw new IllegalStateException("of the supplier");
        }));
        assertThat(supplied.exception(Await.PATIENCE)).isExactlyInstanceOf(IllegalStateException.class);
        CompletionException inner = new CompletionException("inner", this.exception);
        assertThat(exceptionOf(new CompletionException(inner))).isSameAs(inner);
    }

    @Test
    void whatIsNoWrapperOfTheJdkPassesAsItIs() throws Exception {
        class Mine extends CompletionException {

            private static final long serialVersionUID = 1L;

            Mine(Throwable cause) {
                super(cause);
            }

        }
        for (Throwable thrown : List.of(new Mine(this.exception), new CompletionException("no cause", null),
                new IllegalStateException(this.exception), new StackOverflowError("deep"))) {
            assertThat(exceptionOf(thrown)).isSameAs(thrown);
        }
    }

    private static Throwable exceptionOf(Throwable thrown) throws Exception {
        return Futures.wrap(CompletableFuture.failedFuture(thrown)).exception(Duration.ZERO);
    }

    @Test
    void cancellingTheFutureCancelsTheSource() {
        List<Boolean> flags = new ArrayList<>();
        class Recording extends CompletableFuture<Integer> {

            @Override
            public boolean cancel(boolean mayInterruptIfRunning) {
                flags.add(mayInterruptIfRunning);
                return super.cancel(mayInterruptIfRunning);
            }

        }
        for (boolean flag : new boolean[] { true, false }) {
            CompletableFuture<Integer> recording = new Recording();
            Future<Integer> future = Futures.wrap(recording);
            assertThat(future.cancel(flag)).isTrue();
            assertThat(future.cancelled()).isTrue();
            assertThat(recording.isCancelled()).isTrue();
            assertThat(future.cancel(flag)).isTrue();
        }
        assertThat(flags).containsExactly(true, false);
    }

    @Test
    void aSourceThatIsLinkedLateIsToldHowItWas() {
        List<String> told = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            LinkedPromise<Integer> promise = new LinkedPromise<>();
            switch (i) {
                case 0 -> promise.cancel(true);
                case 1 -> promise.cancel(false);
                case 2 -> promise.setException(this.exception);
                default -> promise.setResult(1);
            }
            promise.link((outcome, mayInterruptIfRunning) -> told.add(outcome + " " + mayInterruptIfRunning));
        }
        assertThat(told).containsExactly("CANCELLED true", "CANCELLED false", "FAILED false", "SUCCEEDED false");
    }

    @Test
    void aSourceThatWasCancelledCancelsTheFuture() {
        Future<Integer> future = Futures.wrap(this.source);
        this.source.cancel(false);
        assertThat(future.cancelled()).isTrue();
        assertThatExceptionOfType(CancellationException.class).isThrownBy(future::result);
        assertThat(Futures.wrap(this.source).cancelled()).isTrue();
    }

    @Test
    void aStageOfACancelledSourceHasFailedAsTheJdkHasIt() throws Exception {
        Future<Integer> future = Futures.wrap(this.source.thenApply((number) -> number));
        this.source.cancel(false);
        assertThat(future.cancelled()).isFalse();
        assertThat(future.exception(Duration.ZERO)).isInstanceOf(CancellationException.class);
    }

    @Test
    void endingTheFutureOtherwiseLeavesTheSourceAlone() throws Exception {
        Future<Integer> future = Futures.wrap(this.source);
        assertThat(future.toCompletableFuture().complete(1)).isTrue();
        assertThat(this.source).isNotDone();
        this.source.complete(2);
        assertThat(future.result()).isEqualTo(1);
    }

    @Test
    void aFutureAroundAStageThatCannotBeCancelledIsCancelledAlone() {
        try (LogCapture log = new LogCapture("dev.futures")) {
            Future<Integer> future = Futures.wrap(new Stages(this.source, new UnsupportedOperationException()).stage());
            assertThat(future.cancel(true)).isTrue();
            assertThat(future.cancelled()).isTrue();
            assertThat(this.source).isNotDone();
            assertThat(log.messages()).hasSize(1).allMatch((message) -> message.contains("cannot be cancelled"));
            Future<Integer> minimal = Futures.wrap(this.source.minimalCompletionStage());
            assertThat(minimal.cancel(true)).isTrue();
            assertThat(this.source).isNotDone();
            this.source.complete(1);
            assertThat(minimal.cancelled()).isTrue();
        }
    }

    @Test
    void whatTheSourceThrowsWhenItIsCancelledIsLogged() {
        try (LogCapture log = new LogCapture("dev.futures")) {
            RuntimeException thrown = new IllegalStateException("for the test");
            Future<Integer> future = Futures.wrap(new Stages(this.source, thrown).stage());
            List<String> called = new ArrayList<>();
            future.addDoneCallback((done) -> called.add("callback"));
            assertThat(future.cancel(true)).isTrue();
            assertThat(called).containsExactly("callback");
            assertThat(log.thrown()).containsExactly(thrown);
        }
    }

    /** A stage of somebody else's make, whose toCompletableFuture throws. */
    private static final class Stages {

        private final CompletionStage<Integer> source;

        private final RuntimeException thrown;

        Stages(CompletionStage<Integer> source, RuntimeException thrown) {
            this.source = source;
            this.thrown = thrown;
        }

        @SuppressWarnings("unchecked")
        CompletionStage<Integer> stage() {
            return (CompletionStage<Integer>) Proxy.newProxyInstance(getClass().getClassLoader(),
                    new Class<?>[] { CompletionStage.class }, (proxy, method, arguments) -> {
                        if (method.getName().equals("toCompletableFuture")) {
                            throw this.thrown;
                        }
                        return method.invoke(this.source, arguments);
                    });
        }

    }

    @Test
    void callbacksAndWaitersWork() throws Exception {
        CompletableFuture<Integer> other = new CompletableFuture<>();
        Future<Integer> first = Futures.wrap(this.source);
        Future<Integer> second = Futures.wrap(other);
        List<Future<?>> called = new ArrayList<>();
        first.addDoneCallback(called::add);
        second.addDoneCallback(called::add);
        assertThat(Futures.wait(List.of(first, second), Duration.ZERO, ReturnWhen.ALL_COMPLETED).notDone()).hasSize(2);
        try (CloseableIterator<Future<Integer>> ended = Futures.asCompleted(List.of(first, second))) {
            other.complete(2);
            assertThat(ended.next() == second).isTrue();
            this.source.completeExceptionally(this.exception);
            assertThat(ended.next() == first).isTrue();
        }
        assertThat(called).containsExactly(second, first);
        assertThat(Futures.wait(first, second).done()).hasSize(2);
    }

    @Test
    void aDoneFutureDoesNotKeepItsSource() throws Exception {
        List<Future<?>> kept = new ArrayList<>();
        WeakReference<Object> ended = wrapped(kept);
        Await.until("the source is collected", () -> {
            System.gc();
            return ended.get() == null;
        });
        assertThat(kept).hasSize(1).allMatch(Future::done);
    }

    private static WeakReference<Object> wrapped(List<Future<?>> kept) {
        CompletableFuture<Integer> ended = new CompletableFuture<>();
        kept.add(Futures.wrap(ended));
        ended.complete(1);
        return new WeakReference<>(ended);
    }

}
