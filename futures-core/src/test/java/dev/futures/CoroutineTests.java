// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.futures.support.Await;
import dev.futures.support.LeakCheck;
import dev.futures.test.ManualExecutor;
import dev.futures.thread.ThreadPoolExecutor;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlinx.coroutines.BuildersKt;
import kotlinx.coroutines.CoroutineStart;
import kotlinx.coroutines.Deferred;
import kotlinx.coroutines.Dispatchers;
import kotlinx.coroutines.GlobalScope;
import kotlinx.coroutines.future.FutureKt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What Kotlin's {@code future.await()} makes of a future, as a {@code CompletionStage}.
 */
@ExtendWith(LeakCheck.class)
class CoroutineTests {

    private static <T> T await(Future<T> future) throws InterruptedException {
        return BuildersKt.runBlocking(EmptyCoroutineContext.INSTANCE,
                (scope, continuation) -> FutureKt.await(future, continuation));
    }

    /** Begins to wait in this thread, and returns as soon as it would have to. */
    private static <T> Deferred<T> begin(Future<T> future) {
        return BuildersKt.async(GlobalScope.INSTANCE, Dispatchers.getUnconfined(), CoroutineStart.UNDISPATCHED,
                (scope, continuation) -> FutureKt.await(future, continuation));
    }

    @Test
    void awaitReturnsTheResult() throws Exception {
        try (ThreadPoolExecutor pool = new ThreadPoolExecutor(1)) {
            assertThat(await(pool.submit(() -> 42))).isEqualTo(42);
            Future<String> done = pool.submit(() -> "done");
            assertThat(done.result(Await.PATIENCE)).isEqualTo("done");
            assertThat(await(done)).isEqualTo("done");
        }
    }

    @Test
    void awaitResumesWhenTheTaskHasRun() {
        ManualExecutor executor = new ManualExecutor();
        Deferred<Integer> waiting = begin(executor.submit(() -> 42));
        assertThat(waiting.isActive()).isTrue();
        executor.runNext();
        assertThat(waiting.isCompleted()).isTrue();
        assertThat(waiting.getCompleted()).isEqualTo(42);
    }

    @Test
    void awaitThrowsWhatTheTaskThrew() {
        ManualExecutor executor = new ManualExecutor();
        Future<Integer> future = executor.submit(() -> {
            throw new IOException("no such page");
        });
        Deferred<Integer> waiting = begin(future);
        executor.runNext();
        assertThat(waiting.getCompletionExceptionOrNull()).isExactlyInstanceOf(IOException.class)
            .hasMessage("no such page");
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> await(future)).withMessage("no such page");
    }

    @Test
    void cancellingTheCoroutineCancelsATaskThatWaits() {
        ManualExecutor executor = new ManualExecutor();
        List<Integer> ran = new ArrayList<>();
        Future<Boolean> future = executor.submit(() -> ran.add(1));
        Deferred<Boolean> waiting = begin(future);
        waiting.cancel(null);
        assertThat(future.cancelled()).isTrue();
        assertThat(executor.runAll()).isZero();
        assertThat(ran).isEmpty();
    }

    @Test
    void cancellingTheCoroutineLetsARunningTaskGoOn() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        try (ThreadPoolExecutor pool = new ThreadPoolExecutor(1)) {
            Future<Integer> future = pool.submit(() -> {
                entered.countDown();
                gate.await();
                return 42;
            });
            Deferred<Integer> waiting = begin(future);
            assertThat(entered.await(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            waiting.cancel(null);
            assertThat(waiting.isCancelled()).isTrue();
            assertThat(future.running()).isTrue();
            gate.countDown();
            assertThat(future.result(Await.PATIENCE)).isEqualTo(42);
        }
    }

    @Test
    void aCompletionHandlerOfTheCoroutineStopsARunningTask() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        try (ThreadPoolExecutor pool = new ThreadPoolExecutor(1)) {
            Future<Integer> future = pool.submit(() -> {
                entered.countDown();
                new CountDownLatch(1).await();
                return 42;
            });
            Deferred<Integer> waiting = begin(future);
            waiting.invokeOnCompletion((cause) -> {
                future.cancel(true);
                return kotlin.Unit.INSTANCE;
            });
            assertThat(entered.await(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            waiting.cancel(null);
            assertThat(future.cancelled()).isTrue();
            assertThat(pool.awaitQuiescence(Await.PATIENCE)).isTrue();
        }
    }

    @Test
    void aCancelledFutureEndsTheCoroutineAsCancelled() {
        ManualExecutor executor = new ManualExecutor();
        Future<Integer> future = executor.submit(() -> 42);
        Deferred<Integer> waiting = begin(future);
        future.cancel();
        assertThat(waiting.isCancelled()).isTrue();
    }

}
