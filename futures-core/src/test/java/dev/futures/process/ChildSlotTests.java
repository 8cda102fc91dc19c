// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.futures.pool.PoolExecutor;
import dev.futures.pool.WorkItem;
import dev.futures.serial.Parcel;
import dev.futures.support.Await;
import dev.futures.support.LeakCheck;
import dev.futures.thread.ThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The orders in which several threads may come to the child of one worker.
 */
@ExtendWith(LeakCheck.class)
class ChildSlotTests {

    private final PoolExecutor pool = new ThreadPoolExecutor(1);

    private final ChildSlot slot = new ChildSlot();

    private WorkerProcess child;

    private WorkItem<?> first;

    private WorkItem<?> second;

    @BeforeEach
    void start() throws IOException {
        this.pool.pause();
        this.first = (WorkItem<?>) this.pool.submit(() -> 1);
        this.second = (WorkItem<?>) this.pool.submit(() -> 2);
        this.child = child();
    }

    private static WorkerProcess child() throws IOException {
        return new WorkerProcess(new ProcessBuilder("sleep", "300").start(), "id", "pool", "worker");
    }

    @AfterEach
    void end() {
        this.child.close();
        this.pool.close();
    }

    private void ready() {
        this.slot.starting(this.child);
        this.slot.ready();
    }

    private WorkerProcess claim(WorkItem<?> item) {
        return this.slot.claim(item, () -> true);
    }

    @Test
    void aChildThatIsNotReadyCannotBeClaimed() {
        assertThat(claim(this.first)).isNull();
        this.slot.starting(this.child);
        assertThat(claim(this.first)).isNull();
        assertThat(this.slot.child()).isEqualTo(this.child);
        this.slot.ready();
        assertThat(claim(this.first)).isSameAs(this.child);
    }

    @Test
    void aClaimIsNotTakenOver() {
        ready();
        assertThat(claim(this.first)).isSameAs(this.child);
        assertThat(claim(this.first)).isNull();
        assertThat(claim(this.second)).as("a submitter that comes late").isNull();
        List<String> ended = new ArrayList<>();
        assertThat(this.slot.release(this.second, this.child, () -> ended.add("second"))).isFalse();
        assertThat(this.slot.release(this.first, this.child, () -> ended.add("first"))).isTrue();
        assertThat(ended).containsExactly("first");
        assertThat(claim(this.second)).isSameAs(this.child);
    }

    @Test
    void anItemThatIsNotTheWorkersAnyMoreIsNotClaimed() {
        ready();
        assertThat(this.slot.claim(this.first, () -> false)).isNull();
        assertThat(claim(this.second)).isSameAs(this.child);
    }

    @Test
    void aClaimEndsWithTheChild() throws IOException {
        ready();
        claim(this.first);
        assertThat(this.slot.lose()).as("it was not sent").isNull();
        WorkerProcess old = this.child;
        this.child = child();
        this.slot.starting(this.child);
        assertThat(claim(this.first)).as("the other one was ready, not this").isNull();
        this.slot.ready();
        assertThat(this.slot.send(this.first, Parcel.EMPTY, old, () -> {
            throw new AssertionError("must not begin");
        })).isTrue();
        assertThat(this.slot.release(this.first, old, () -> {
        })).isFalse();
        assertThat(claim(this.first)).isSameAs(this.child);
        // now that the same item is claimed again
        assertThat(this.slot.send(this.first, Parcel.EMPTY, old, () -> {
            throw new AssertionError("must not begin");
        })).isTrue();
        assertThat(this.slot.release(this.first, old, () -> {
            throw new AssertionError("must not end");
        })).isFalse();
        assertThat(claim(this.second)).isNull();
        old.close();
    }

    @Test
    void anItemThatMustNotRunIsNotSent() throws IOException {
        ready();
        claim(this.first);
        assertThat(this.slot.send(this.first, Parcel.EMPTY, this.child, () -> false)).isFalse();
        this.slot.stop(this.first);
        assertThat(this.child.isDoomed()).as("there is nothing to stop").isFalse();
    }

    @Test
    void stopHitsOnlyTheItemThatWasSent() {
        ready();
        claim(this.first);
        // the child is not connected: the worker is about to see that
        assertThatExceptionOfType(IOException.class)
            .isThrownBy(() -> this.slot.send(this.first, Parcel.EMPTY, this.child, () -> true));
        this.slot.stop(this.second);
        assertThat(this.child.isDoomed()).isFalse();
        this.slot.stop(this.first);
        assertThat(this.child.isDoomed()).isTrue();
        assertThat(this.slot.lose()).isSameAs(this.first);
    }

