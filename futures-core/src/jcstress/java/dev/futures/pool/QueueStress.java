// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;

import dev.futures.PoolStatistics;
import dev.futures.pool.StillPool.StillWorker;
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
 * Items that wait end, are taken, or the pool does not go on: the queue never counts what
 * has ended, and nothing waits for ever.
 */
public class QueueStress {

    /** An item that waits is cancelled while a worker takes it. */
    @JCStressTest
    @Outcome(id = "refused, begun, 0 queued", expect = Expect.ACCEPTABLE, desc = "begun first")
    @Outcome(id = "cancelled, not begun, 0 queued", expect = Expect.ACCEPTABLE, desc = "cancelled first")
    @Outcome(expect = Expect.FORBIDDEN, desc = "it is either run or cancelled, and counted no longer")
    @State
    public static class CancelOrTake {

        private final StillPool pool = new StillPool(1);

        private final StillWorker worker = this.pool.hired();

        private final WorkItem<String> item = this.pool.submitted();

        @Actor
        void cancel(LLL_Result r) {
            r.r1 = this.item.cancel() ? "cancelled" : "refused";
        }

        @Actor
        void take(LLL_Result r) {
            WorkItem<?> taken = this.worker.takeItem();
            r.r2 = (taken != null && this.worker.beginItem(taken)) ? "begun" : "not begun";
        }

        @Arbiter
        void look(LLL_Result r) {
            r.r3 = this.pool.queued() + " queued";
        }

    }

    /** Of many items that wait two threads cancel half each, which sweeps the queue. */
    @JCStressTest
    @Outcome(id = "1 queued, finished returned String", expect = Expect.ACCEPTABLE, desc = "the last one is left")
    @Outcome(expect = Expect.FORBIDDEN, desc = "miscounted, or swept out with the others")
    @State
    public static class TwoCancelMany {

        private static final int MANY = 70;

        private final StillPool pool = new StillPool(1);

        private final List<WorkItem<String>> items;

        private final WorkItem<String> last;

        public TwoCancelMany() {
            this.pool.hired();
            this.items = IntStream.range(0, MANY).mapToObj((each) -> this.pool.submitted()).toList();
            this.last = this.pool.submitted();
        }

        @Actor
        void cancelFirstHalf() {
            this.items.subList(0, MANY / 2).forEach(WorkItem::cancel);
        }

        @Actor
        void cancelSecondHalf() {
            this.items.subList(MANY / 2, MANY).forEach(WorkItem::cancel);
        }

        @Arbiter
        void look(LL_Result r) {
            r.r1 = this.pool.queued() + " queued";
            this.pool.runToRest();
            r.r2 = StillPool.ending(this.last);
        }

    }

    /** Two threads submit an item and cancel it. */
    @JCStressTest
    @Outcome(id = "2 submitted, 2 cancelled, 0 queued", expect = Expect.ACCEPTABLE, desc = "all are counted")
    @Outcome(expect = Expect.FORBIDDEN, desc = "a count is lost")
    @State
    public static class TwoSubmitAndCancel {

        private final StillPool pool = new StillPool(1);

        @Actor
        void first() {
            this.pool.submitted().cancel();
        }

        @Actor
        void second() {
            this.pool.submitted().cancel();
        }

        @Arbiter
        void look(LLL_Result r) {
            PoolStatistics.TaskCounts counts = this.pool.dispatcher.pool().statistics("still").tasks();
            r.r1 = counts.submitted() + " submitted";
            r.r2 = counts.cancelled() + " cancelled";
            r.r3 = this.pool.queued() + " queued";
        }

    }

    /** An item ends, by its queue time limit for one, while it is being submitted. */
    @JCStressTest
    @Outcome(id = "cancelled, 0 queued", expect = Expect.ACCEPTABLE, desc = "not queued, or counted no longer")
    @Outcome(expect = Expect.FORBIDDEN, desc = "an item that has ended is counted among those that wait")
    @State
    public static class SubmitOrEnd {

        private final StillPool pool = new StillPool(1);

        private final WorkItem<String> item = this.pool.item();

        @Actor
        void submit() {
            this.pool.dispatcher.submit(this.item);
        }

        @Actor
        void end() {
            this.item.cancel();
        }

        @Arbiter
        void look(LL_Result r) {
            r.r1 = StillPool.ending(this.item);
            r.r2 = this.pool.queued() + " queued";
        }

    }

    /** A worker begins an item that is about to have waited too long. */
    @JCStressTest
    @Outcome(id = "begun, finished returned String, 0 queued", expect = Expect.ACCEPTABLE, desc = "begun in time")
    @Outcome(id = "not begun, finished raised TaskTimeoutException, 0 queued", expect = Expect.ACCEPTABLE,
            desc = "waited too long")
    @Outcome(expect = Expect.FORBIDDEN, desc = "it is either run or times out, and counted no longer")
    @State
    public static class TimeOutOrTake {

        private final StillPool pool = new StillPool(1);

        private final StillWorker worker = this.pool.hired();

        private final WorkItem<String> item = this.pool.submitted();

        @Actor
        void timeOut() {
            this.item.expire(false, "too late");
        }

