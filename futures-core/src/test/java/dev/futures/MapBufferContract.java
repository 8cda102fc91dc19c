// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
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
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What happens to a map that is still submitting, and what it holds on to.
 */
interface MapBufferContract extends PoolFixture {

    private static MapOptions buffer(int size) {
        return MapOptions.defaults().withBufferSize(size);
    }

    private static int square(int number) {
        return number * number;
    }

    private static Iterable<Integer> failingAt(int last) {
        return () -> Stream.iterate(0, (number) -> number + 1).map((number) -> mustNotBe(last, number)).iterator();
    }

    private static int mustNotBe(int last, int number) {
        if (number == last) {
            throw new IllegalStateException("no input " + last);
        }
        return number;
    }

    private static void expectEnd(Iterator<?> results) {
        assertThat(results.hasNext()).isFalse();
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(results::next);
    }

    @Test
    default void inputsThatFailLaterDoSoAfterAllResultsThatThereAre() {
        try (PoolExecutor pool = pool(2)) {
            for (int chunkSize : new int[] { 1, 2, 3, 5 }) {
                for (boolean goOn : new boolean[] { false, true }) {
                    CloseableIterator<Integer> results = pool.map(MapBufferContract::square, failingAt(20),
                            buffer(3).withChunkSize(chunkSize).withContinueAfterFailure(goOn));
                    for (int i = 0; i < 20; i++) {
                        assertThat(results.next()).isEqualTo(i * i);
                    }
                    assertThat(results.hasNext()).isTrue();
                    assertThatIllegalStateException().isThrownBy(results::next).withMessage("no input 20");
                    expectEnd(results);
                }
            }
        }
    }

    @Test
    default void inputsThatFailAtTheCallFailTheCall() {
        try (PoolExecutor pool = pool(1)) {
            assertThatIllegalStateException()
                .isThrownBy(() -> pool.map(MapBufferContract::square, failingAt(2), buffer(3)))
                .withMessage("no input 2");
            assertThat(pool.map(MapBufferContract::square, failingAt(3), buffer(3)).next()).isZero();
        }
    }

