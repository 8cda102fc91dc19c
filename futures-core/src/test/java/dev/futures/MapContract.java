// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
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
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Applying a function to many inputs.
 */
interface MapContract extends PoolFixture {

    private static MapOptions chunks(int size) {
        return MapOptions.defaults().withChunkSize(size);
    }

    private static MapOptions buffer(int size) {
        return MapOptions.defaults().withBufferSize(size);
    }

    private static MapOptions timeout(Duration timeout) {
        return MapOptions.defaults().withTimeout(timeout);
    }

    private static int square(int number) {
        return number * number;
    }

    @Test
    default void resultsComeInTheOrderOfTheInputsWhateverTheSizes() {
        List<Integer> inputs = IntStream.range(0, 50).boxed().toList();
        List<Integer> squares = inputs.stream().map((number) -> number * number).toList();
        try (PoolExecutor pool = pool(2)) {
            for (int chunkSize : new int[] { 1, 3, 7, 50, 51, Integer.MAX_VALUE }) {
                assertThat(pool.map(MapContract::square, inputs, chunks(chunkSize)).stream().toList())
                    .isEqualTo(squares);
            }
            for (int bufferSize : new int[] { 1, 2, 4, 8, 100 }) {
                assertThat(pool.map(MapContract::square, inputs, buffer(bufferSize)).stream().toList())
                    .isEqualTo(squares);
                assertThat(pool.map(MapContract::square, inputs, buffer(bufferSize).withChunkSize(3)).stream().toList())
                    .isEqualTo(squares);
            }
        }
    }

    @Test
    default void noInputsGiveNoResultsEvenAfterShutdown() {
        PoolExecutor pool = pool(1);
        assertThat(pool.map(MapContract::square, List.of()).hasNext()).isFalse();
        pool.close();
        assertThat(pool.map(MapContract::square, List.of()).hasNext()).isFalse();
        assertThatExceptionOfType(ExecutorShutdownException.class)
            .isThrownBy(() -> pool.map(MapContract::square, List.of(1)));
    }

    @Test
    default void everythingIsSubmittedAtTheCall(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        gate.letPass();
        try (PoolExecutor pool = pool(2)) {
            pool.map(gate::pass, List.of(1, 2, 3));
        }
        assertThat(gate.entered()).isEqualTo(3);
    }

    @Test
    default void resultsMayBeNull() {
        try (PoolExecutor pool = pool(1)) {
            assertThat(pool.map((input) -> null, List.of(1, 2)).stream().toList()).containsExactly(null, null);
        }
    }

    @Test
    default void aBufferHoldsExactlyAsManyAsItSays() {
        AtomicInteger taken = new AtomicInteger();
        try (PoolExecutor pool = pool(2);
                CloseableIterator<Integer> results = pool.map(MapContract::square, countingInputs(taken), buffer(3))) {
            assertThat(taken).hasValue(3);
            for (int i = 0; i < 20; i++) {
                assertThat(results.next()).isEqualTo(i * i);
                assertThat(taken).hasValue(3 + i + 1);
            }
        }
    }

    @Test
    default void aBufferCountsChunks() {
        AtomicInteger taken = new AtomicInteger();
        try (PoolExecutor pool = pool(2);
                CloseableIterator<Integer> results = pool.map(MapContract::square, countingInputs(taken),
                        buffer(2).withChunkSize(5))) {
            assertThat(taken).hasValue(10);
            assertThat(results.next()).isZero();
            assertThat(taken).hasValue(15);
        }
    }

    private static Iterable<Integer> countingInputs(AtomicInteger taken) {
        return () -> Stream.generate(taken::getAndIncrement).iterator();
    }

    @Test
    default void inputsAreNotTakenWhileTheFirstResultIsAwaited(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        AtomicInteger taken = new AtomicInteger();
        try (PoolExecutor pool = pool(2)) {
            CloseableIterator<Integer> results = pool.map(gate::pass, countingInputs(taken),
                    buffer(2).withTimeout(Duration.ofMillis(20)));
            assertThatThrownBy(results::next).hasCauseInstanceOf(TimeoutException.class);
            assertThat(taken).hasValue(2);
            gate.letPass();
        }
    }

    @Test
    default void anUncheckedExceptionEndsTheIteration() {
        try (PoolExecutor pool = pool(1)) {
            CloseableIterator<Integer> results = pool.map((input) -> 6 / input, List.of(3, 0, 1));
            assertThat(results.next()).isEqualTo(2);
            assertThatThrownBy(results::next).isExactlyInstanceOf(ArithmeticException.class);
            assertThat(results.hasNext()).isFalse();
            assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(results::next);
        }
    }

    @Test
    default void aCheckedExceptionIsWrapped() {
        try (PoolExecutor pool = pool(1)) {
            CloseableIterator<Integer> results = pool.map(MapContract::readSector, List.of(1));
            assertThatThrownBy(results::next).isExactlyInstanceOf(CompletionException.class)
                .cause()
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("sector 1");
        }
    }

    private static int readSector(int number) throws IOException {
        throw new IOException("sector " + number);
    }

    @Test
    default void anInterruptedTaskDoesNotInterruptTheCaller() {
        try (PoolExecutor pool = pool(1)) {
            CloseableIterator<Integer> results = pool.map(MapContract::interrupted, List.of(1));
            assertThatThrownBy(results::next).hasCauseInstanceOf(InterruptedException.class);
            assertThat(Thread.interrupted()).isFalse();
        }
    }