    @Test
    void anAnswerToNothingIsAgainstTheRules() {
        ready();
        for (Frame.Kind kind : Frame.Kind.values()) {
            assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> this.slot.answered(new Frame(kind, 1)))
                .withMessageContaining(kind.name());
        }
    }

    @Test
    void aStackIsTakenOnceAndOnlyIfItWasAskedFor() throws IOException {
        ready();
        claim(this.first);
        // the child is not connected: the worker is about to see that
        assertThatExceptionOfType(IOException.class)
            .isThrownBy(() -> this.slot.send(this.first, Parcel.EMPTY, this.child, () -> true));
        Frame stack = new Frame(Frame.Kind.STACK, 1);
        this.slot.requestStop(this.second);
        assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> this.slot.answered(stack));
        this.slot.requestStop(this.first);
        assertThat(this.slot.answered(stack)).isSameAs(this.first);
        assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> this.slot.answered(stack));
        assertThat(this.slot.answered(new Frame(Frame.Kind.RESULT, 1))).isSameAs(this.first);
        assertThat(this.slot.answered(stack)).as("a late one does not matter").isNull();
    }

    /** Whatever a kill has to look for, nobody waits for the slot meanwhile. */
    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void nobodyWaitsForTheSlotWhileAChildIsKilled(boolean endsFirst) throws IOException {
        List<Boolean> free = new ArrayList<>();
        this.child.close();
        this.child = new WorkerProcess(
                new SlowToKill(new ProcessBuilder("sleep", "300").start(), () -> free.add(isFree())), "id", "pool",
                "worker");
        if (endsFirst) {
            this.slot.end(true);
            this.slot.starting(this.child);
        }
        else {
            this.slot.starting(this.child);
            this.slot.end(true);
        }
        assertThat(free).containsExactly(true);
        assertThat(this.child.exitStatus()).isEqualTo(137);
    }

    private boolean isFree() {
        var other = java.util.concurrent.CompletableFuture.supplyAsync(this.slot::child);
        try {
            return other.get(5, TimeUnit.SECONDS) != null;
        }
        catch (Exception ex) {
            return false;
        }
    }

    @Test
    void aChildThatStartsAfterTheEndIsKilled() {
        this.slot.end(true);
        assertThat(this.slot.isStopped()).isTrue();
        ready();
        assertThat(this.child.isDoomed()).isTrue();
        assertThat(this.child.exitStatus()).isEqualTo(137);
        assertThat(claim(this.first)).isNull();
        assertThat(this.slot.pause(Duration.ofHours(1).toMillis())).as("there is no time for a pause").isFalse();
    }

    @Test
    void nothingIsSentToAChildThatIsAboutToBeKilled() throws IOException {
        ready();
        assertThat(claim(this.first)).isSameAs(this.child);
        this.child.doom();
        assertThat(this.slot.send(this.first, Parcel.EMPTY, this.child, () -> {
            throw new AssertionError("must not begin");
        })).isTrue();
    }

    @Test
    void onlyTheClaimOfAnotherThreadIsWithdrawn() {
        Thread worker = new Thread(() -> {
        });
        ready();
        claim(this.first);
        assertThat(this.slot.isHeldUp(this.first, Thread.currentThread())).isTrue();
        assertThat(this.slot.isHeldUp(this.first, worker)).isFalse();
        List<String> ended = new ArrayList<>();
        assertThat(this.slot.withdraw(this.first, Thread.currentThread(), () -> ended.add("own"))).isFalse();
        assertThat(this.slot.withdraw(this.second, worker, () -> ended.add("second"))).isFalse();
        assertThat(this.slot.withdraw(this.first, worker, () -> ended.add("first"))).isTrue();
        assertThat(ended).containsExactly("first");
        assertThat(claim(this.second)).isSameAs(this.child);
    }

    @Test
    void anAnswerIsWorkUntilItIsDecoded() throws IOException {
        ready();
        claim(this.first);
        assertThat(this.slot.isAtWork()).isFalse();
        // the child is not connected: the worker is about to see that
        assertThatExceptionOfType(IOException.class)
            .isThrownBy(() -> this.slot.send(this.first, Parcel.EMPTY, this.child, () -> true));
        assertThat(this.slot.isAtWork()).isTrue();
        assertThat(this.slot.isHeldUp(this.first, Thread.currentThread())).isFalse();
        assertThat(this.slot.answered(new Frame(Frame.Kind.RESULT, 1))).isSameAs(this.first);
        assertThat(this.slot.isAtWork()).isTrue();
        assertThat(this.slot.isHeldUp(this.first, Thread.currentThread())).isTrue();
        this.slot.decoded();
        assertThat(this.slot.isAtWork()).isFalse();
        assertThat(this.slot.isHeldUp(this.first, Thread.currentThread())).isFalse();
        for (long id : new long[] { -1, 2, Long.MIN_VALUE }) {
            assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> this.slot.answered(new Frame(Frame.Kind.PROGRESS, id)));
        }
    }

    @Test
    void theEndEndsAPauseAndDoomsTheChild() throws Exception {
        ready();
        CompletableFuture<Boolean> paused = new CompletableFuture<>();
        Thread worker = new Thread(() -> paused.complete(this.slot.pause(Duration.ofHours(1).toMillis())));
        worker.start();
        Await.until("it pauses", () -> worker.getState() == Thread.State.TIMED_WAITING);
        this.slot.end(false);
        assertThat(paused.get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isFalse();
        assertThat(this.child.isDoomed()).isTrue();
        worker.join();
    }

}
