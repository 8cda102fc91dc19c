// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.futures.pool.PoolExecutor;
import dev.futures.support.Await;
import dev.futures.support.Gate;
import dev.futures.support.LogCapture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Code of users that runs in the threads of a pool, and users who meddle with its
 * futures.
 */
interface CallbackContract extends PoolFixture {

    @Test
    default void callbacksRunOnceAndInOrder(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        List<Integer> called = Collections.synchronizedList(new ArrayList<>());
        try (PoolExecutor pool = pool(1)) {
            Future<Integer> future = pool.submit(() -> gate.pass(1));
            for (int i = 0; i < 5; i++) {
                int number = i;
                future.addDoneCallback((done) -> called.add(number));
            }
            gate.letPass();
        }
        assertThat(called).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    default void aFailingCallbackIsLoggedAndHarmsNobody(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        CountDownLatch second = new CountDownLatch(1);
        Error error = new StackOverflowError("for the test");
        RuntimeException exception = new IllegalStateException("for the test");
        try (LogCapture log = new LogCapture("dev.futures"); PoolExecutor pool = pool(1)) {
            Future<Integer> future = pool.submit(() -> gate.pass(1));
            future.addDoneCallback((done) -> {
                throw error;
            });
            future.addDoneCallback((done) -> {
                throw exception;
            });
            future.addDoneCallback((done) -> second.countDown());
            gate.letPass();
            assertThat(second.await(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(pool.submit(() -> 2).result(Await.PATIENCE)).isEqualTo(2);
            assertThat(log.thrown()).containsExactly(error, exception);
            assertThat(log.messages()).allMatch((message) -> message.startsWith("exception calling callback for "));
        }
    }

    @Test
    default void aCallbackMaySubmit(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        CompletableFuture<Future<Integer>> second = new CompletableFuture<>();
        try (PoolExecutor pool = pool(1)) {
            Future<Integer> first = pool.submit(() -> gate.pass(1));
            first.addDoneCallback((done) -> second.complete(pool.submit(() -> 2)));
            gate.letPass();
            assertThat(second.get(30, TimeUnit.SECONDS).result(Await.PATIENCE)).isEqualTo(2);
        }
    }

    @Test
    default void aChainOfCallbacksMaySubmitForLong() throws Exception {
        CountDownLatch rounds = new CountDownLatch(500);
        try (PoolExecutor pool = pool(2)) {
            again(pool, rounds);
            assertThat(rounds.await(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
    }

    private static void again(PoolExecutor pool, CountDownLatch rounds) {
        pool.submit(() -> 1).addDoneCallback((done) -> {
            rounds.countDown();
            if (rounds.getCount() > 0) {
                again(pool, rounds);
            }
        });
    }

    @Test
    default void aCallbackThatInterruptsItsThreadDoesNotHarmTheNextTask(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        try (PoolExecutor pool = pool(1)) {
            Future<Integer> first = pool.submit(() -> gate.pass(1));
            first.addDoneCallback((done) -> Thread.currentThread().interrupt());
            Future<Boolean> second = pool.submit(() -> Thread.currentThread().isInterrupted());
            gate.letPass();
            assertThat(second.result(Await.PATIENCE)).isFalse();
            assertThat(pool.submit(() -> 3).result(Await.PATIENCE)).isEqualTo(3);
        }
    }

    @Test
    default void aCallbackCannotWaitForTheEndOfItsOwnPool(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        try (PoolExecutor pool = pool((builder) -> builder.name("own").maxWorkers(1))) {
            Future<Integer> future = pool.submit(() -> gate.pass(1));
            future.addDoneCallback((done) -> {
                try {
                    pool.close();
                    thrown.complete(null);
                }
                catch (Throwable ex) {
                    thrown.complete(ex);
                }
            });
            gate.letPass();
            assertThat(thrown.get(30, TimeUnit.SECONDS)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("own");
        }
    }

    @Test
    default void aUserMayCompleteTheFutureOfAWaitingTask(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        try (PoolExecutor pool = pool(1)) {
            Future<Integer> running = pool.submit(() -> gate.pass(1));
            gate.awaitEntered(1);
            Future<Integer> waiting = pool.submit(() -> gate.pass(2));
            assertThat(waiting.toCompletableFuture().complete(42)).isTrue();
            assertThat(pool.statistics().queueDepth()).isZero();
            gate.letPass();
            assertThat(running.result(Await.PATIENCE)).isEqualTo(1);
            assertThat(waiting.result()).isEqualTo(42);
            assertThat(pool.submit(() -> 3).result(Await.PATIENCE)).isEqualTo(3);
        }
        assertThat(gate.entered()).isEqualTo(1);
    }

    @Test
    default void aUserMayCompleteTheFutureOfARunningTask(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        try (PoolExecutor pool = pool(1)) {
            Future<Integer> running = pool.submit(() -> gate.pass(1));
            gate.awaitEntered(1);
            assertThat(running.toCompletableFuture().complete(42)).isTrue();
            Future<Integer> next = pool.submit(() -> 2);
            gate.letPass();
            assertThat(next.result(Await.PATIENCE)).isEqualTo(2);
            assertThat(running.result()).isEqualTo(42);
            assertThat(pool.statistics().workers()).hasSize(1);
        }
    }

    @Test
    default void usersWhoCompleteEverythingDoNotHarmTheWorkers() throws Exception {
        try (PoolExecutor pool = pool(2)) {
            for (int i = 0; i < 500; i++) {
                Future<Integer> future = pool.submit(() -> 1);
                future.toCompletableFuture().complete(2);
                assertThat(future.result(Await.PATIENCE)).isBetween(1, 2);
            }
            assertThat(pool.submit(() -> 3).result(Await.PATIENCE)).isEqualTo(3);
            assertThat(pool.statistics().workers()).hasSizeLessThanOrEqualTo(2);
            assertThat(pool.statistics().restarts()).isZero();
        }
    }

}
