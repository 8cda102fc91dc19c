// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.futures.pool.PoolExecutor;
import dev.futures.support.Await;
import dev.futures.support.Gate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What ended tasks leave behind, while the pool and the futures live on.
 */
interface ReleaseContract extends PoolFixture {

    /** Submits a task that captures an object, with a callback that captures another. */
    @FunctionalInterface
    interface Scene {

        Future<?> play(PoolExecutor pool, ArrayList<String> captured) throws Exception;

    }

    private static void released(PoolExecutor pool, Scene scene) throws Exception {
        List<WeakReference<Object>> references = new ArrayList<>();
        Future<?> kept = play(pool, scene, references);
        Await.until("task and callback are collected", () -> {
            System.gc();
            return references.stream().allMatch((reference) -> reference.get() == null);
        });
        assertThat(kept.done()).isTrue();
    }

    private static Future<?> play(PoolExecutor pool, Scene scene, List<WeakReference<Object>> references)
            throws Exception {
        ArrayList<String> captured = new ArrayList<>();
        Object ofCallback = new Object();
        Future<?> future = scene.play(pool, captured);
        future.addDoneCallback((done) -> ofCallback.hashCode());
        future.thenRun(ofCallback::hashCode);
        references.add(new WeakReference<>(captured));
        references.add(new WeakReference<>(ofCallback));
        Futures.wait(List.of(future), Await.PATIENCE, ReturnWhen.ALL_COMPLETED);
        return future;
    }

    @Test
    default void aTaskThatSucceededIsReleased() throws Exception {
        try (PoolExecutor pool = pool(1)) {
            released(pool, (executor, captured) -> executor.submit(() -> captured.size()));
        }
    }

    @Test
    default void aTaskThatFailedIsReleased() throws Exception {
        try (PoolExecutor pool = pool(1)) {
            released(pool, (executor, captured) -> executor.submit(() -> {
                throw new IOException("size " + captured.size());
            }));
        }
    }

    @Test
    default void aTaskThatWasStoppedIsReleased(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        try (PoolExecutor pool = pool(1)) {
            released(pool, (executor, captured) -> {
                Future<?> running = executor.submit(() -> {
                    gate.blockForEver();
                    return captured.size();
                });
                gate.awaitEntered(1);
                running.cancel(true);
                return running;
            });
        }
    }

    @Test
    default void aTaskThatWasCancelledOrTimedOutWhileItWaitedIsReleased(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        TaskOptions impatient = TaskOptions.none().withQueueTimeLimit(Duration.ofMillis(1));
        try (PoolExecutor pool = pool(1)) {
            Future<Integer> running = pool.submit(() -> gate.pass(1));
            gate.awaitEntered(1);
            released(pool, (executor, captured) -> {
                Future<?> waiting = executor.submit(() -> captured.size());
                waiting.cancel();
                return waiting;
            });
            released(pool, (executor, captured) -> executor.submit(() -> captured.size(), impatient));
            gate.letPass();
            assertThat(running.result(Await.PATIENCE)).isEqualTo(1);
        }
    }

    @Test
    default void aResultBelongsToItsFutureAlone() throws Exception {
        try (PoolExecutor pool = pool(1)) {
            WeakReference<Object> result = new WeakReference<>(
                    pool.submit(() -> new ArrayList<String>()).result(Await.PATIENCE));
            Await.until("the result is collected", () -> {
                System.gc();
                return result.get() == null;
            });
            assertThat(pool.statistics().tasks().succeeded()).isEqualTo(1);
        }
    }

    @Test
    default void aWorkerKeepsNothingOfATaskThatHasEnded(@TempDir Path directory) throws Exception {
        Gate collected = Gate.in(directory);
        try (PoolExecutor pool = pool(1)) {
            assertThat(submitWithInput(pool, new ArrayList<>(List.of("input")), collected).result(Await.PATIENCE))
                .isEqualTo(1);
            // there is no other task, which would take its place
            collected.awaitEntered(1);
        }
    }

    private static Future<Integer> submitWithInput(PoolExecutor pool, ArrayList<String> input, Gate collected) {
        return pool.submit(() -> {
            watch(new WeakReference<>(input), collected);
            return input.size();
        });
    }

    /** Watches from the place of the worker, wherever that is. */
    private static void watch(WeakReference<Object> input, Gate collected) {
        Thread watcher = new Thread(() -> {
            try {
                Await.until("the input is collected", () -> {
                    System.gc();
                    return input.get() == null;
                });
                collected.enter();
            }
            catch (Exception ex) {
                throw new IllegalStateException(ex);
            }
        });
        watcher.setDaemon(true);
        watcher.start();
    }

}
