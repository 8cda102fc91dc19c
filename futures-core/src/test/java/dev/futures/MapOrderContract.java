// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.futures.pool.PoolExecutor;
import dev.futures.support.Await;
import dev.futures.support.Gate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Results of a map in the order in which its tasks end.
 */
interface MapOrderContract extends PoolFixture {

    private static MapOptions unordered() {
        return MapOptions.defaults().withUnordered(true);
    }

    @Test
    default void everyResultComesOnceWhateverTheSizes() {
        List<Integer> inputs = IntStream.range(0, 50).boxed().toList();
        try (PoolExecutor pool = pool(2)) {
            for (int chunkSize : new int[] { 1, 3, 51 }) {
                for (Integer bufferSize : new Integer[] { null, 1, 4, 100 }) {
                    MapOptions options = unordered().withChunkSize(chunkSize).withBufferSize(bufferSize);
                    assertThat(pool.map((input) -> -input, inputs, options).stream().sorted((a, b) -> b - a).toList())
                        .isEqualTo(inputs.stream().map((input) -> -input).toList());
                }
            }
        }
    }

    @Test
    default void whatEndsFirstComesFirst(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        try (PoolExecutor pool = pool(2)) {
            CloseableIterator<Integer> results = pool.map((input) -> (input == 0) ? gate.pass(input) : input,
                    List.of(0, 1, 2, 3), unordered());
            assertThat(List.of(results.next(), results.next(), results.next())).containsExactly(1, 2, 3);
            assertThat(results.hasNext()).isTrue();
            gate.letPass();
            assertThat(results.next()).isZero();
            assertThat(results.hasNext()).isFalse();
        }
    }

    @Test
    default void theResultsOfOneChunkStayTogether(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        try (PoolExecutor pool = pool(2)) {
            CloseableIterator<Integer> results = pool.map((input) -> (input == 0) ? gate.pass(input) : input,
                    List.of(0, 1, 2, 3, 4), unordered().withChunkSize(2));
            assertThat(List.of(results.next(), results.next(), results.next())).containsExactly(2, 3, 4);
            gate.letPass();
            assertThat(results.stream().toList()).containsExactly(0, 1);
        }
    }

    @Test
    default void aBufferIsRefilledByOneForEachResultInAnyOrder(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        AtomicInteger taken = new AtomicInteger();
        Iterable<Integer> inputs = () -> Stream.generate(taken::getAndIncrement).iterator();
        try (PoolExecutor pool = pool(2);
                CloseableIterator<Integer> results = pool.map((input) -> (input == 0) ? gate.pass(input) : input,
                        inputs, unordered().withBufferSize(3))) {
            assertThat(taken).hasValue(3);
            for (int i = 1; i < 20; i++) {
                assertThat(results.next()).isPositive();
                assertThat(taken).hasValue(3 + i);
            }
            gate.letPass();
        }
    }

    @Test
    default void aTimeLimitEndsItAfterWhatIsThere(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        try (PoolExecutor pool = pool(2)) {
            CloseableIterator<Integer> results = pool.map((input) -> (input == 0) ? gate.pass(input) : input,
                    List.of(0, 1, 2), unordered().withTimeout(Duration.ZERO).withContinueAfterFailure(true));
            Await.until("two are there", () -> pool.statistics().tasks().succeeded() == 2);
            assertThat(pool.submit(() -> 1).result(Await.PATIENCE)).isEqualTo(1);
            assertThat(List.of(results.next(), results.next())).containsExactly(1, 2);
            assertThatThrownBy(results::next).isExactlyInstanceOf(CompletionException.class)
                .hasCauseExactlyInstanceOf(TimeoutException.class);
            assertThat(results.hasNext()).isFalse();
            gate.letPass();
        }
    }

