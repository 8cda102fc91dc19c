// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

import dev.futures.Future;
import dev.futures.Futures;
import dev.futures.TaskTimeoutException;
import dev.futures.spring.boot.autoconfigure.FuturesAutoConfiguration;
import dev.futures.thread.ThreadPoolExecutor;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link SubmitAsync} methods that return what is not done.
 */
class UnfinishedResultTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(FuturesAutoConfiguration.class))
        .withPropertyValues("futures.thread-pools.one.max-workers=1", "futures.thread-pools.other.max-workers=1");

    @Test
    void theWorkerIsFreeUntilTheStageIsDone() {
        this.runner.withBean(Steps.class).run((context) -> {
            Steps steps = context.getBean(Steps.class);
            CompletableFuture<String> stage = new CompletableFuture<>();
            Future<String> future = steps.returning(stage);
            // runs on the only worker
            assertThat(steps.completing(stage, "done").exception()).isNull();
            assertThat(future.result(Duration.ofSeconds(20))).isEqualTo("done");
        });
    }

    @Test
    void theFutureIsRunningUntilTheStageIsDone() {
        this.runner.withBean(Steps.class).run((context) -> {
            CompletableFuture<String> stage = new CompletableFuture<>();
            Future<String> future = context.getBean(Steps.class).returning(stage);
            // on the only worker, which goes on
            context.getBean("one", ThreadPoolExecutor.class).submit(() -> 1).result();
            assertThat(future.running()).isTrue();
            assertThat(future.cancel()).isFalse();
            stage.complete("done");
            assertThat(future.result()).isEqualTo("done");
        });
    }

    @Test
    void cancellingTheFutureCancelsTheStage() {
        this.runner.withBean(Steps.class).run((context) -> {
            CompletableFuture<String> stage = new CompletableFuture<>();
            Future<String> future = context.getBean(Steps.class).returning(stage);
            // on the only worker, which goes on
            context.getBean("one", ThreadPoolExecutor.class).submit(() -> 1).result();
            assertThat(future.cancel(true)).isTrue();
            assertThat(stage).isCancelled();
        });
    }

    @Test
    void cancellingTheFutureStopsTheTaskOfTheOtherPool() {
        this.runner.withBean(Steps.class).run((context) -> {
            CountDownLatch started = new CountDownLatch(1);
            CountDownLatch interrupted = new CountDownLatch(1);
            Future<String> inner = context.getBean("other", ThreadPoolExecutor.class).submit(() -> {
                started.countDown();
                try {
                    new CountDownLatch(1).await();
                }
                catch (InterruptedException ex) {
                    interrupted.countDown();
                }
                return "never";
            });
            assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
            Future<String> future = context.getBean(Steps.class).returningFuture(inner);
            // on the only worker, which goes on
            context.getBean("one", ThreadPoolExecutor.class).submit(() -> 1).result();
            assertThat(future.cancel(true)).isTrue();
            assertThat(inner.cancelled()).isTrue();
            assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
        });
    }

    @Test
    void aStageThatIsCancelledCancelsTheFuture() {
        this.runner.withBean(Steps.class).run((context) -> {
            CompletableFuture<String> stage = new CompletableFuture<>();
            Future<String> future = context.getBean(Steps.class).returning(stage);
            stage.cancel(true);
            assertThatThrownBy(future::result).isInstanceOf(CancellationException.class);
            assertThat(future.cancelled()).isTrue();
        });
    }

    @Test
    void theVeryExceptionOfTheStageIsInTheFuture() {
        this.runner.withBean(Steps.class).run((context) -> {
            IOException failure = new IOException("torn");
            CompletableFuture<String> stage = new CompletableFuture<>();
            Future<String> future = context.getBean(Steps.class).returning(stage.thenApply((text) -> text + "!"));
            stage.completeExceptionally(failure);
            assertThat(future.exception()).isSameAs(failure);
        });
    }

    @Test
    void theTimeLimitCountsUntilTheStageIsDone() {
        this.runner.withBean(Steps.class).run((context) -> {
            CompletableFuture<String> stage = new CompletableFuture<>();
            Future<String> future = context.getBean(Steps.class).limited(stage);
            assertThat(future.exception()).isInstanceOf(TaskTimeoutException.class);
            assertThatThrownBy(() -> stage.get(20, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);
        });
    }

    @Test
    void aFutureThatIsNoStageIsWaitedFor() {
        this.runner.withBean(Steps.class).run((context) -> {
            FutureTask<String> task = new FutureTask<>(() -> "done");
            java.util.concurrent.Future<String> future = context.getBean(Steps.class).returningJdk(task);
            task.run();
            assertThat(future.get(20, TimeUnit.SECONDS)).isEqualTo("done");
        });
    }

    static class Steps {

        @SubmitAsync("one")
        public Future<String> returning(CompletionStage<String> stage) {
            return Futures.wrap(stage);
        }

        @SubmitAsync("one")
        public Future<String> returningFuture(Future<String> future) {
            return future;
        }

        @SubmitAsync("one")
        public java.util.concurrent.Future<String> returningJdk(java.util.concurrent.Future<String> future) {
            return future;
        }

        @SubmitAsync(executor = "one", timeLimit = "100ms")
        public Future<String> limited(CompletionStage<String> stage) {
            return Futures.wrap(stage);
        }

        @SubmitAsync("one")
        public Future<Void> completing(CompletableFuture<String> stage, String result) {
            stage.complete(result);
            return Futures.completed(null);
        }

    }

}