    private static int interrupted(int number) throws InterruptedException {
        throw new InterruptedException("task " + number);
    }

    @Test
    default void anExceptionCancelsTheRest(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        try (PoolExecutor pool = pool(1)) {
            CloseableIterator<Integer> results = pool.map((input) -> (input == 0) ? 1 / input : gate.pass(input),
                    List.of(0, 1, 2, 3, 4, 5));
            assertThatThrownBy(results::next).isInstanceOf(ArithmeticException.class);
            gate.letPass();
        }
        // the first of the rest may have been running already
        assertThat(gate.entered()).isLessThanOrEqualTo(1);
    }

    @Test
    default void aTimeLimitCancelsTheRest(@TempDir Path directory) throws Exception {
        Gate running = Gate.in(directory);
        Gate gate = Gate.in(directory);
        try (PoolExecutor pool = pool(1)) {
            Future<Integer> before = pool.submit(() -> running.pass(1));
            running.awaitEntered(1);
            CloseableIterator<Integer> results = pool.map(gate::pass, List.of(1, 2, 3), timeout(Duration.ofMillis(1)));
            assertThatThrownBy(results::next).isExactlyInstanceOf(CompletionException.class)
                .cause()
                .isExactlyInstanceOf(TimeoutException.class);
            assertThat(results.hasNext()).isFalse();
            assertThat(pool.statistics().tasks().cancelled()).isEqualTo(3);
            running.letPass();
            assertThat(before.result(Await.PATIENCE)).isEqualTo(1);
        }
        assertThat(gate.entered()).isZero();
    }

    @Test
    default void aResultThatIsThereIsReturnedAfterTheTimeLimit() throws Exception {
        try (PoolExecutor pool = pool(1)) {
            CloseableIterator<Integer> results = pool.map(MapContract::square, List.of(3), timeout(Duration.ZERO));
            Await.until("it is there", () -> pool.statistics().tasks().succeeded() == 1);
            assertThat(pool.submit(() -> 1).result(Await.PATIENCE)).isEqualTo(1);
            assertThat(results.next()).isEqualTo(9);
        }
    }

    @Test
    default void closingCancelsWhatWasNotConsumed(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        try (PoolExecutor pool = pool(1)) {
            try (CloseableIterator<Integer> results = pool.map(gate::pass, List.of(1, 2, 3))) {
                gate.awaitEntered(1);
                assertThat(results.hasNext()).isTrue();
                results.close();
                assertThat(results.hasNext()).isFalse();
                assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(results::next);
            }
            assertThat(pool.statistics().tasks().cancelled()).isEqualTo(2);
            gate.letPass();
        }
        assertThat(gate.entered()).isEqualTo(1);
    }

    @Test
    default void inputsThatFailEndTheCallAndCancelTheRest(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        Iterator<Integer> failing = Stream.of(1, 2, 0).map(MapContract::mustNotBeZero).iterator();
        try (PoolExecutor pool = pool(1)) {
            assertThatIllegalStateException().isThrownBy(() -> pool.map(gate::pass, () -> failing)).withMessage("zero");
            gate.letPass();
        }
        assertThat(gate.entered()).isLessThanOrEqualTo(1);
    }

    private static int mustNotBeZero(int number) {
        if (number == 0) {
            throw new IllegalStateException("zero");
        }
        return number;
    }

    @Test
    default void anInterruptedCallerEndsTheIteration(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        try (PoolExecutor pool = pool(1)) {
            CloseableIterator<Integer> results = pool.map(gate::pass, List.of(1, 2));
            gate.awaitEntered(1);
            Thread.currentThread().interrupt();
            assertThatThrownBy(results::next).hasCauseInstanceOf(InterruptedException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(results.hasNext()).isFalse();
            gate.letPass();
        }
    }

    @Test
    default void aFullQueueRefusesTheMapAndCancelsWhatItHadSubmitted(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        try (PoolExecutor pool = pool((builder) -> builder.maxWorkers(1).queueCapacity(2))) {
            assertThatExceptionOfType(QueueFullException.class)
                .isThrownBy(() -> pool.map(gate::pass, List.of(1, 2, 3, 4, 5)));
            gate.letPass();
            assertThat(pool.awaitQuiescence(Await.PATIENCE)).isTrue();
            assertThat(pool.statistics().tasks().cancelled()).isGreaterThanOrEqualTo(2);
            assertThat(pool.map(MapContract::square, List.of(1, 2, 3, 4, 5), buffer(3)).stream().toList())
                .containsExactly(1, 4, 9, 16, 25);
        }
    }

    @Test
    default void noInputsGiveNoResultsWithABufferEither() {
        try (PoolExecutor pool = pool(1)) {
            assertThat(pool.map(MapContract::square, List.of(), buffer(2)).hasNext()).isFalse();
            assertThat(pool.map(Integer::sum, List.of(), List.of(1), buffer(2)).hasNext()).isFalse();
            assertThat(pool.statistics().tasks().submitted()).isZero();
        }
    }

    @Test
    default void sizesMustBePositive() {
        for (int size : new int[] { 0, -1 }) {
            assertThatIllegalArgumentException().isThrownBy(() -> buffer(size))
                .withMessage("bufferSize must be null or > 0 but was " + size);
            assertThatIllegalArgumentException().isThrownBy(() -> chunks(size))
                .withMessage("chunkSize must be >= 1 but was " + size);
        }
    }

}
