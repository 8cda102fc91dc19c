// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.futures.FutureTests.Fixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A future as it is known to those who know the futures of the JDK.
 */
class FutureForTheJdkTests {

    private final IOException exception = new IOException("disk");

    private Promise<Integer> in(Fixture state) {
        return state.make(this.exception);
    }

    @Test
    void getKeepsTheContractOfTheJdk() throws Exception {
        assertThatExceptionOfType(ExecutionException.class).isThrownBy(in(Fixture.FAILED)::get)
            .withCause(this.exception);
        assertThatExceptionOfType(ExecutionException.class)
            .isThrownBy(() -> in(Fixture.FAILED).get(1, TimeUnit.SECONDS))
            .withCause(this.exception);
        assertThatExceptionOfType(CancellationException.class).isThrownBy(in(Fixture.CANCELLED)::get);
        assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> in(Fixture.RUNNING).get(0, TimeUnit.DAYS));
        assertThat(in(Fixture.SUCCEEDED).get()).isEqualTo(42);
        assertThatExceptionOfType(CompletionException.class).isThrownBy(in(Fixture.FAILED)::join)
            .withCause(this.exception);
    }

    @Test
    void aTaskThatThrowsACancellationExceptionHasFailed() throws Exception {
        CancellationException thrown = new CancellationException("of the task");
        Promise<Integer> promise = new Promise<>();
        promise.setException(thrown);
        assertThat(promise.cancelled()).isFalse();
        assertThat(promise.isCancelled()).isFalse();
        assertThat(promise.exception()).isSameAs(thrown);
        assertThatThrownBy(promise::result).isSameAs(thrown);
        assertThat(promise.cancel(true)).isFalse();
        assertThat(promise.toString()).endsWith("[state=finished raised CancellationException]");
        failsAsTheJdkWantsIt(promise, thrown);
    }

    /** As {@link java.util.concurrent.FutureTask} does it, for whatever was thrown. */
    private static void failsAsTheJdkWantsIt(Promise<Integer> promise, Throwable thrown) throws Exception {
        assertThatExceptionOfType(ExecutionException.class).isThrownBy(promise::get)
            .satisfies((ex) -> assertThat(ex.getCause()).isSameAs(thrown));
        assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> promise.get(1, TimeUnit.SECONDS))
            .satisfies((ex) -> assertThat(ex.getCause()).isSameAs(thrown));
        assertThatExceptionOfType(CompletionException.class).isThrownBy(promise::join)
            .satisfies((ex) -> assertThat(ex.getCause()).isSameAs(thrown));
        assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> promise.getNow(1))
            .satisfies((ex) -> assertThat(ex.getCause()).isSameAs(thrown));
        assertThat(promise.isDone()).isTrue();
        assertThat(promise.isCancelled()).isFalse();
        assertThat(promise.isCompletedExceptionally()).isTrue();
        assertThat(asked(promise, "state")).hasToString(knowsStates() ? "FAILED" : "none");
        assertThat(asked(promise, "exceptionNow")).isSameAs(knowsStates() ? thrown : "none");
    }

    private static boolean knowsStates() {
        return Runtime.version().feature() >= 19;
    }

    /** Asks what only later JDKs can be asked; says "none" if this one cannot be. */
    private static Object asked(Promise<Integer> promise, String question) throws Exception {
        try {
            return java.util.concurrent.Future.class.getMethod(question).invoke(promise);
        }
        catch (NoSuchMethodException ex) {
            return "none";
        }
        catch (InvocationTargetException ex) {
            return ex.getCause().getClass().getSimpleName();
        }
    }

    @ParameterizedTest
    @EnumSource
    void laterJdksSeeTheState(Fixture state) throws Exception {
        Promise<Integer> promise = in(state);
        String expected = switch (state) {
            case PENDING, RUNNING -> "RUNNING IllegalStateException IllegalStateException";
            case CANCELLED -> "CANCELLED IllegalStateException IllegalStateException";
            case SUCCEEDED -> "SUCCESS 42 IllegalStateException";
            case FAILED -> "FAILED IllegalStateException java.io.IOException: disk";
        };
        assertThat(asked(promise, "state") + " " + asked(promise, "resultNow") + " " + asked(promise, "exceptionNow"))
            .isEqualTo(knowsStates() ? expected : "none none none");
    }

    @Test
    void everyThrowableIsAFailureForTheJdk() throws Exception {
        List<Throwable> all = List.of(this.exception, new StackOverflowError("deep"), new Throwable("neither"),
                new CompletionException("mine", this.exception), new CompletionException("empty", null),
                new ExecutionException("mine", this.exception), new InterruptedException("of the task"),
                new TimeoutException("of the task"));
        for (Throwable thrown : all) {
            Promise<Integer> promise = new Promise<>();
            promise.setException(thrown);
            failsAsTheJdkWantsIt(promise, thrown);
            assertThat(promise.exception()).isSameAs(thrown);
            assertThat(promise.exception(Duration.ZERO)).isSameAs(thrown);
            assertThatThrownBy(promise::result).isSameAs(thrown);
            assertThatThrownBy(() -> promise.result(Duration.ZERO)).isSameAs(thrown);
        }
    }

    @Test
    void aTaskThatThrowsACompletionExceptionIsNotUnwrapped() throws Exception {
        CompletionException thrown = new CompletionException("of the task", this.exception);
        Future<Integer> future = Futures.failed(thrown);
        assertThat(future.exception()).isSameAs(thrown);
        assertThatThrownBy(future::result).isSameAs(thrown);
    }

    @Test
    void anExceptionThatCannotBePrintedComesOutAllTheSame() throws Exception {
        class Mine extends CancellationException {

            private static final long serialVersionUID = 1L;

            @Override
            public String toString() {
                throw new IllegalStateException("nobody may ask for this");
            }

        }

        Mine thrown = new Mine();
        Promise<Integer> promise = new Promise<>();
        promise.setException(thrown);
        assertThat(promise.done()).isTrue();
        assertThat(promise.exception() == thrown).isTrue();
        assertThat(promise.exception(Duration.ZERO) == thrown).isTrue();
        try {
            promise.result();
            throw new AssertionError("no exception");
        }
        catch (Mine ex) {
            assertThat(ex == thrown).isTrue();
        }
    }

    @Test
    void getDoesNotDependOnWhatTheMethodsOfAnExceptionDo() throws Exception {
        Exception thrown = new Exception() {

            private static final long serialVersionUID = 1L;

            @Override
            public String getMessage() {
                throw new IllegalStateException("nobody may ask for this");
            }

        };
        Future<Integer> future = Futures.failed(thrown);
        for (Callable<?> get : List.<Callable<?>>of(future::get, () -> future.get(1, TimeUnit.SECONDS))) {
            try {
                get.call();
                throw new AssertionError("no exception");
            }
            catch (ExecutionException ex) {
                assertThat(ex.getCause() == thrown).isTrue();
            }
        }
        Promise<Integer> promise = (Promise<Integer>) future;
        assertThat(promise.exceptionNow() == thrown).isTrue();
        assertThatIllegalStateException().isThrownBy(promise::resultNow).withMessageContaining("there is no result");
    }

    @Test
    void theOutcomeIsThereNowOrNotAtAll() {
        Promise<Integer> promise = new Promise<>();
        assertThatIllegalStateException().isThrownBy(promise::resultNow);
        assertThatIllegalStateException().isThrownBy(promise::exceptionNow);
        promise.setResult(42);
        assertThat(promise.resultNow()).isEqualTo(42);
        assertThatIllegalStateException().isThrownBy(promise::exceptionNow);
    }

}
