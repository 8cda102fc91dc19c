// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * Several threads want to decide how a future ends: one does, and everybody agrees.
 */
public class EndingStress {

    /** A pending future is completed by one thread and cancelled by another. */
    @JCStressTest
    @Outcome(id = "true, false, finished returned String", expect = Expect.ACCEPTABLE, desc = "completed first")
    @Outcome(id = "false, true, cancelled", expect = Expect.ACCEPTABLE, desc = "cancelled first")
    @Outcome(expect = Expect.FORBIDDEN, desc = "exactly one wins, and both answers agree with the state")
    @State
    public static class CompleteOrCancel {

        private final Promise<String> promise = new Promise<>();

        @Actor
        void complete(LLL_Result r) {
            r.r1 = this.promise.complete("result");
        }

        @Actor
        void cancel(LLL_Result r) {
            r.r2 = this.promise.cancel();
        }

        @Arbiter
        void look(LLL_Result r) {
            r.r3 = Observed.ending(this.promise);
        }

    }

    /** A running future is completed by one thread and stopped by another. */
    @JCStressTest
    @Outcome(id = "true, false, finished returned String", expect = Expect.ACCEPTABLE, desc = "completed first")
    @Outcome(id = "false, true, cancelled", expect = Expect.ACCEPTABLE, desc = "stopped first")
    @Outcome(expect = Expect.FORBIDDEN, desc = "exactly one wins, and both answers agree with the state")
    @State
    public static class CompleteOrStop {

        private final Promise<String> promise = new Promise<>();

        public CompleteOrStop() {
            this.promise.setRunningOrNotifyCancel();
        }

        @Actor
        void complete(LLL_Result r) {
            r.r1 = this.promise.complete("result");
        }

        @Actor
        void stop(LLL_Result r) {
            r.r2 = this.promise.cancel(true);
        }

        @Arbiter
        void look(LLL_Result r) {
            r.r3 = Observed.ending(this.promise);
        }

    }

    /** A worker starts the task while somebody cancels it. */
    @JCStressTest
    @Outcome(id = "true, false, running but not done", expect = Expect.ACCEPTABLE, desc = "started first")
    @Outcome(id = "false, true, cancelled", expect = Expect.ACCEPTABLE, desc = "cancelled first")
    @Outcome(expect = Expect.FORBIDDEN, desc = "a task never runs whose cancel(false) was accepted")
    @State
    public static class StartOrCancel {

        private final Promise<String> promise = new Promise<>();

        @Actor
        void start(LLL_Result r) {
            r.r1 = this.promise.setRunningOrNotifyCancel();
        }

        @Actor
        void cancel(LLL_Result r) {
            r.r2 = this.promise.cancel();
        }

        @Arbiter
        void look(LLL_Result r) {
            r.r3 = Observed.ending(this.promise);
        }

    }

    /** A worker starts and completes the task while somebody stops it, at any moment. */
    @JCStressTest
    @Outcome(id = "ran and completed, false, finished returned String", expect = Expect.ACCEPTABLE,
            desc = "the stop came too late")
    @Outcome(id = "ran for nothing, true, cancelled", expect = Expect.ACCEPTABLE, desc = "stopped while it ran")
    @Outcome(id = "not started, true, cancelled", expect = Expect.ACCEPTABLE, desc = "stopped before it ran")
    @Outcome(expect = Expect.FORBIDDEN, desc = "exactly one wins, and both answers agree with the state")
    @State
    public static class RunOrStop {

        private final Promise<String> promise = new Promise<>();

        @Actor
        void run(LLL_Result r) {
            if (!this.promise.setRunningOrNotifyCancel()) {
                r.r1 = "not started";
            }
            else {
                r.r1 = this.promise.complete("result") ? "ran and completed" : "ran for nothing";
            }
        }

        @Actor
        void stop(LLL_Result r) {
            r.r2 = this.promise.cancel(true);
        }