    @Test
    default void anUnorderedMapEndsWithTheFailureOfItsInputs() {
        try (PoolExecutor pool = pool(2)) {
            CloseableIterator<Integer> results = pool.map(MapBufferContract::square, failingAt(10),
                    buffer(3).withUnordered(true));
            List<Integer> all = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                all.add(results.next());
            }
            assertThat(all).containsExactlyInAnyOrder(0, 1, 4, 9, 16, 25, 36, 49, 64, 81);
            assertThatIllegalStateException().isThrownBy(results::next).withMessage("no input 10");
            expectEnd(results);
        }
    }

    @Test
    default void whatWasSubmittedIsDeliveredAfterShutdown() {
        PoolExecutor pool = pool(2);
        CloseableIterator<Integer> results = pool.map(MapBufferContract::square, failingAt(-1), buffer(3));
        pool.close();
        assertThat(List.of(results.next(), results.next(), results.next())).containsExactly(0, 1, 4);
        assertThat(results.hasNext()).isTrue();
        assertThatExceptionOfType(ExecutorShutdownException.class).isThrownBy(results::next);
        expectEnd(results);
    }

    @Test
    default void whatWasSubmittedIsDeliveredWhenTheQueueIsFull(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        Gate other = Gate.in(directory);
        try (PoolExecutor pool = pool((builder) -> builder.maxWorkers(1).queueCapacity(2))) {
            CloseableIterator<Integer> results = pool.map(gate::pass, failingAt(-1), buffer(2));
            gate.awaitEntered(1);
            gate.letPass();
            assertThat(pool.awaitQuiescence(Await.PATIENCE)).isTrue();
            List<Future<Integer>> others = new ArrayList<>();
            others.add(pool.submit(() -> other.pass(1)));
            other.awaitEntered(1);
            others.add(pool.submit(() -> other.pass(2)));
            others.add(pool.submit(() -> other.pass(3)));
            assertThat(List.of(results.next(), results.next())).containsExactly(0, 1);
            assertThatExceptionOfType(QueueFullException.class).isThrownBy(results::next);
            expectEnd(results);
            other.letPass();
            assertThat(Futures.wait(others, Await.PATIENCE, ReturnWhen.ALL_COMPLETED).notDone()).isEmpty();
        }
    }

    @Test
    default void aFailedResultComesBeforeAFailureOfTheInputs() {
        try (PoolExecutor pool = pool(1)) {
            CloseableIterator<Integer> results = pool.map((input) -> 6 / (3 - input), failingAt(5), buffer(2));
            assertThat(List.of(results.next(), results.next(), results.next())).containsExactly(2, 3, 6);
            assertThatExceptionOfType(ArithmeticException.class).isThrownBy(results::next);
            expectEnd(results);
        }
    }

    @Test
    default void neverMoreTasksAreOutstandingThanTheBufferHolds() {
        AtomicInteger taken = new AtomicInteger();
        AtomicInteger consumed = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Iterable<Integer> inputs = () -> Stream.generate(() -> {
            most.accumulateAndGet(taken.incrementAndGet() - consumed.get(), Math::max);
            return 1;
        }).iterator();
        try (PoolExecutor pool = pool(2)) {
            for (boolean unordered : new boolean[] { false, true }) {
                taken.set(0);
                consumed.set(0);
                CloseableIterator<Integer> results = pool.map(MapBufferContract::square, inputs,
                        buffer(3).withUnordered(unordered));
                for (int i = 0; i < 20; i++) {
                    // what next() waited for is consumed when the next input is taken
                    consumed.incrementAndGet();
                    results.next();
                }
                results.close();
                assertThat(most).hasValue(3);
                assertThat(taken).hasValue(23);
            }
        }
    }

    @Test
    default void closingEndsItInTheMiddleOfAChunk() {
        try (PoolExecutor pool = pool(1)) {
            CloseableIterator<Integer> results = pool.map(MapBufferContract::square, failingAt(-1),
                    buffer(2).withChunkSize(3));
            assertThat(results.next()).isZero();
            results.stream().close();
            expectEnd(results);
        }
    }

    @Test
    default void closingBeforeTheFirstResultCancelsTheRest(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        try (PoolExecutor pool = pool(1)) {
            CloseableIterator<Integer> results = pool.map(gate::pass, List.of(1, 2, 3), buffer(3));
            gate.awaitEntered(1);
            results.close();
            assertThat(pool.statistics().tasks().cancelled()).isEqualTo(2);
            gate.letPass();
        }
        assertThat(gate.entered()).isEqualTo(1);
    }

    @Test
    default void inputsMayCloseTheIteratorThatTakesThem() {
        List<CloseableIterator<Integer>> self = new ArrayList<>();
        Iterable<Integer> inputs = () -> Stream.iterate(0, (number) -> number + 1).peek((number) -> {
            if (number == 5) {
                self.get(0).close();
            }
        }).iterator();
        try (PoolExecutor pool = pool(1)) {
            self.add(pool.map(MapBufferContract::square, inputs, buffer(5)));
            assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(self.get(0)::next);
            expectEnd(self.get(0));
            assertThat(pool.awaitQuiescence(Await.PATIENCE)).isTrue();
            assertThat(pool.statistics().tasks().submitted()).isEqualTo(5);
        }
        catch (InterruptedException ex) {
            throw new AssertionError(ex);
        }
    }

    @Test
    default void whatWasReturnedIsNotKept() throws Exception {
        try (PoolExecutor pool = pool(1)) {
            for (boolean unordered : new boolean[] { false, true }) {
                for (int chunkSize : new int[] { 1, 3 }) {
                    CloseableIterator<int[]> results = pool.map((input) -> new int[] { input }, List.of(1, 2, 3),
                            MapOptions.defaults().withUnordered(unordered).withChunkSize(chunkSize));
                    WeakReference<int[]> first = new WeakReference<>(results.next());
                    // the worker lets go of a result when it has nothing more to do
                    assertThat(pool.awaitQuiescence(Await.PATIENCE)).isTrue();
                    Await.until("the first result is collected", () -> {
                        System.gc();
                        return first.get() == null;
                    });
                    assertThat(results.stream().map((result) -> result[0]).toList()).containsExactly(2, 3);
                }
            }
        }
    }

    @Test
    default void aMapLargerThanThePoolSurvivesShutdown() {
        PoolExecutor pool = pool(2);
        List<Integer> inputs = IntStream.range(0, 30).boxed().toList();
        CloseableIterator<Integer> results = pool.map(MapBufferContract::square, inputs);
        pool.shutdown();
        assertThat(results.stream().toList()).isEqualTo(inputs.stream().map((input) -> input * input).toList());
    }

}
