// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.time.Duration;
import java.util.List;

import dev.futures.EndingStress.Failure;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * What a task wrote, to a field that is neither volatile nor guarded, is seen by whoever
 * learned from the future that the task is done.
 */
public class PublicationStress {

    private static final Duration BOUND = Duration.ofSeconds(20);

    /** What the readers have in common: 0 is what they must not see. */
    abstract static class Written {

        final Promise<String> promise = new Promise<>();

        int field;

        void writeAndComplete() {
            this.field = 1;
            this.promise.complete("result");
        }

    }

    /** The reader asks {@code done()}. */
    @JCStressTest
    @Outcome(id = "too early|1", expect = Expect.ACCEPTABLE, desc = "done, so written")
    @Outcome(expect = Expect.FORBIDDEN, desc = "what the task wrote is missing")
    @State
    public static class SeenDone extends Written {

        @Actor
        void task() {
            writeAndComplete();
        }

        @Actor
        void reader(L_Result r) {
            r.r1 = this.promise.done() ? this.field : "too early";
        }

    }

    /** The reader asks {@code running()}, which tells of what came before the task. */
    @JCStressTest
    @Outcome(id = "too early|1", expect = Expect.ACCEPTABLE, desc = "running, so written")
    @Outcome(expect = Expect.FORBIDDEN, desc = "what came before the task is missing")
    @State
    public static class SeenRunning extends Written {

        @Actor
        void worker() {
            this.field = 1;
            this.promise.setRunningOrNotifyCancel();
        }

        @Actor
        void reader(L_Result r) {
            r.r1 = this.promise.running() ? this.field : "too early";
        }

    }

    /** The reader asks {@code cancelled()}. */
    @JCStressTest
    @Outcome(id = "too early|1", expect = Expect.ACCEPTABLE, desc = "cancelled, so written")
    @Outcome(expect = Expect.FORBIDDEN, desc = "what came before the cancellation is missing")
    @State
    public static class SeenCancelled extends Written {

        @Actor
        void canceller() {
            this.field = 1;
            this.promise.cancel();
        }

        @Actor
        void reader(L_Result r) {
            r.r1 = this.promise.cancelled() ? this.field : "too early";
        }

    }

    /** The reader polls with {@code result(Duration.ZERO)}. */
    @JCStressTest
    @Outcome(id = "TimeoutException|result 1", expect = Expect.ACCEPTABLE, desc = "there is a result, so written")
    @Outcome(expect = Expect.FORBIDDEN, desc = "what the task wrote is missing")
    @State
    public static class SeenByPolling extends Written {

        @Actor
        void task() {
            writeAndComplete();
        }

        @Actor
        void reader(L_Result r) {
            r.r1 = Observed.answer(() -> this.promise.result(Duration.ZERO) + " " + this.field);
        }

    }

    /** The reader waits in {@code result(Duration)}. */
    @JCStressTest
    @Outcome(id = "result 1", expect = Expect.ACCEPTABLE, desc = "there is a result, so written")
    @Outcome(expect = Expect.FORBIDDEN, desc = "what the task wrote is missing, or nobody woke the reader")
    @State
    public static class SeenByWaiting extends Written {

        @Actor
        void task() {
            writeAndComplete();
        }

        @Actor
        void reader(L_Result r) {
            r.r1 = Observed.answer(() -> this.promise.result(BOUND) + " " + this.field);
        }

    }

    /** The reader waits for an exception, which itself is kept in a plain field. */
    @JCStressTest
    @Outcome(id = "failure 1", expect = Expect.ACCEPTABLE, desc = "there is an exception, so written")
    @Outcome(expect = Expect.FORBIDDEN, desc = "the very exception, and what the task wrote, or nothing")
    @State
    public static class SeenException extends Written {

        @Actor
        void task() {
            this.field = 1;
            this.promise.completeExceptionally(new Failure("failure"));
        }

        @Actor
        void reader(L_Result r) {
            r.r1 = Observed.answer(() -> ((Failure) this.promise.exception(BOUND)).getMessage() + " " + this.field);
        }

    }

    /** The reader is a callback, in whichever thread. */
    @JCStressTest
    @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "called, so written")
    @Outcome(expect = Expect.FORBIDDEN, desc = "what the task wrote is missing, or the callback was not called")
    @State
    public static class SeenByCallback extends Written {

        private volatile Object seen = "not called";

        @Actor
        void task() {
            writeAndComplete();
        }

        @Actor
        void reader() {
            this.promise.addDoneCallback((future) -> this.seen = this.field);
        }

        @Arbiter
        void look(L_Result r) {
            r.r1 = this.seen;
        }

    }

    /** The reader waits in {@code Futures.wait}. */
    @JCStressTest
    @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "no longer waiting, so written")
    @Outcome(expect = Expect.FORBIDDEN, desc = "what the task wrote is missing, or nobody woke the reader")
    @State
    public static class SeenByWaiter extends Written {

        @Actor
        void task() {
            writeAndComplete();
        }

        @Actor
        void reader(L_Result r) {
            r.r1 = Observed
                .answer(() -> Futures.wait(List.of(this.promise), BOUND, ReturnWhen.ALL_COMPLETED).done().isEmpty()
                        ? "timed out" : this.field);
        }

    }

    /** The reader iterates over {@code Futures.asCompleted}. */
    @JCStressTest
    @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "returned, so written")
    @Outcome(expect = Expect.FORBIDDEN, desc = "what the task wrote is missing")
    @State
    public static class SeenByIterator extends Written {

        @Actor
        void task() {
            writeAndComplete();
        }

        @Actor
        void reader(L_Result r) {
            r.r1 = Futures.asCompleted(List.of(this.promise), BOUND).next().done() ? this.field : "not done";
        }

    }

}