        @Arbiter
        void look(LLL_Result r) {
            r.r3 = Observed.ending(this.promise);
        }

    }

    /** Two threads fail the future, each with an exception of its own. */
    @JCStressTest
    @Outcome(id = "won, lost, first", expect = Expect.ACCEPTABLE, desc = "the first failed it")
    @Outcome(id = "lost, won, second", expect = Expect.ACCEPTABLE, desc = "the second failed it")
    @Outcome(expect = Expect.FORBIDDEN, desc = "one wins, the other is told, and the winner's exception stays")
    @State
    public static class TwoFailures {

        private final Promise<String> promise = new Promise<>();

        @Actor
        void first(LLL_Result r) {
            r.r1 = fail(new Failure("first"));
        }

        @Actor
        void second(LLL_Result r) {
            r.r2 = fail(new Failure("second"));
        }

        private String fail(Failure failure) {
            try {
                this.promise.setException(failure);
                return "won";
            }
            catch (InvalidStateException ex) {
                return "lost";
            }
        }

        @Arbiter
        void look(LLL_Result r) {
            r.r3 = Observed.failure(this.promise);
        }

    }

    /** One thread returns a result, the other an exception. */
    @JCStressTest
    @Outcome(id = "true, false, finished returned String, none", expect = Expect.ACCEPTABLE,
            desc = "the result was first")
    @Outcome(id = "false, true, finished raised Failure, failure", expect = Expect.ACCEPTABLE,
            desc = "the failure was first")
    @Outcome(expect = Expect.FORBIDDEN, desc = "an outcome is never half of one and half of the other")
    @State
    public static class ResultOrFailure {

        private final Promise<String> promise = new Promise<>();

        @Actor
        void succeed(LLL_Result r) {
            r.r1 = this.promise.complete("result");
        }

        @Actor
        void fail(LLL_Result r) {
            r.r2 = this.promise.completeExceptionally(new Failure("failure"));
        }

        @Arbiter
        void look(LLL_Result r) {
            r.r3 = Observed.ending(this.promise) + ", " + Observed.failure(this.promise);
        }

    }

    /** Two threads cancel: both are told so, and both find the future done at once. */
    @JCStressTest
    @Outcome(id = "cancelled, cancelled", expect = Expect.ACCEPTABLE, desc = "both know")
    @Outcome(expect = Expect.FORBIDDEN, desc = "whoever is told that the future is cancelled finds it done")
    @State
    public static class TwoCancels {

        private final Promise<String> promise = new Promise<>();

        @Actor
        void first(LL_Result r) {
            r.r1 = this.promise.cancel() ? Observed.ending(this.promise) : "refused";
        }

        @Actor
        void second(LL_Result r) {
            r.r2 = this.promise.cancel(true) ? Observed.ending(this.promise) : "refused";
        }

    }

    /** Somebody looks twice while a task is started and completed. */
    @JCStressTest
    @Outcome(id = "(neither|running), (neither|running|done)", expect = Expect.ACCEPTABLE, desc = "time goes forward")
    @Outcome(id = "done, done", expect = Expect.ACCEPTABLE, desc = "done stays done")
    @Outcome(expect = Expect.FORBIDDEN, desc = "a done future is not running, and never becomes undone")
    @State
    public static class LookTwice {

        private final Promise<String> promise = new Promise<>();

        @Actor
        void run() {
            this.promise.setRunningOrNotifyCancel();
            this.promise.complete("result");
        }

        @Actor
        void look(LL_Result r) {
            r.r1 = look();
            r.r2 = look();
        }

        private String look() {
            boolean done = this.promise.done();
            boolean running = this.promise.running();
            if (done) {
                return running ? "done and running" : "done";
            }
            return running ? "running" : "neither";
        }

    }

    /** An exception that costs little to make. */
    static final class Failure extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Failure(String message) {
            super(message, null, false, false);
        }

    }

}