        @Actor
        void take(LLL_Result r) {
            WorkItem<?> taken = this.worker.takeItem();
            boolean begun = taken != null && this.worker.beginItem(taken);
            if (begun) {
                this.item.complete("result");
            }
            r.r1 = begun ? "begun" : "not begun";
        }

        @Arbiter
        void look(LLL_Result r) {
            r.r2 = StillPool.ending(this.item);
            r.r3 = this.pool.queued() + " queued";
        }

    }

    /** An item that waits is stopped as it has waited too long. */
    @JCStressTest
    @Outcome(id = "cancelled, 0 queued", expect = Expect.ACCEPTABLE, desc = "stopped first")
    @Outcome(id = "finished raised TaskTimeoutException, 0 queued", expect = Expect.ACCEPTABLE,
            desc = "waited too long")
    @Outcome(expect = Expect.FORBIDDEN, desc = "it ends one way, and is counted no longer")
    @State
    public static class TimeOutOrStop {

        private final StillPool pool = new StillPool(1);

        private final WorkItem<String> item = this.pool.submitted();

        @Actor
        void timeOut() {
            this.item.expire(false, "too late");
        }

        @Actor
        void stop() {
            this.item.cancel(true);
        }

        @Arbiter
        void look(LL_Result r) {
            r.r1 = StillPool.ending(this.item);
            r.r2 = this.pool.queued() + " queued";
        }

    }

    /** Somebody looks at an item that waits as it has waited too long. */
    @JCStressTest
    @Outcome(id = "not running", expect = Expect.ACCEPTABLE, desc = "no worker has begun it")
    @Outcome(expect = Expect.FORBIDDEN, desc = "a task that only waits is never reported as running")
    @State
    public static class TimeOutOrLook {

        private final StillPool pool = new StillPool(1);

        private final WorkItem<String> item = this.pool.submitted();

        @Actor
        void timeOut() {
            this.item.expire(false, "too late");
        }

        @Actor
        void look(L_Result r) {
            r.r1 = this.item.running() ? "running" : "not running";
        }

    }

    /** An item is submitted while the pool is shut down and cancels what waits. */
    @JCStressTest
    @Outcome(id = "accepted, cancelled, TERMINATED", expect = Expect.ACCEPTABLE, desc = "submitted first")
    @Outcome(id = "rejected, pending, TERMINATED", expect = Expect.ACCEPTABLE, desc = "shut down first")
    @Outcome(expect = Expect.FORBIDDEN, desc = "what was accepted ends, and so does the pool")
    @State
    public static class SubmitOrShutdown {

        private final StillPool pool = new StillPool(1);

        private final WorkItem<String> item = this.pool.item();

        @Actor
        void submit(LLL_Result r) {
            r.r1 = trySubmit(this.pool, this.item);
        }

        @Actor
        void shutdown() {
            this.pool.dispatcher.lifecycle().shutdown(true);
        }

        @Arbiter
        void look(LLL_Result r) {
            this.pool.runToRest();
            r.r2 = StillPool.ending(this.item);
            r.r3 = this.pool.state();
        }

    }

    /** An item is submitted while a pool with an idle worker is shut down. */
    @JCStressTest
    @Outcome(id = "accepted, finished returned String, TERMINATED", expect = Expect.ACCEPTABLE,
            desc = "submitted first, so the worker runs it")
    @Outcome(id = "rejected, pending, TERMINATED", expect = Expect.ACCEPTABLE, desc = "shut down first")
    @Outcome(expect = Expect.FORBIDDEN, desc = "what was accepted is run, and the pool ends")
    @State
    public static class HandOverOrShutdown {

        private final StillPool pool = new StillPool(1);

        private final WorkItem<String> item = this.pool.item();

        public HandOverOrShutdown() {
            this.pool.idle();
        }

        @Actor
        void submit(LLL_Result r) {
            r.r1 = trySubmit(this.pool, this.item);
        }

        @Actor
        void shutdown() {
            this.pool.dispatcher.lifecycle().shutdown(false);
        }

        @Arbiter
        void look(LLL_Result r) {
            this.pool.runToRest();
            r.r2 = StillPool.ending(this.item);
            r.r3 = this.pool.state();
        }

    }

    /** A worker serves the queue while the pool is shut down and cancels what waits. */
    @JCStressTest
    @Outcome(id = "(finished returned String|cancelled), TERMINATED", expect = Expect.ACCEPTABLE,
            desc = "run or cancelled")
    @Outcome(expect = Expect.FORBIDDEN, desc = "what was accepted ends, and so does the pool")
    @State
    public static class ServeOrShutdown {

        private final StillPool pool = new StillPool(1);

        private final StillWorker worker = this.pool.hired();

        private final WorkItem<String> item = this.pool.submitted();

        @Actor
        void serve() {
            this.worker.serve();
        }

        @Actor
        void shutdown() {
            this.pool.dispatcher.lifecycle().shutdown(true);
        }

        @Arbiter
        void look(LL_Result r) {
            this.pool.runToRest();
            r.r1 = StillPool.ending(this.item);
            r.r2 = this.pool.state();
        }

    }

    static String trySubmit(StillPool pool, WorkItem<?> item) {
        try {
            pool.dispatcher.submit(item);
            return "accepted";
        }
        catch (RejectedExecutionException ex) {
            return "rejected";
        }
    }

}
