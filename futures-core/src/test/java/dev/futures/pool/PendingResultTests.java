// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.futures.Executor;
import dev.futures.Future;
import dev.futures.TaskOptions;
import dev.futures.TaskTimeoutException;
import dev.futures.thread.ThreadPoolExecutor;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link PendingResult}.
 */
class PendingResultTests {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final CompletableFuture<String> stage = new CompletableFuture<>();

    private Future<Object> submit(Executor executor, TaskOptions options) {
        return executor.submit(() -> PendingResult.of(this.stage), options);
    }

    @Test
    void theWorkerGoesOnAndTheFutureEndsAsTheStageDoes() throws Exception {
        try (Executor executor = ThreadPoolExecutor.builder().maxWorkers(1).build()) {
            Future<Object> future = submit(executor, TaskOptions.none());
            assertThat(executor.submit(() -> this.stage.complete("done")).result(LONG)).isTrue();
            assertThat(future.result(LONG)).isEqualTo("done");
            assertThat(executor.statistics().tasks().succeeded()).isEqualTo(2);
        }
    }

    @Test
    void cancellingTheFutureCancelsTheStage() throws Exception {
        try (ThreadPoolExecutor executor = ThreadPoolExecutor.builder().maxWorkers(1).build()) {
            Future<Object> future = submit(executor, TaskOptions.none());
            assertThat(executor.submit(() -> "the worker goes on").result(LONG)).isNotNull();
            assertThat(future.running()).isTrue();
            assertThat(future.cancel()).isFalse();
            assertThat(future.cancel(true)).isTrue();
            assertThat(this.stage).isCancelled();
        }
    }

    @Test
    void aCancelledStageCancelsTheFuture() throws Exception {
        try (ThreadPoolExecutor executor = ThreadPoolExecutor.builder().maxWorkers(1).build()) {
            Future<Object> future = submit(executor, TaskOptions.none());
            assertThat(executor.submit(() -> "the worker goes on").result(LONG)).isNotNull();
            this.stage.cancel(true);
            assertThat(future.cancelled()).isTrue();
        }
    }

    @Test
    void theTimeLimitEndsBoth() {
        try (Executor executor = ThreadPoolExecutor.builder().maxWorkers(1).build()) {
            Future<Object> future = submit(executor, TaskOptions.none().withTimeLimit(Duration.ofMillis(50)));
            assertThatThrownBy(() -> future.result(LONG)).isInstanceOf(TaskTimeoutException.class);
            assertThatThrownBy(() -> this.stage.get(20, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);
        }
    }

    @Test
    void onlyTasksOfThisJvmMayReturnOne() throws Exception {
        assertThat(PendingResult.isSupportedHere()).isFalse();
        try (Executor executor = ThreadPoolExecutor.builder().maxWorkers(1).build()) {
            Future<Boolean> inWorker = executor.submit(PendingResult::isSupportedHere);
            assertThat(inWorker.result(LONG)).isTrue();
        }
    }

}
