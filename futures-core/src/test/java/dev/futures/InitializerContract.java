// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

import dev.futures.pool.PoolExecutor;
import dev.futures.support.Await;
import dev.futures.support.Gate;
import dev.futures.support.LogCapture;
import dev.futures.support.Work;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What each worker does first.
 */
interface InitializerContract extends PoolFixture {

    @Test
    default void whatTheInitializerDidIsThereForTheTasksOfItsWorker(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        TaskAction initializer = () -> Work.INITIALIZED.set("ready");
        try (PoolExecutor pool = pool((builder) -> builder.maxWorkers(2).initializer(initializer))) {
            List<Future<String>> futures = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                futures.add(pool.submit(() -> gate.pass(Work.INITIALIZED.get())));
            }
            gate.awaitEntered(2);
            gate.letPass();
            for (Future<String> future : futures) {
                assertThat(future.result(Await.PATIENCE)).isEqualTo("ready");
            }
        }
    }

    @Test
    default void theInitializerRunsOncePerWorker(@TempDir Path directory) throws Exception {
        Gate initialized = Gate.in(directory);
        try (PoolExecutor pool = pool((builder) -> builder.maxWorkers(1).initializer(initialized::enter))) {
            for (int i = 0; i < 5; i++) {
                assertThat(pool.submit(() -> 1).result(Await.PATIENCE)).isEqualTo(1);
            }
        }
        assertThat(initialized.entered()).isEqualTo(1);
    }

    @Test
    default void aFailingInitializerBreaksThePoolAndSaysWhy(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        TaskAction initializer = () -> {
            gate.pass(1);
            throw new IOException("no database");
        };
        try (LogCapture log = new LogCapture("dev.futures");
                PoolExecutor pool = pool((builder) -> builder.maxWorkers(1).initializer(initializer))) {
            List<Future<Integer>> futures = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                futures.add(pool.submit(() -> 1));
            }
            Future<Integer> cancelled = pool.submit(() -> 1);
            cancelled.cancel();
            gate.letPass();
            Map<Throwable, Boolean> thrown = new IdentityHashMap<>();
            for (Future<Integer> future : futures) {
                assertThat(future.exception(Await.PATIENCE)).isInstanceOf(BrokenExecutorException.class)
                    .hasMessageContaining("initializer failed")
                    .hasRootCauseExactlyInstanceOf(IOException.class)
                    .hasRootCauseMessage("no database");
                thrown.put(future.exception(), true);
            }
            assertThat(thrown).as("an exception of its own for each").hasSize(3);
            assertThat(cancelled.cancelled()).isTrue();
            assertThatExceptionOfType(BrokenExecutorException.class).isThrownBy(() -> pool.submit(() -> 1))
                .havingRootCause()
                .isExactlyInstanceOf(IOException.class);
            assertThat(pool.statistics().state()).isEqualTo(PoolState.BROKEN);
            assertThat(pool.statistics().brokenBy()).hasRootCauseMessage("no database");
            assertThat(log.messages()).anyMatch((message) -> message.startsWith("exception in initializer of"));
        }
    }

    @Test
    default void aBrokenPoolCanBeShutDownInAnyWay() throws Exception {
        TaskAction initializer = () -> {
            throw new AssertionError("broken from the start");
        };
        try (LogCapture log = new LogCapture("dev.futures")) {
            PoolExecutor pool = pool((builder) -> builder.maxWorkers(2).initializer(initializer));
            assertThat(pool.submit(() -> 1).exception(Await.PATIENCE)).isInstanceOf(BrokenExecutorException.class)
                .hasRootCauseInstanceOf(AssertionError.class);
            pool.pause();
            pool.resume();
            pool.shutdown(true, true);
            assertThat(pool.close(Await.PATIENCE)).isTrue();
            pool.close();
            assertThat(pool.statistics().state()).isEqualTo(PoolState.BROKEN);
            assertThat(pool.statistics().workers()).isEmpty();
            assertThat(log.messages()).isNotEmpty();
        }
    }

}
