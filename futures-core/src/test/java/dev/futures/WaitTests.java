// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.futures.support.Await;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class WaitTests {

    private final Promise<Integer> pending = new Promise<>();

    private final Promise<Integer> other = new Promise<>();

    private final Future<Integer> succeeded = Futures.completed(42);

    private final Future<Integer> failed = Futures.failed(new Exception("of the task"));

    private final Promise<Integer> cancelled = new Promise<>();

    WaitTests() {
        this.cancelled.cancel();
    }

    private static WaitResult<Future<Integer>> waitFor(ReturnWhen returnWhen, List<Future<Integer>> futures)
            throws InterruptedException {
        return Futures.wait(futures, Await.PATIENCE, returnWhen);
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsDoneAtOnce(ReturnWhen returnWhen) throws Exception {
        WaitResult<Future<Integer>> result = waitFor(returnWhen, List.of());
        assertThat(result.done()).isEmpty();
        assertThat(result.notDone()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsDoneIsSeenAtOnceCancelledIncluded(ReturnWhen returnWhen) throws Exception {
        List<Future<Integer>> futures = List.of(this.succeeded, this.failed, this.cancelled);
        WaitResult<Future<Integer>> result = waitFor(returnWhen, futures);
        assertThat(result.done()).containsExactlyElementsOf(futures);
        assertThat(result.notDone()).isEmpty();
    }

    @Test
    void aFutureGivenTwiceCountsOnce() throws Exception {
        WaitResult<Future<Integer>> result = waitFor(ReturnWhen.ALL_COMPLETED,
                List.of(this.succeeded, this.succeeded, this.succeeded));
        assertThat(result.done()).containsExactly(this.succeeded);
        Thread completer = new Thread(() -> this.pending.setResult(1));
        completer.start();
        assertThat(waitFor(ReturnWhen.ALL_COMPLETED, List.of(this.pending, this.pending)).done())
            .containsExactly(this.pending);
        completer.join();
    }

    @Test
    void firstCompletedReturnsAllThatAreDone() throws Exception {
        WaitResult<Future<Integer>> result = waitFor(ReturnWhen.FIRST_COMPLETED,
                List.of(this.pending, this.succeeded, this.cancelled));
        assertThat(result.done()).containsExactly(this.succeeded, this.cancelled);
        assertThat(result.notDone()).containsExactly(this.pending);
    }

    @Test
    void firstCompletedIsWokenByTheFirst() throws Exception {
        Thread completer = new Thread(() -> this.other.setResult(1));
        completer.start();
        WaitResult<Future<Integer>> result = waitFor(ReturnWhen.FIRST_COMPLETED, List.of(this.pending, this.other));
        assertThat(result.done()).containsExactly(this.other);
        assertThat(result.notDone()).containsExactly(this.pending);
        completer.join();
    }

    @Test
    void firstCompletedIsWokenByACancellation() throws Exception {
        Thread canceller = new Thread(this.other::cancel);
        canceller.start();
        assertThat(waitFor(ReturnWhen.FIRST_COMPLETED, List.of(this.pending, this.other)).done())
            .containsExactly(this.other);
        canceller.join();
    }

    @Test
    void firstExceptionReturnsAtOnceIfThereIsOne() throws Exception {
        WaitResult<Future<Integer>> result = waitFor(ReturnWhen.FIRST_EXCEPTION,
                List.of(this.pending, this.succeeded, this.failed));
        assertThat(result.done()).containsExactly(this.succeeded, this.failed);
        assertThat(result.notDone()).containsExactly(this.pending);
    }

    @Test
    void firstExceptionIsWokenByOne() throws Exception {
        Promise<Integer> third = new Promise<>();
        Thread completer = new Thread(() -> {
            third.setResult(1);
            this.other.setException(new Exception("of the task"));
        });
        completer.start();
        WaitResult<Future<Integer>> result = waitFor(ReturnWhen.FIRST_EXCEPTION,
                List.of(this.pending, this.other, third));
        assertThat(result.done()).containsExactly(this.other, third);
        completer.join();
    }

    @Test
    void aCancellationIsNoException() throws Exception {
        WaitResult<Future<Integer>> result = Futures.wait(List.of(this.cancelled, this.pending), Duration.ofMillis(20),
                ReturnWhen.FIRST_EXCEPTION);
        assertThat(result.done()).containsExactly(this.cancelled);
        assertThat(result.notDone()).containsExactly(this.pending);
    }

    @Test
    void withoutAnExceptionFirstExceptionWaitsForAll() throws Exception {
        Thread completer = new Thread(() -> {
            this.other.cancel();
            this.pending.setResult(1);
        });
        completer.start();
        assertThat(waitFor(ReturnWhen.FIRST_EXCEPTION, List.of(this.pending, this.other)).notDone()).isEmpty();
        completer.join();
    }

    @Test
    void runningOutOfTimeIsNoError() throws Exception {
        for (Duration timeout : new Duration[] { Duration.ofMillis(1), Duration.ZERO, Duration.ofSeconds(-1) }) {
            WaitResult<Future<Integer>> result = Futures.wait(List.of(this.pending, this.failed), timeout,
                    ReturnWhen.ALL_COMPLETED);
            assertThat(result.done()).containsExactly(this.failed);
            assertThat(result.notDone()).containsExactly(this.pending);
        }
    }

    @Test
    void nothingStaysAttachedAfterwards() throws Exception {
        Subscription watching = Subscription.to(this.pending, () -> {
        });
        assertThat(Watched.isWatched(this.pending)).isTrue();
        watching.cancel();
        Futures.wait(List.of(this.pending), Duration.ZERO, ReturnWhen.ALL_COMPLETED);
        assertThat(Watched.isWatched(this.pending)).isFalse();
    }

    @Test
    void aWaiterCanBeInterrupted() {
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> Futures.wait(this.pending));
        assertThat(Watched.isWatched(this.pending)).isFalse();
    }

    @Test
    void severalThreadsMayWaitForTheSameFuture() throws Exception {
        CountDownLatch woken = new CountDownLatch(4);
        List<Thread> waiters = IntStream.range(0, 4).mapToObj((number) -> new Thread(() -> {
            try {
                Futures.wait(this.pending);
                woken.countDown();
            }
            catch (InterruptedException ex) {
                throw new AssertionError(ex);
            }
        })).toList();
        waiters.forEach(Thread::start);
        this.pending.setResult(1);
        for (Thread waiter : waiters) {
            waiter.join(Await.PATIENCE.toMillis());
        }
        assertThat(woken.getCount()).isZero();
    }

    @Test
    void futuresThatEndTogetherAreAllCounted() throws Exception {
        for (int round = 0; round < 200; round++) {
            List<Promise<Integer>> promises = Stream.generate(() -> new Promise<Integer>()).limit(50).toList();
            List<Thread> completers = new ArrayList<>();
            for (int t = 0; t < 2; t++) {
                int odd = t;
                completers.add(new Thread(() -> {
                    for (int i = odd; i < 50; i += 2) {
                        promises.get(i).setResult(i);
                    }
                }));
            }
            completers.forEach(Thread::start);
            WaitResult<Promise<Integer>> result = Futures.wait(promises, Await.PATIENCE, ReturnWhen.ALL_COMPLETED);
            assertThat(result.done()).hasSize(50);
            for (Thread completer : completers) {
                completer.join();
            }
        }
    }

}
