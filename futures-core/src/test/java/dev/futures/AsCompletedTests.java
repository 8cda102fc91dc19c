// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

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
    void veryManyFuturesAreNoTrouble() throws InterruptedException {
        List<Promise<Integer>> promises = Stream.generate(() -> new Promise<Integer>()).limit(200_000).toList();
        List<Promise<Integer>> shuffled = new ArrayList<>(promises);
        Collections.shuffle(shuffled, new Random(1));
        CloseableIterator<Promise<Integer>> ended = Futures.asCompleted(promises);
        Thread completer = new Thread(() -> shuffled.forEach((promise) -> promise.setResult(1)));
        completer.start();
        assertThat(ended.stream().toList()).containsExactlyElementsOf(shuffled);
        completer.join();
        CloseableIterator<Promise<Integer>> abandoned = Futures
            .asCompleted(Stream.generate(() -> new Promise<Integer>()).limit(200_000).toList());
        abandoned.close();
        assertThat(abandoned.hasNext()).isFalse();
    }

}
