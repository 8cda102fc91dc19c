// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two threads that do different things to the same future at the same time.
 */
class FutureRaceTests {

    private static final int ROUNDS = 20_000;

    /** A future that counts how it ends. */
    private static final class Counted extends Promise<Integer> {

        private final AtomicInteger endings = new AtomicInteger();

        private final AtomicInteger callbacks = new AtomicInteger();

        private final AtomicInteger successes = new AtomicInteger();

        private volatile Outcome outcome;

        @Override
        protected void ending(boolean wasRunning, Outcome outcome) {
            assertThat(done()).isFalse();
            this.endings.incrementAndGet();
            this.outcome = outcome;
        }

        void note(boolean success) {
            if (success) {
                this.successes.incrementAndGet();
            }
        }

    }

    private static void race(Consumer<Counted> left, Consumer<Counted> right, Consumer<Counted> check)
            throws Exception {
        AtomicReference<Counted> current = new AtomicReference<>();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        CyclicBarrier barrier = new CyclicBarrier(2);
        Thread helper = new Thread(() -> {
            try {
                for (int i = 0; i < ROUNDS; i++) {
                    meet(barrier);
                    right.accept(current.get());
                    meet(barrier);
                }
            }
            catch (Throwable ex) {
                failure.set(ex);
            }
        });
        helper.start();
        try {
            for (int i = 0; i < ROUNDS; i++) {
                current.set(new Counted());
                meet(barrier);
                left.accept(current.get());
                meet(barrier);
                check.accept(current.get());
            }
        }
        finally {
            barrier.reset();
            helper.join();
        }
        assertThat(failure).hasValue(null);
    }

    private static void meet(CyclicBarrier barrier)
            throws InterruptedException, BrokenBarrierException, TimeoutException {
        barrier.await(30, TimeUnit.SECONDS);
    }

    private static void endedOnce(Counted future) {
        assertThat(future.endings).hasValue(1);
        assertThat(future.successes).hasValue(1);
        assertThat(future.done()).isTrue();
        assertThat(future.cancelled()).isEqualTo(future.outcome == Outcome.CANCELLED);
    }

    @Test
    void resultAgainstCancel() throws Exception {
        race((future) -> future.note(future.complete(1)), (future) -> future.note(future.cancel()),
                FutureRaceTests::endedOnce);
    }

    @Test
    void resultAgainstException() throws Exception {
        race((future) -> future.note(future.complete(1)),
                (future) -> future.note(future.completeExceptionally(new Exception("of the task"))),
                FutureRaceTests::endedOnce);
    }

    @Test
    void resultOfARunningTaskAgainstCancelTrue() throws Exception {
        race((future) -> {
            if (future.setRunningOrNotifyCancel()) {
                future.note(future.complete(1));
            }
        }, (future) -> future.note(future.cancel(true)), FutureRaceTests::endedOnce);
    }

    @Test
    void whoeverIsToldThatItIsCancelledFindsItDone() throws Exception {
        Consumer<Counted> cancel = (future) -> {
            assertThat(future.cancel(true)).isTrue();
            assertThat(future.isDone()).isTrue();
            assertThat(future.isCancelled()).isTrue();
        };
        race(cancel, cancel, (future) -> assertThat(future.endings).hasValue(1));
    }

    @Test
    void startAgainstCancelHasOneWinner() throws Exception {
        race((future) -> future.note(future.setRunningOrNotifyCancel()), (future) -> future.note(future.cancel()),
                (future) -> {
                    assertThat(future.successes).hasValue(1);
                    assertThat(future.running()).isNotEqualTo(future.cancelled());
                });
    }

    @Test
    void callbacksAgainstCompletionAreCalledOnce() throws Exception {
        race((future) -> future.complete(1), (future) -> {
            for (int i = 0; i < 3; i++) {
                future.addDoneCallback((done) -> future.callbacks.incrementAndGet());
            }
        }, (future) -> assertThat(future.callbacks).hasValue(3));
    }

    @Test
    void waitersAgainstCompletionAreWoken() throws Exception {
        race((future) -> future.complete(1), (future) -> {
            try {
                assertThat(Futures.wait(List.of(future)).done()).hasSize(1);
            }
            catch (InterruptedException ex) {
                throw new AssertionError(ex);
            }
        }, (future) -> assertThat(future.endings).hasValue(1));
    }

}
