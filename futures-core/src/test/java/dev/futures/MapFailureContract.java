// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

import dev.futures.pool.PoolExecutor;
import dev.futures.support.Await;
import dev.futures.support.Gate;
import dev.futures.support.Work;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Maps that go on after an input failed.
 */
interface MapFailureContract extends PoolFixture {

    private static MapOptions goingOn() {
        return MapOptions.defaults().withContinueAfterFailure(true);
    }

    /** What comes, results as well as the classes of exceptions. */
    private static List<Object> consume(Iterator<?> results) {
        List<Object> all = new ArrayList<>();
        while (results.hasNext()) {
            try {
                all.add(results.next());
            }
            catch (CompletionException ex) {
                all.add((ex.getCause() != null) ? ex.getCause().getClass() : ex.getClass());
            }
            catch (RuntimeException ex) {
                all.add(ex.getClass());
            }
        }
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(results::next);
        return all;
    }

    private static int divide(int input) throws IOException, TimeoutException {
        if (input == 7) {
            throw new IOException("sector 7");
        }
        if (input == 8) {
            throw new TimeoutException("of the task");
        }
        return 6 / input;
    }

    @Test
    default void theIterationGoesOnBehindAFailureWhateverTheSizes() {
        List<Integer> inputs = List.of(1, 0, 2, 7, 0, 3, 8);
        Object[] expected = { 6, ArithmeticException.class, 3, IOException.class, ArithmeticException.class, 2,
                TimeoutException.class };
        try (PoolExecutor pool = pool(2)) {
            for (int chunkSize : new int[] { 1, 2, 3, 7, 10 }) {
                for (Integer bufferSize : new Integer[] { null, 1, 3 }) {
                    MapOptions options = goingOn().withChunkSize(chunkSize).withBufferSize(bufferSize);
                    assertThat(consume(pool.map(MapFailureContract::divide, inputs, options)))
                        .containsExactly(expected);
                    assertThat(consume(pool.map(MapFailureContract::divide, inputs, options.withUnordered(true))))
                        .containsExactlyInAnyOrder(expected);
                }
            }
        }
    }

    @Test
    default void aFailureKeepsItsMessageAndStackTraceInAChunk() {
        try (PoolExecutor pool = pool(1)) {
            CloseableIterator<Integer> results = pool.map(MapFailureContract::divide, List.of(7, 1),
                    goingOn().withChunkSize(2));
            assertThatThrownBy(results::next).isExactlyInstanceOf(CompletionException.class)
                .cause()
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("sector 7")
                .hasStackTraceContaining("MapFailureContract.divide");
            assertThat(results.next()).isEqualTo(6);
        }
    }

    @Test
    default void withoutGoingOnAFailureTakesItsChunkWithIt() {
        try (PoolExecutor pool = pool(1)) {
            CloseableIterator<Integer> results = pool.map(MapFailureContract::divide, List.of(1, 2, 3, 0),
                    MapOptions.defaults().withChunkSize(2));
            assertThat(results.next()).isEqualTo(6);
            assertThat(results.next()).isEqualTo(3);
            assertThatThrownBy(results::next).isExactlyInstanceOf(ArithmeticException.class);
            assertThat(results.hasNext()).isFalse();
        }
    }

    @Test
    default void anExceptionThatCannotTravelLeavesTheOthersTheirResults() {
        try (PoolExecutor pool = pool(1)) {
            CloseableIterator<Integer> results = pool.map(MapFailureContract::heavy, List.of(1, 0, 2),
                    goingOn().withChunkSize(3));
            assertThat(results.next()).isEqualTo(1);
            assertThatThrownBy(results::next).isInstanceOf(RuntimeException.class)
                .hasMessageContaining("too heavy to travel")
                .hasStackTraceContaining("MapFailureContract.heavy");
            assertThat(results.next()).isEqualTo(2);
            assertThat(results.hasNext()).isFalse();
        }
    }

    private static int heavy(int input) {
        if (input == 0) {
            throw new HeavyException();
        }
        return input;
    }

    @SuppressWarnings("serial")
    final class HeavyException extends RuntimeException {

        private final Object cargo = new Object();

        HeavyException() {
            super("too heavy to travel");
        }

        Object cargo() {
            return this.cargo;
        }

    }

    @Test
    default void aTaskThatFailsAsAWholeFailsEachOfItsInputs(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        try (PoolExecutor pool = pool(1)) {
            CloseableIterator<Integer> results = pool.map((input) -> {
                if (input == 2) {
                    gate.blockForEver();
                }
                return input;
            }, List.of(1, 2, 3, 4, 5), goingOn().withChunkSize(3));
            gate.awaitEntered(1);
            pool.cancelAll();
            assertThat(consume(results)).containsExactly(CancellationException.class, CancellationException.class,
                    CancellationException.class, CancellationException.class, CancellationException.class);
        }
    }

    @Test
    default void theTimeLimitOfATaskIsNotThatOfTheMap() {
        try (PoolExecutor pool = pool(2)) {
            CloseableIterator<Integer> results = pool.map(MapFailureContract::blockForEver, List.of(1, 2),
                    goingOn().withTimeout(Await.PATIENCE)
                        .withTaskOptions(TaskOptions.named("stuck").withTimeLimit(Duration.ofMillis(20))));
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(results::next).isExactlyInstanceOf(CompletionException.class)
                    .cause()
                    .isExactlyInstanceOf(TaskTimeoutException.class)
                    .hasMessageContaining("'stuck'");
            }
            assertThat(results.hasNext()).isFalse();
        }
    }

    private static int blockForEver(int input) throws InterruptedException {
        Work.blockForEver();
        return input;
    }

    @Test
    default void aTimeLimitOfTheMapEndsItAllTheSame(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        try (PoolExecutor pool = pool(1)) {
            CloseableIterator<Integer> results = pool.map(gate::pass, List.of(1, 2, 3),
                    goingOn().withTimeout(Duration.ofMillis(1)));
            assertThat(consume(results)).containsExactly(TimeoutException.class);
            gate.letPass();
        }
        assertThat(gate.entered()).isLessThanOrEqualTo(1);
    }

    @Test
    default void anInterruptEndsAChunk() {
        try (PoolExecutor pool = pool(1)) {
            CloseableIterator<Integer> results = pool.map((input) -> {
                if (input == 2) {
                    throw new InterruptedException("stopped");
                }
                return input;
            }, List.of(1, 2, 3, 4), goingOn().withChunkSize(3));
            assertThat(consume(results)).containsExactly(1, InterruptedException.class, InterruptedException.class, 4);
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }

    @Test
    default void tasksHaveTheNameOfTheirOptionsOrElseOfTheirFunction(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        try (PoolExecutor pool = pool(2)) {
            pool.map(gate::pass, List.of(1), MapOptions.defaults().withTaskOptions(TaskOptions.named("squares")));
            pool.map((a, b) -> gate.pass(a), List.of(1), List.of(2));
            gate.awaitEntered(2);
            assertThat(pool.statistics().workers()).extracting(WorkerStatistics::task)
                .containsExactlyInAnyOrder("squares", "lambda in MapFailureContract");
            gate.letPass();
        }
    }

}
