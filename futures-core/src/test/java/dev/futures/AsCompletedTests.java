// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import dev.futures.support.Await;
import dev.futures.thread.ThreadPoolExecutor;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AsCompletedTests {

    private final Promise<Integer> first = new Promise<>();

    private final Promise<Integer> second = new Promise<>();

    private final Promise<Integer> third = new Promise<>();

    private final Promise<Integer> fourth = new Promise<>();

    private List<Promise<Integer>> four() {
        return List.of(this.first, this.second, this.third, this.fourth);
    }

    @Test
    void futuresComeAsTheyEnd() {
        this.third.setResult(3);
        try (CloseableIterator<Promise<Integer>> ended = Futures.asCompleted(four())) {
            assertThat(ended.next()).isSameAs(this.third);
            this.second.cancel();
            assertThat(ended.next()).isSameAs(this.second);
            this.fourth.setException(new Exception("of the task"));
            this.first.setResult(1);
            assertThat(ended.next()).isSameAs(this.fourth);
            assertThat(ended.next()).isSameAs(this.first);
            assertThat(ended.hasNext()).isFalse();
            assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(ended::next);
        }
    }

    @Test
    void aFutureGivenSeveralTimesComesOnce() {
        this.first.setResult(1);
        assertThat(Futures.asCompleted(List.of(this.first, this.first, this.first)).stream().toList())
            .containsExactly(this.first);
        assertThat(Futures.asCompleted(List.<Future<?>>of()).hasNext()).isFalse();
    }

    @Test
    void theMessageSaysHowManyAreUnfinished() {
        this.first.setResult(1);
        this.second.cancel();
        CloseableIterator<Promise<Integer>> ended = Futures.asCompleted(four(), Duration.ofMillis(1));
        assertThat(ended.next()).isSameAs(this.first);
        assertThat(ended.next()).isSameAs(this.second);
        assertThatThrownBy(ended::next).isInstanceOf(CompletionException.class)
            .cause()
            .isExactlyInstanceOf(TimeoutException.class)
            .hasMessage("2 (of 4) futures unfinished");
    }

    @Test
    void duplicatesDoNotCountInTheMessage() {
        CloseableIterator<Promise<Integer>> ended = Futures.asCompleted(List.of(this.first, this.first, this.second),
                Duration.ZERO);
        assertThatThrownBy(ended::next).cause().hasMessage("2 (of 2) futures unfinished");
    }

    @Test
    void whatIsDoneComesEvenWithoutTime() {
        this.first.setResult(1);
        CloseableIterator<Promise<Integer>> ended = Futures.asCompleted(List.of(this.second, this.first),
                Duration.ofSeconds(-1));
        assertThat(ended.next()).isSameAs(this.first);
        assertThatThrownBy(ended::next).hasCauseInstanceOf(TimeoutException.class);
    }

    @Test
    void closingDetaches() {
        CloseableIterator<Promise<Integer>> ended = Futures.asCompleted(four());
        this.first.setResult(1);
        ended.close();
        assertThat(ended.hasNext()).isFalse();
        assertThat(List.of(this.second, this.third, this.fourth)).noneMatch(Watched::isWatched);
    }

    @Test
    void theStreamClosesTheIterator() {
        Stream<Promise<Integer>> ended = Futures.asCompleted(four()).stream();
        ended.close();
        assertThat(four()).noneMatch(Watched::isWatched);
    }

    @Test
    void anInterruptIsReported() {
        CloseableIterator<Promise<Integer>> ended = Futures.asCompleted(four());
        Thread.currentThread().interrupt();
        assertThatThrownBy(ended::next).hasCauseInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
        ended.close();
    }

    @Test
    void futuresMayEndWhileTheyAreIterated() {
        this.first.setResult(1);
        List<Promise<Integer>> rest = new ArrayList<>(List.of(this.second, this.third, this.fourth));
        int count = 0;
        for (Promise<Integer> ended : Futures.asCompleted(four())) {
            assertThat(ended.done()).isTrue();
            count++;
            if (!rest.isEmpty()) {
                rest.remove(0).setResult(2);
            }
        }
        assertThat(count).isEqualTo(4);
    }

    @Test
    void aMillionFuturesAreNoTrouble() throws InterruptedException {
        List<Promise<Integer>> promises = Stream.generate(() -> new Promise<Integer>()).limit(1_000_000).toList();
        List<Promise<Integer>> shuffled = new ArrayList<>(promises);
        Collections.shuffle(shuffled, new Random(1));
        CloseableIterator<Promise<Integer>> ended = Futures.asCompleted(promises);
        Thread completer = new Thread(() -> shuffled.forEach((promise) -> promise.setResult(1)));
        completer.start();
        assertThat(ended.stream().toList()).isEqualTo(shuffled);
        completer.join();
        CloseableIterator<Promise<Integer>> abandoned = Futures
            .asCompleted(Stream.generate(() -> new Promise<Integer>()).limit(1_000_000).toList());
        abandoned.close();
        assertThat(abandoned.hasNext()).isFalse();
    }

    @Test
    void aFutureThatWasReturnedIsNotKept() throws Exception {
        List<Promise<Integer>> promises = new ArrayList<>(four());
        Promise<Integer> fifth = new Promise<>();
        fifth.setResult(5);
        promises.add(fifth);
        fifth = null;
        CloseableIterator<Promise<Integer>> ended = Futures.asCompleted(promises);
        promises.clear();
        WeakReference<Promise<Integer>> done = new WeakReference<>(ended.next());
        expectCollected(done);
        assertThat(ended.hasNext()).isTrue();
        ended.close();
    }

    @Test
    void aFutureThatEndsMeanwhileIsNotKeptEither() throws Exception {
        List<Promise<Integer>> promises = new ArrayList<>(List.of(new Promise<>(), this.first));
        CloseableIterator<Promise<Integer>> ended = Futures.asCompleted(promises);
        promises.remove(0).setResult(1);
        WeakReference<Promise<Integer>> done = new WeakReference<>(ended.next());
        expectCollected(done);
        assertThat(ended.hasNext()).isTrue();
        ended.close();
    }

    private static void expectCollected(WeakReference<?> reference) throws InterruptedException {
        Await.until("it is collected", () -> {
            System.gc();
            return reference.get() == null;
        });
    }

    @Test
    void nothingStaysAttachedWhenTimeRunsOut() {
        CloseableIterator<Promise<Integer>> ended = Futures.asCompleted(four(), Duration.ZERO);
        assertThatThrownBy(ended::next).hasCauseInstanceOf(TimeoutException.class);
        assertThat(ended.hasNext()).isFalse();
        assertThat(four()).noneMatch(Watched::isWatched);
    }

    @Test
    void foreignFuturesComeAsTheyEndAndOnce() {
        ForeignFuture foreign = new ForeignFuture();
        ForeignFuture late = new ForeignFuture();
        CloseableIterator<Future<Integer>> ended = Futures
            .asCompleted(List.of(foreign.future(), this.first, late.future()));
        foreign.promise().setResult(1);
        assertThat((Object) ended.next()).isSameAs(foreign.future());
        this.first.cancel();
        assertThat((Object) ended.next()).isSameAs(this.first);
        ended.close();
        late.promise().setResult(1);
        assertThat(ended.hasNext()).isFalse();
    }

    @Test
    void aForeignFutureKeepsNothingOfAClosedIterator() throws Exception {
        ForeignFuture foreign = new ForeignFuture();
        List<CloseableIterator<?>> held = new ArrayList<>();
        held.add(Futures.asCompleted(List.of(foreign.future())));
        held.get(0).close();
        WeakReference<Object> iterator = new WeakReference<>(held.remove(0));
        expectCollected(iterator);
        assertThat(foreign.callbacks()).isEqualTo(1);
    }

    @Test
    void whatIsThereComesToAnInterruptedThread() {
        this.first.setResult(1);
        CloseableIterator<Promise<Integer>> ended = Futures.asCompleted(four());
        Thread.currentThread().interrupt();
        assertThat(ended.next()).isSameAs(this.first);
        assertThat(Thread.interrupted()).isTrue();
        this.second.setResult(2);
        assertThat(ended.next()).isSameAs(this.second);
        ended.close();
    }

    @Test
    void futuresOfDifferentPoolsMayBeMixed() {
        try (ThreadPoolExecutor one = new ThreadPoolExecutor(1); ThreadPoolExecutor two = new ThreadPoolExecutor(1)) {
            List<Future<Integer>> futures = List.of(one.submit(() -> 1), two.submit(() -> 2));
            assertThat(Futures.asCompleted(futures).stream().toList()).containsExactlyInAnyOrderElementsOf(futures);
        }
    }

}
