// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import dev.futures.EndingStress.Failure;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * Threads begin or cease to wait for futures while these end.
 */
public class WaiterStress {

    private static final Duration BOUND = Duration.ofSeconds(20);

    /** Somebody subscribes while the future is completed. */
    @JCStressTest
    @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "told once")
    @Outcome(expect = Expect.FORBIDDEN, desc = "not told, or told twice")
    @State
    public static class SubscribeOrComplete {

        private final Promise<String> promise = new Promise<>();

        private final AtomicInteger told = new AtomicInteger();

        @Actor
        void complete() {
            this.promise.complete("result");
        }

        @Actor
        void subscribe() {
            Subscription.to(this.promise, this.told::incrementAndGet);
        }

        @Arbiter
        void look(L_Result r) {
            r.r1 = this.told.get();
        }

    }

    /**
     * One subscription is withdrawn, another one is not, while the future is completed.
     */
    @JCStressTest
    @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "withdrawn in time")
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "withdrawn too late")
    @Outcome(expect = Expect.FORBIDDEN, desc = "told twice, or another one was withdrawn as well")
    @State
    public static class WithdrawOrComplete {

        private final Promise<String> promise = new Promise<>();

        private final AtomicInteger withdrawn = new AtomicInteger();

        private final AtomicInteger kept = new AtomicInteger();

        private final Subscription subscription = Subscription.to(this.promise, this.withdrawn::incrementAndGet);

        public WithdrawOrComplete() {
            Subscription.to(this.promise, this.kept::incrementAndGet);
        }

        @Actor
        void complete() {
            this.promise.complete("result");
        }

        @Actor
        void withdraw() {
            this.subscription.cancel();
        }

        @Arbiter
        void look(LL_Result r) {
            r.r1 = this.withdrawn.get();
            r.r2 = this.kept.get();
        }

    }

    /** One subscription is withdrawn while another one is made. */
    @JCStressTest
    @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "one gone, one there")
    @Outcome(expect = Expect.FORBIDDEN, desc = "one change has overwritten the other")
    @State
    public static class WithdrawOrSubscribe {

        private final Promise<String> promise = new Promise<>();

        private final AtomicInteger withdrawn = new AtomicInteger();

        private final AtomicInteger added = new AtomicInteger();

        private final Listeners.Node node = new Listeners.Node(this.withdrawn::incrementAndGet, true);

        public WithdrawOrSubscribe() {
            this.promise.addListener(this.node);
        }

        @Actor
        void withdraw() {
            this.promise.removeListener(this.node);
        }

        @Actor
        void subscribe() {
            this.promise.addListener(new Listeners.Node(this.added::incrementAndGet, true));
        }

        @Arbiter
        void complete(LL_Result r) {
            this.promise.complete("result");
            r.r1 = this.withdrawn.get();
            r.r2 = this.added.get();
        }

    }

    /** Two futures that one waiter waits for end at the same time. */
    @JCStressTest
    @Outcome(id = "satisfied", expect = Expect.ACCEPTABLE, desc = "both were counted")
    @Outcome(expect = Expect.FORBIDDEN, desc = "one was not counted, and the waiter would wait for ever")
    @State
    public static class TwoCountedByWaiter {

        private final Promise<String> first = new Promise<>();

        private final Promise<String> second = new Promise<>();

        private final Waiter waiter = new Waiter(List.of(this.first, this.second), ReturnWhen.ALL_COMPLETED);

        @Actor
        void first() {
            this.first.complete("result");
        }

        @Actor
        void second() {
            this.second.cancel();
        }

        @Arbiter
        void look(L_Result r) {
            // whoever has to wait is interrupted at once
            Thread.currentThread().interrupt();
            try {
                this.waiter.await(Deadline.after(null));
                r.r1 = "satisfied";
            }
            catch (InterruptedException ex) {
                r.r1 = "would wait";
            }
            finally {
                Thread.interrupted();
            }
        }

    }

    /** A thread begins to wait for both of two futures while they end. */
    @JCStressTest
    @Outcome(id = "2 done, 0 not done", expect = Expect.ACCEPTABLE, desc = "woken when both had ended")
    @Outcome(expect = Expect.FORBIDDEN, desc = "woken too early or never")
    @State
    public static class WaitForAllOrComplete {

        private final Promise<String> first = new Promise<>();

        private final Promise<String> second = new Promise<>();

        @Actor
        void complete() {
            this.first.complete("result");
            this.second.cancel();
        }

        @Actor
        void await(L_Result r) {
            r.r1 = Observed.answer(
                    () -> describe(Futures.wait(List.of(this.first, this.second), BOUND, ReturnWhen.ALL_COMPLETED)));
        }

    }

    /** A thread begins to wait for a failure while one of two futures fails. */
    @JCStressTest
    @Outcome(id = "1 done, 1 not done", expect = Expect.ACCEPTABLE, desc = "woken by the failure")
    @Outcome(expect = Expect.FORBIDDEN, desc = "the failure, which is in a plain field, was missed")
    @State
    public static class WaitForFailureOrFail {

        private final Promise<String> failing = new Promise<>();

        private final Promise<String> pending = new Promise<>();

        @Actor
        void fail() {
            this.failing.completeExceptionally(new Failure("failure"));
        }

        @Actor
        void await(L_Result r) {
            r.r1 = Observed.answer(() -> describe(
                    Futures.wait(List.of(this.pending, this.failing), BOUND, ReturnWhen.FIRST_EXCEPTION)));
        }

    }

    /** A thread begins to iterate over two futures while they end. */
    @JCStressTest
    @Outcome(id = "first, second", expect = Expect.ACCEPTABLE, desc = "each once, in the order of their ends")
    @Outcome(id = "second, first", expect = Expect.ACCEPTABLE_INTERESTING,
            desc = "the first ended as it was subscribed to, and is told of by the other thread")
    @Outcome(expect = Expect.FORBIDDEN, desc = "each is returned once")
    @State
    public static class IterateOrComplete {

        private final Promise<String> first = new Promise<>();

        private final Promise<String> second = new Promise<>();

        @Actor
        void complete() {
            this.first.complete("result");
            this.second.cancel();
        }

        @Actor
        void iterate(LL_Result r) {
            Iterator<Promise<String>> iterator = Futures.asCompleted(List.of(this.first, this.second), BOUND);
            r.r1 = name(iterator.next());
            r.r2 = name(iterator.next()) + (iterator.hasNext() ? " and more" : "");
        }

        private String name(Promise<String> promise) {
            return (promise == this.first) ? "first" : "second";
        }

    }

    private static String describe(WaitResult<?> result) {
        return result.done().size() + " done, " + result.notDone().size() + " not done";
    }

}