    @Test
    default void aFailureThatComesFirstIsThrownFirst(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        try (PoolExecutor pool = pool(2)) {
            CloseableIterator<Integer> results = pool.map((input) -> (input == 0) ? 1 / input : gate.pass(input),
                    List.of(1, 0, 2, 3, 4), unordered());
            assertThatThrownBy(results::next).isExactlyInstanceOf(ArithmeticException.class);
            assertThat(results.hasNext()).isFalse();
            gate.letPass();
        }
    }

    @Test
    default void closingCancelsWhatHasNotStarted(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        try (PoolExecutor pool = pool(1)) {
            CloseableIterator<Integer> results = pool.map(gate::pass, List.of(1, 2, 3), unordered());
            gate.awaitEntered(1);
            results.close();
            assertThat(results.hasNext()).isFalse();
            assertThat(pool.statistics().tasks().cancelled()).isEqualTo(2);
            gate.letPass();
        }
        assertThat(gate.entered()).isEqualTo(1);
    }

    @Test
    default void anInterruptedCallerEndsAnUnorderedMap(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        try (PoolExecutor pool = pool(1)) {
            CloseableIterator<Integer> results = pool.map(gate::pass, List.of(1, 2), unordered());
            gate.awaitEntered(1);
            Thread.currentThread().interrupt();
            assertThatThrownBy(results::next).hasCauseInstanceOf(InterruptedException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(results.hasNext()).isFalse();
            gate.letPass();
        }
    }

    @Test
    default void twoInputsAreZippedUntilTheShorterEnds() {
        try (PoolExecutor pool = pool(2)) {
            assertThat(pool.map((a, b) -> a + b, List.of("a", "b", "c"), List.of(1, 2)).stream().toList())
                .containsExactly("a1", "b2");
            assertThat(pool.map((a, b) -> a + b, List.of("a"), List.of(1, 2)).stream().toList()).containsExactly("a1");
            assertThat(pool.map((a, b) -> a + b, List.of("a"), List.of()).hasNext()).isFalse();
            for (int bufferSize : new int[] { 1, 2, 4, 8 }) {
                assertThat(pool
                    .map((a, b) -> a * b, List.of(1, 2, 3, 4, 5), List.of(6, 7, 8, 9, 10),
                            MapOptions.defaults().withBufferSize(bufferSize).withChunkSize(2))
                    .stream()
                    .toList()).containsExactly(6, 14, 24, 36, 50);
            }
        }
    }

    /** Not a stream: the iterator of one takes when it is asked whether it has more. */
    private static Iterable<Integer> numbers(AtomicInteger taken) {
        return () -> new Iterator<>() {

            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Integer next() {
                return taken.incrementAndGet();
            }

        };
    }

    @Test
    default void noInputIsTakenThatHasNoPartner() {
        AtomicInteger firsts = new AtomicInteger();
        AtomicInteger seconds = new AtomicInteger();
        try (PoolExecutor pool = pool(2)) {
            List<Integer> results = new ArrayList<>();
            pool.map((a, b) -> a * b, numbers(firsts), List.of(10, 20), MapOptions.defaults().withBufferSize(5))
                .forEachRemaining(results::add);
            assertThat(results).containsExactly(10, 40);
            assertThat(firsts).hasValue(2);
            pool.map((a, b) -> a * b, List.of(10, 20), numbers(seconds), MapOptions.defaults().withBufferSize(5))
                .forEachRemaining(results::add);
            assertThat(results).containsExactly(10, 40, 10, 40);
            assertThat(seconds).hasValue(2);
        }
    }

    @Test
    default void twoInfiniteInputsNeedABuffer() {
        AtomicInteger taken = new AtomicInteger();
        try (PoolExecutor pool = pool(2);
                CloseableIterator<Integer> results = pool.map((a, b) -> a * b,
                        () -> Stream.generate(taken::incrementAndGet).iterator(),
                        () -> Stream.iterate(1, (b) -> b + 1).iterator(), MapOptions.defaults().withBufferSize(2))) {
            assertThat(taken).hasValue(2);
            assertThat(List.of(results.next(), results.next(), results.next())).containsExactly(1, 4, 9);
            assertThat(taken).hasValue(5);
        }
    }

}
