// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * Callbacks and stages are added while a future ends.
 */
public class CallbackStress {

    /** A callback is added while the future is completed. */
    @JCStressTest
    @Outcome(id = "1, done", expect = Expect.ACCEPTABLE, desc = "ran once, in whichever thread")
    @Outcome(expect = Expect.FORBIDDEN, desc = "lost, run twice, or run before the future is done")
    @State
    public static class AddOrComplete {

        private final Promise<String> promise = new Promise<>();

        private final AtomicInteger calls = new AtomicInteger();

        private volatile String seen = "";

        @Actor
        void complete() {
            this.promise.complete("result");
        }

        @Actor
        void add() {
            this.promise.addDoneCallback((future) -> {
                this.calls.incrementAndGet();
                this.seen = future.done() ? "done" : "not done";
            });
        }

        @Arbiter
        void look(LL_Result r) {
            r.r1 = this.calls.get();
            r.r2 = this.seen;
        }

    }

    /** One thread adds two callbacks while another one completes the future. */
    @JCStressTest
    @Outcome(id = "A by completer, B by completer", expect = Expect.ACCEPTABLE, desc = "both before the end, in order")
    @Outcome(id = "A by adder, B by adder", expect = Expect.ACCEPTABLE, desc = "both after the end, in order")
    @Outcome(id = "A by completer, B by adder", expect = Expect.ACCEPTABLE, desc = "the end came in between")
    @Outcome(id = "B by adder, A by completer", expect = Expect.ACCEPTABLE_INTERESTING,
            desc = "the end came in between; B runs at once, as documented, while the completer gets to A")
    @Outcome(expect = Expect.FORBIDDEN, desc = "one thread keeps the order, and nothing is lost or run twice")
    @State
    public static class TwoInOrder {

        private final Promise<String> promise = new Promise<>();

        private final ThreadLocal<String> actor = new ThreadLocal<>();

        private final StringBuffer log = new StringBuffer();

        @Actor
        void complete() {
            this.actor.set("completer");
            this.promise.complete("result");
        }

        @Actor
        void add() {
            this.actor.set("adder");
            this.promise.addDoneCallback((future) -> called("A"));
            this.promise.addDoneCallback((future) -> called("B"));
        }

        private void called(String callback) {
            this.log.append(", " + callback + " by " + this.actor.get());
        }

        @Arbiter
        void look(L_Result r) {
            r.r1 = this.log.substring(2);
        }

    }

    /** One callback is there before the end, another one comes at the same time. */
    @JCStressTest
    @Outcome(id = "completer, (completer|adder)", expect = Expect.ACCEPTABLE, desc = "each has a thread of its own")
    @Outcome(expect = Expect.FORBIDDEN, desc = "a bystander runs what was there before, or nobody does")
    @State
    public static class BeforeAndMeanwhile {

        private final Promise<String> promise = new Promise<>();

        private final ThreadLocal<String> actor = new ThreadLocal<>();

        private volatile String before = "nobody";

        private volatile String meanwhile = "nobody";

        public BeforeAndMeanwhile() {
            this.promise.addDoneCallback((future) -> this.before = this.actor.get());
        }

        @Actor
        void complete() {
            this.actor.set("completer");
            this.promise.complete("result");
        }

        @Actor
        void add() {
            this.actor.set("adder");
            this.promise.addDoneCallback((future) -> this.meanwhile = this.actor.get());
        }

        @Arbiter
        void look(LL_Result r) {
            r.r1 = this.before;
            r.r2 = this.meanwhile;
        }

    }

    /** Two threads add a callback each; then the future is completed. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "both ran once")
    @Outcome(expect = Expect.FORBIDDEN, desc = "one addition has overwritten the other")
    @State
    public static class TwoAdders {

        private final Promise<String> promise = new Promise<>();

        private final AtomicInteger first = new AtomicInteger();

        private final AtomicInteger second = new AtomicInteger();

        @Actor
        void first() {
            this.promise.addDoneCallback((future) -> this.first.incrementAndGet());
        }

        @Actor
        void second() {
            this.promise.addDoneCallback((future) -> this.second.incrementAndGet());
        }

        @Arbiter
        void complete(LL_Result r) {
            this.promise.complete("result");
            r.r1 = this.first.get();
            r.r2 = this.second.get();
        }

    }

    /** A stage is derived while the future is completed. */
    @JCStressTest
    @Outcome(id = "1, result of the stage", expect = Expect.ACCEPTABLE, desc = "its function ran once")
    @Outcome(expect = Expect.FORBIDDEN, desc = "the stage is lost, or its function ran twice")
    @State
    public static class DeriveOrComplete {

        private final Promise<String> promise = new Promise<>();

        private final AtomicInteger calls = new AtomicInteger();

        private CompletableFuture<String> stage = new CompletableFuture<>();

        @Actor
        void complete() {
            this.promise.complete("result");
        }

        @Actor
        void derive() {
            this.stage = this.promise.thenApply((result) -> {
                this.calls.incrementAndGet();
                return result + " of the stage";
            });
        }

        @Arbiter
        void look(LL_Result r) {
            r.r1 = this.calls.get();
            r.r2 = this.stage.getNow("nothing");
        }

    }

    /** A foreign stage ends while the future that follows it is cancelled. */
    @JCStressTest
    @Outcome(id = "true, false, finished returned String", expect = Expect.ACCEPTABLE, desc = "the stage was first")
    @Outcome(id = "false, true, cancelled, stage cancelled", expect = Expect.ACCEPTABLE, desc = "cancelled first")
    @Outcome(id = "true, true, cancelled", expect = Expect.ACCEPTABLE_INTERESTING,
            desc = "the stage ended, but the future was cancelled before it was told")
    @Outcome(expect = Expect.FORBIDDEN, desc = "the future ends once, and a stage is cancelled or has ended itself")
    @State
    public static class WrappedCompleteOrCancel {

        private final CompletableFuture<String> stage = new CompletableFuture<>();

        private final LinkedPromise<String> wrapped = LinkedPromise.to(this.stage);

        @Actor
        void complete(LLL_Result r) {
            r.r1 = this.stage.complete("result");
        }

        @Actor
        void cancel(LLL_Result r) {
            r.r2 = this.wrapped.cancel();
        }

        @Arbiter
        void look(LLL_Result r) {
            r.r3 = Observed.ending(this.wrapped) + (this.stage.isCancelled() ? ", stage cancelled" : "");
        }

    }

    /** A future is linked to a source while it is cancelled. */
    @JCStressTest
    @Outcome(id = "told", expect = Expect.ACCEPTABLE, desc = "the source knows")
    @Outcome(expect = Expect.FORBIDDEN, desc = "the source goes on for nothing, or is told twice")
    @State
    public static class LinkOrCancel {

        private final LinkedPromise<String> promise = new LinkedPromise<>();

        private final AtomicInteger told = new AtomicInteger();

        @Actor
        void cancel() {
            this.promise.cancel();
        }

        @Actor
        void link() {
            this.promise.link((outcome, mayInterruptIfRunning) -> {
                if (outcome == dev.futures.Outcome.CANCELLED) {
                    this.told.incrementAndGet();
                }
            });
        }

        @Arbiter
        void look(L_Result r) {
            r.r1 = switch (this.told.get()) {
                case 0 -> "not told";
                case 1 -> "told";
                default -> "told twice";
            };
        }

    }

}
