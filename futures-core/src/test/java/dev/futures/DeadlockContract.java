// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import dev.futures.pool.PoolExecutor;
import dev.futures.support.Await;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * A callback runs in a worker's thread, in every kind of pool, and may wait for the pool.
 */
interface DeadlockContract extends PoolFixture {

    @Test
    default void aCallbackThatWaitsForItsOwnWorkerIsToldSo() throws Exception {
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        CompletableFuture<Future<Integer>> inner = new CompletableFuture<>();
        try (PoolExecutor pool = pool((builder) -> builder.name("narrow").maxWorkers(1))) {
            Future<Integer> outer = waitingInCallback(pool, thrown, inner);
            assertThat(thrown.get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(DeadlockException.class)
                .hasMessageContaining("cannot wait for task 'inner' of its own pool 'narrow'")
                .hasMessageContaining("raise maxWorkers");
            assertThat(outer.result(Await.PATIENCE)).isEqualTo(1);
            assertThat(inner.join().result(Await.PATIENCE)).isEqualTo(2);
        }
    }

    @Test
    default void aCallbackMayWaitWhileAnotherWorkerCanDoTheTask() throws Exception {
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        CompletableFuture<Future<Integer>> inner = new CompletableFuture<>();
        try (PoolExecutor pool = pool(2)) {
            waitingInCallback(pool, thrown, inner);
            assertThat(thrown.get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isNull();
            assertThat(inner.join().result()).isEqualTo(2);
        }
    }

    private static Future<Integer> waitingInCallback(PoolExecutor pool, CompletableFuture<Throwable> thrown,
            CompletableFuture<Future<Integer>> inner) {
        pool.pause();
        Future<Integer> outer = pool.submit(() -> 1, TaskOptions.named("outer"));
        Consumer<Future<Integer>> waiting = (done) -> {
            inner.complete(pool.submit(() -> 2, TaskOptions.named("inner")));
            thrown.complete(catchThrowable(() -> inner.join().result()));
        };
        outer.addDoneCallback(waiting);
        pool.resume();
        return outer;
    }

}
