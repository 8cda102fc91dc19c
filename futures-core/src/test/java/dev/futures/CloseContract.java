// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.futures.pool.PoolExecutor;
import dev.futures.support.Await;
import dev.futures.support.Gate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Closing a pool, patiently and otherwise.
 */
interface CloseContract extends PoolFixture {

    @Test
    default void closeWaitsForEverythingEvenAfterAnException() throws Exception {
        List<Future<Integer>> futures = new ArrayList<>();
        assertThatIllegalStateException().isThrownBy(() -> {
            try (PoolExecutor pool = pool(2)) {
                for (int i = 0; i < 20; i++) {
                    futures.add(pool.submit(() -> 1));
                }
                throw new IllegalStateException("from the body");
            }
        }).withMessage("from the body");
        assertThat(futures).hasSize(20).allMatch(Future::done).noneMatch(Future::cancelled);
    }

    @Test
    default void anUnusedPoolCanBeClosed() {
        PoolExecutor pool = pool(2);
        pool.close();
        pool.close();
        assertThat(pool.statistics().state()).isEqualTo(PoolState.TERMINATED);
    }

    @Test
    default void anInterruptedCloseStopsWhatIsLeft(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        PoolExecutor pool = pool(1);
        Future<?> running = pool.submit((TaskAction) gate::blockForEver);
        Future<Integer> waiting = pool.submit(() -> 1);
        gate.awaitEntered(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        Thread closer = new Thread(() -> {
            pool.close();
            interrupted.set(Thread.currentThread().isInterrupted());
        });
        closer.start();
        closer.interrupt();
        closer.join(Await.PATIENCE.toMillis());
        assertThat(closer.isAlive()).isFalse();
        assertThat(interrupted).isTrue();
        assertThat(running.cancelled()).isTrue();
        assertThat(waiting.cancelled()).isTrue();
        assertThat(pool.statistics().state()).isEqualTo(PoolState.TERMINATED);
    }

    @Test
    default void aCloserInterruptedBeforehandStopsWorkersThatAreStarting() {
        for (int i = 0; i < 3; i++) {
            PoolExecutor pool = pool(2);
            Future<Integer> future = pool.submit(() -> 1);
            Thread.currentThread().interrupt();
            pool.close();
            assertThat(Thread.interrupted()).isTrue();
            assertThat(future.done()).isTrue();
            assertThat(pool.statistics().state()).isEqualTo(PoolState.TERMINATED);
        }
    }

    @Test
    default void closeWithPatienceWaitsForTasksThatEnd(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        PoolExecutor pool = pool(1);
        Future<Integer> running = pool.submit(() -> gate.pass(1));
        Future<Integer> waiting = pool.submit(() -> 2);
        gate.awaitEntered(1);
        gate.letPass();
        assertThat(pool.close(Await.PATIENCE)).isTrue();
        assertThat(running.result()).isEqualTo(1);
        assertThat(waiting.result()).isEqualTo(2);
    }

    @Test
    default void closeWithPatienceStopsEndlessTasks(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        PoolExecutor pool = pool(1);
        Future<?> running = pool.submit((TaskAction) gate::blockForEver);
        Future<Integer> waiting = pool.submit(() -> 2);
        gate.awaitEntered(1);
        boolean ended = pool.close(Duration.ofMillis(500));
        assertThat(running.cancelled()).isTrue();
        assertThat(waiting.cancelled()).isTrue();
        // a slow machine may need more than the patience to end a process
        assertThat(ended || pool.awaitTermination(Await.PATIENCE)).isTrue();
    }

    @Test
    default void anInterruptedCloseWithPatienceReturnsAtOnce(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        PoolExecutor pool = pool(1);
        Future<?> running = pool.submit((TaskAction) gate::blockForEver);
        gate.awaitEntered(1);
        Thread.currentThread().interrupt();
        assertThat(pool.close(Duration.ofHours(1))).isFalse();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(running.cancelled()).isTrue();
        assertThat(pool.awaitTermination(Await.PATIENCE)).isTrue();
    }

    @Test
    default void severalThreadsMayCloseAtOnce() throws Exception {
        PoolExecutor pool = pool(2);
        Future<Integer> future = pool.submit(() -> 1);
        List<Thread> closers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread closer = new Thread(pool::close);
            closer.start();
            closers.add(closer);
        }
        for (Thread closer : closers) {
            closer.join(Await.PATIENCE.toMillis());
            assertThat(closer.isAlive()).isFalse();
        }
        assertThat(future.result()).isEqualTo(1);
    }

}
