// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import dev.futures.pool.PoolExecutor;
import dev.futures.support.Await;
import dev.futures.support.Gate;
import dev.futures.support.LogCapture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * How far a map has come.
 */
interface MapProgressContract extends PoolFixture {

    private static MapOptions telling(ProgressListener listener) {
        return MapOptions.defaults().withProgress(listener);
    }

    @Test
    default void progressCountsInputsWithoutAnybodyIterating() {
        for (int chunkSize : new int[] { 1, 3, 50 }) {
            List<Long> told = new CopyOnWriteArrayList<>();
            try (PoolExecutor pool = pool(2)) {
                pool.map((input) -> input, IntStream.range(0, 20).boxed().toList(),
                        telling(told::add).withChunkSize(chunkSize));
            }
            assertThat(told).isSorted().doesNotHaveDuplicates().endsWith(20L);
        }
    }

    @Test
    default void failedInputsCountAndCancelledOnesDoNot(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        List<Long> told = new CopyOnWriteArrayList<>();
        try (PoolExecutor pool = pool(1)) {
            CloseableIterator<Integer> results = pool.map((input) -> (input == 0) ? 1 / input : gate.pass(input),
                    List.of(0, 0, 1, 2, 3, 4), telling(told::add).withChunkSize(2));
            gate.awaitEntered(1);
            assertThatThrownBy(results::next).isInstanceOf(ArithmeticException.class);
            gate.letPass();
        }
        assertThat(told).containsExactly(2L, 4L);
    }

    @Test
    default void progressIsToldStepByStep(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        List<Long> told = new CopyOnWriteArrayList<>();
        try (PoolExecutor pool = pool(2)) {
            pool.map((input) -> (input == 0) ? gate.pass(input) : input, List.of(0, 1, 2),
                    telling(told::add).withUnordered(true).withBufferSize(3));
            Await.until("two are done", () -> told.contains(2L));
            assertThat(told).doesNotContain(3L);
            gate.letPass();
        }
        assertThat(told).endsWith(3L);
    }

    @Test
    default void whatAListenerThrowsIsLogged() {
        try (LogCapture log = new LogCapture("dev.futures")) {
            try (PoolExecutor pool = pool(1)) {
                assertThat(pool.map((input) -> input, List.of(1, 2), telling((done) -> {
                    throw new IllegalStateException("of the listener");
                }).withTaskOptions(TaskOptions.named("squares"))).stream().toList()).containsExactly(1, 2);
                assertThat(pool.map((input) -> input, List.of(3)).next()).isEqualTo(3);
            }
            assertThat(log.messages()).contains("exception calling the progress listener of map 'squares' with 2");
            assertThat(log.thrown()).anyMatch((ex) -> ex != null && "of the listener".equals(ex.getMessage()));
        }
    }

}
