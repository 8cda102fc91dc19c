// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.futures.support.Await;
import dev.futures.thread.ThreadPoolExecutor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

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

    @ParameterizedTest
    @EnumSource
    void aMillionFuturesAreNoTrouble(ReturnWhen returnWhen) throws Exception {
        List<Promise<Integer>> promises = Stream.generate(() -> new Promise<Integer>()).limit(1_000_000).toList();
        assertThat(Futures.wait(promises, Duration.ZERO, returnWhen).done()).isEmpty();
        assertThat(promises).noneMatch(Watched::isWatched);
        Thread completer = new Thread(() -> promises.forEach((promise) -> promise.setResult(1)));
        completer.start();
        WaitResult<Promise<Integer>> result = Futures.wait(promises, Await.PATIENCE, returnWhen);
        if (returnWhen == ReturnWhen.FIRST_COMPLETED) {
            assertThat(result.done()).isNotEmpty();
            assertThat(result.done().size() + result.notDone().size()).isEqualTo(1_000_000);
        }
        else {
            assertThat(result.done()).hasSize(1_000_000);
        }
        completer.join();
    }

    @ParameterizedTest
    @EnumSource
    void foreignFuturesCanBeWaitedFor(ReturnWhen returnWhen) throws Exception {
        ForeignFuture foreign = new ForeignFuture();
        ForeignFuture second = new ForeignFuture();
        List<Future<Integer>> futures = List.of(foreign.future(), this.pending, second.future());
        Thread completer = new Thread(() -> {
            // its waiters must neither be confused by this nor see two futures in one
            Thread.currentThread().interrupt();
            foreign.promise().setException(new Exception("of the task"));
            this.pending.setResult(1);
            second.promise().cancel();
        });
        completer.start();
        WaitResult<Future<Integer>> result = waitFor(returnWhen, futures);
        assertThat(result.done()).contains(foreign.future());
        if (returnWhen == ReturnWhen.ALL_COMPLETED) {
            assertThat(result.done()).containsExactlyElementsOf(futures);
        }
        completer.join();
    }

    @Test
    void aFailureInAnInterruptedThreadWakesTheWaiter() throws Exception {
        ForeignFuture foreign = new ForeignFuture();
        Thread completer = new Thread(() -> {
            Thread.currentThread().interrupt();
            foreign.promise().setException(new Exception("of the task"));
        });
        CountDownLatch woken = new CountDownLatch(1);
        Thread waiter = new Thread(() -> {
            try {
                Futures.wait(List.of(foreign.future(), this.pending), Await.PATIENCE, ReturnWhen.FIRST_EXCEPTION);
                woken.countDown();
            }
            catch (InterruptedException ex) {
                throw new AssertionError(ex);
            }
        });
        waiter.start();
        Await.until("it waits", () -> foreign.callbacks() == 1 && Watched.isWatched(this.pending));
        completer.start();
        boolean inTime = woken.await(Await.PATIENCE.toSeconds() / 2, TimeUnit.SECONDS);
        this.pending.setResult(1);
        waiter.join();
        completer.join();
        assertThat(inTime).isTrue();
    }

    @Test
    void foreignFuturesKeepNothingOfAWaiter() throws Exception {
        ForeignFuture foreign = new ForeignFuture();
        Object[] watcher = { new Object() };
        WeakReference<Object> watched = new WeakReference<>(watcher[0]);
        Subscription subscription = Subscription.to(foreign.future(), watcher[0]::hashCode);
        subscription.cancel();
        watcher[0] = null;
        Await.until("what watched is collected", () -> {
            System.gc();
            return watched.get() == null;
        });
        assertThat(foreign.callbacks()).isEqualTo(1);
        foreign.promise().setResult(1);
    }

    @Test
    void futuresOfDifferentPoolsCanBeWaitedForTogether() throws Exception {
        try (ThreadPoolExecutor one = new ThreadPoolExecutor(1); ThreadPoolExecutor two = new ThreadPoolExecutor(1)) {
            List<Future<Integer>> futures = List.of(one.submit(() -> 1), two.submit(() -> 2), this.succeeded);
            assertThat(waitFor(ReturnWhen.ALL_COMPLETED, futures).done()).containsExactlyElementsOf(futures);
        }
    }

    @Test
    void whatIsNoFutureIsRefusedBeforeAnythingIsWatched() {
        List<Future<Integer>> futures = Arrays.asList(this.pending, null);
        assertThatNullPointerException()
            .isThrownBy(() -> Futures.wait(futures, Duration.ZERO, ReturnWhen.ALL_COMPLETED));
        assertThatNullPointerException().isThrownBy(() -> Futures.asCompleted(futures));
        assertThatNullPointerException()
            .isThrownBy(() -> Futures.wait(List.of(this.succeeded), Duration.ZERO, noReturnWhen()));
        assertThat(Watched.isWatched(this.pending)).isFalse();
    }

    private static ReturnWhen noReturnWhen() {
        return null;
    }

    @Test
    void whoDoesNotHaveToWaitIsNotInterrupted() throws Exception {
        Thread.currentThread().interrupt();
        try {
            assertThat(Futures.wait(this.succeeded, this.failed).notDone()).isEmpty();
        }
        finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void onlyTheOneThatIsDoneIsLookedAtIfItIsEnough() throws Exception {
        ForeignFuture foreign = new ForeignFuture();
        waitFor(ReturnWhen.FIRST_COMPLETED, List.of(this.succeeded, foreign.future()));
        assertThat(foreign.callbacks()).isZero();
    }

    @Test
    void futuresThatEndDuringTheWaitAreInItsResultThoughTimeRunsOut() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Thread completer = new Thread(() -> {
            this.other.setResult(1);
            go.countDown();
        });
        completer.start();
        assertThat(go.await(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        WaitResult<Future<Integer>> result = Futures.wait(List.of(this.pending, this.other), Duration.ofMillis(5),
                ReturnWhen.ALL_COMPLETED);
        assertThat(result.done()).containsExactly(this.other);
        assertThat(Watched.isWatched(this.pending)).isFalse();
        completer.join();
    }

}
