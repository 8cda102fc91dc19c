// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

import dev.futures.Executor;
import dev.futures.Future;
import dev.futures.PoolState;
import dev.futures.TaskOptions;
import dev.futures.TaskTimeoutException;
import dev.futures.test.ManualExecutor;
import dev.futures.thread.DelegatingExecutor;
import dev.futures.thread.DirectExecutor;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link PendingResult} in executors without workers.
 */
class PendingUnpooledTests {

    private static final Duration NOT_AT_ALL = Duration.ZERO;

    private static final Duration LONG = Duration.ofSeconds(20);

    private static final int LENGTH = 50_000;

    private final CompletableFuture<Object> stage = new CompletableFuture<>();

    private final ManualExecutor mail = new ManualExecutor("mail");

    private Future<Object> pendingIn(Executor executor, TaskOptions options) {
        return executor.submit(() -> PendingResult.of(this.stage), options);
    }

    private Future<Object> ranInMail(TaskOptions options) {
        Future<Object> future = pendingIn(this.mail, options);
        assertThat(this.mail.runNext()).isTrue();
        return future;
    }

    @Test
    void theTaskOfOneExecutorCompletesThatOfTheOther() throws Exception {
        ManualExecutor documents = new ManualExecutor("documents");
        Future<Object> outer = this.mail.submit(() -> PendingResult.of(documents.submit(() -> "inner")));
        assertThat(this.mail.runNext()).isTrue();
        assertThat(outer.running()).isTrue();
        assertThat(documents.runNext()).isTrue();
        assertThat(outer.result(NOT_AT_ALL)).isEqualTo("inner");
    }

    @Test
    void aLongChainEndsWhenItsLastTaskDoes() throws Exception {
        Future<Object> future = chain(LENGTH);
        assertThat(this.mail.runAll()).isEqualTo(LENGTH);
        assertThat(future.result(NOT_AT_ALL)).isEqualTo("end");
    }

    private Future<Object> chain(int length) {
        return this.mail.submit(() -> (length > 1) ? PendingResult.of(chain(length - 1)) : "end");
    }

    @Test
    void theExecutorIsAtRestAndEndsAfterIt() throws Exception {
        Future<Object> future = ranInMail(TaskOptions.none());
        this.mail.shutdown(false, true);
        assertThat(future.running()).isTrue();
        assertThat(this.mail.awaitQuiescence(NOT_AT_ALL)).isFalse();
        assertThat(this.mail.awaitTermination(NOT_AT_ALL)).isFalse();
        assertThat(this.mail.statistics().state()).isEqualTo(PoolState.SHUTTING_DOWN);
        assertThat(this.mail.statistics().queueDepth()).isZero();
        assertThat(this.mail.statistics().workers()).isEmpty();
        this.stage.complete("done");
        assertThat(this.mail.awaitTermination(NOT_AT_ALL)).isTrue();
        assertThat(this.mail.statistics().state()).isEqualTo(PoolState.TERMINATED);
        assertThat(future.result(NOT_AT_ALL)).isEqualTo("done");
    }

    @Test
    void cancelAllCancelsIt() {
        Future<Object> future = ranInMail(TaskOptions.none());
        this.mail.cancelAll();
        assertThat(future.cancelled()).isTrue();
        assertThat(this.stage).isCancelled();
        this.mail.close();
    }

    @Test
    void closingWithPatienceCancelsIt() {
        Future<Object> future = ranInMail(TaskOptions.none());
        assertThat(this.mail.close(Duration.ofMillis(10))).isTrue();
        assertThat(future.cancelled()).isTrue();
    }

    @Test
    void aCallbackCannotCloseTheExecutorThatWaitsForIt() {
        Future<Object> future = ranInMail(TaskOptions.none());
        CompletableFuture<Void> refused = new CompletableFuture<>();
        future.addDoneCallback((done) -> {
            assertThatIllegalStateException().isThrownBy(this.mail::close).withMessageContaining("its own executor");
            refused.complete(null);
        });
        this.stage.complete("done");
        assertThat(refused).isCompleted();
        this.mail.close();
    }

    @Test
    void itsTimeLimitGoesByTheClockOfTheExecutor() throws Exception {
        Future<Object> future = ranInMail(TaskOptions.none().withTimeLimit(Duration.ofHours(1)));
        this.mail.advance(Duration.ofHours(2));
        assertThat(future.exception(NOT_AT_ALL)).isInstanceOf(TaskTimeoutException.class);
        assertThat(this.stage).isCancelled();
        this.mail.close();
    }

    @Test
    void directAndDelegatingExecutorsWaitForItToo() throws Exception {
        try (Executor direct = new DirectExecutor();
                Executor delegating = new DelegatingExecutor("delegating", Executors.newSingleThreadExecutor())) {
            Future<Object> first = pendingIn(direct, TaskOptions.none());
            Future<Object> second = pendingIn(delegating, TaskOptions.none());
            delegating.submit(() -> "other").result(LONG);
            direct.shutdown(false, false);
            delegating.shutdown(false, false);
            assertThat(direct.awaitTermination(NOT_AT_ALL)).isFalse();
            assertThat(delegating.awaitTermination(NOT_AT_ALL)).isFalse();
            this.stage.complete("done");
            assertThat(first.result(NOT_AT_ALL)).isEqualTo("done");
            assertThat(second.result(NOT_AT_ALL)).isEqualTo("done");
        }
    }

}
