// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import dev.futures.pool.StillPool.StillWorker;
import org.jspecify.annotations.Nullable;
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
 * Items and workers meet: each item is given to one worker or waits, and none is lost.
 */
public class HandingOutStress {

    private static String taken(@Nullable WorkItem<?> item) {
        return (item != null) ? "taken" : "nothing";
    }

    /** An item is submitted while the only worker asks for one. */
    @JCStressTest
    @Outcome(id = "taken, worker has it, 0 queued", expect = Expect.ACCEPTABLE, desc = "submitted first")
    @Outcome(id = "nothing, worker has it, 0 queued", expect = Expect.ACCEPTABLE, desc = "idle first, then given it")
    @Outcome(expect = Expect.FORBIDDEN, desc = "lost, queued while the worker is idle, or both queued and given")
    @State
    public static class SubmitOrTake {

        private final StillPool pool = new StillPool(1);

        private final StillWorker worker = this.pool.hired();

        private final WorkItem<String> item = this.pool.item();

        @Actor
        void submit() {
            this.pool.dispatcher.submit(this.item);
        }

        @Actor
        void take(LLL_Result r) {
            r.r1 = taken(this.worker.takeItem());
        }

        @Arbiter
        void look(LLL_Result r) {
            r.r2 = this.worker.has(this.item) ? "worker has it" : "worker has nothing";
            r.r3 = this.pool.queued() + " queued";
        }

    }

    /** An item is submitted while the only worker, which is idle, looks again. */
    @JCStressTest
    @Outcome(id = "(taken|nothing), worker has it, not idle", expect = Expect.ACCEPTABLE,
            desc = "given it before it looked, or afterwards")
    @Outcome(expect = Expect.FORBIDDEN, desc = "a worker that was given an item counts as idle and gets another one")
    @State
    public static class SubmitOrLookAgain {

        private final StillPool pool = new StillPool(1);

        private final StillWorker worker = this.pool.idle();

        private final WorkItem<String> item = this.pool.item();

        @Actor
        void submit() {
            this.pool.dispatcher.submit(this.item);
        }

        @Actor
        void take(LLL_Result r) {
            r.r1 = taken(this.worker.takeItem());
        }

        @Arbiter
        void look(LLL_Result r) {
            r.r2 = this.worker.has(this.item) ? "worker has it" : "worker has nothing";
            r.r3 = this.pool.isIdle(this.worker) ? "idle" : "not idle";
        }

    }

    /** Two workers ask for the only item. */
    @JCStressTest
    @Outcome(id = "taken, nothing, 0 queued", expect = Expect.ACCEPTABLE, desc = "the first has it")
    @Outcome(id = "nothing, taken, 0 queued", expect = Expect.ACCEPTABLE, desc = "the second has it")
    @Outcome(expect = Expect.FORBIDDEN, desc = "one worker runs it, and only one")
    @State
    public static class TwoTakers {

        private final StillPool pool = new StillPool(2);

        private final StillWorker first = this.pool.hired();

        private final StillWorker second = this.pool.hired();

        public TwoTakers() {
            this.pool.submitted();
        }

        @Actor
        void first(LLL_Result r) {
            r.r1 = taken(this.first.takeItem());
        }

        @Actor
        void second(LLL_Result r) {
            r.r2 = taken(this.second.takeItem());
        }

        @Arbiter
        void look(LLL_Result r) {
            r.r3 = this.pool.queued() + " queued";
        }

    }

    /** Two items are submitted while one worker is idle. */
    @JCStressTest
    @Outcome(id = "1 handed over, 1 queued", expect = Expect.ACCEPTABLE, desc = "one runs, the other waits")
    @Outcome(expect = Expect.FORBIDDEN, desc = "one has overwritten the other, or the worker stays idle")
    @State
    public static class TwoSubmitters {

        private final StillPool pool = new StillPool(1);

        private final StillWorker worker = this.pool.idle();

        @Actor
        void first() {
            this.pool.submitted();
        }

        @Actor
        void second() {
            this.pool.submitted();
        }

        @Arbiter
        void look(LL_Result r) {
            r.r1 = this.worker.handedOver() + " handed over";
            r.r2 = this.pool.queued() + " queued";
        }

    }

    /** An item is submitted while the only worker, idle for long, retires. */
    @JCStressTest
    @Outcome(id = "kept, same worker has it, finished returned String", expect = Expect.ACCEPTABLE,
            desc = "submitted first, so the worker did not retire")
    @Outcome(id = "retired, 1 queued, finished returned String", expect = Expect.ACCEPTABLE,
            desc = "retired first; a successor runs it")
    @Outcome(expect = Expect.FORBIDDEN, desc = "given to a worker that ends, or waiting for nobody")
    @State
    public static class SubmitOrRetire {

        private final StillPool pool = new StillPool(1);

        private final StillWorker worker = this.pool.idle();

        private final WorkItem<String> item = this.pool.item();

        @Actor
        void submit() {
            this.pool.dispatcher.submit(this.item);
        }

        @Actor
        void retire(LLL_Result r) {
            r.r1 = this.worker.retireWhenIdle() ? "retired" : "kept";
        }

        @Arbiter
        void look(LLL_Result r) {
            r.r2 = this.worker.has(this.item) ? "same worker has it" : this.pool.queued() + " queued";
            this.pool.runToRest();
            r.r3 = StillPool.ending(this.item);
        }

    }

    /** An item is submitted while a worker that retired ends its thread. */
    @JCStressTest
    @Outcome(id = "1 workers, finished returned String", expect = Expect.ACCEPTABLE, desc = "a successor runs it")
    @Outcome(expect = Expect.FORBIDDEN, desc = "submitter and worker each leave hiring to the other, or both hire")
    @State
    public static class SubmitOrGone {

        private final StillPool pool = new StillPool(1);

        private final StillWorker worker = this.pool.idle();

        private final WorkItem<String> item = this.pool.item();

        public SubmitOrGone() {
            this.worker.retireWhenIdle();
        }

        @Actor
        void submit() {
            this.pool.dispatcher.submit(this.item);
        }

        @Actor
        void gone() {
            this.pool.dispatcher.gone(this.worker);
        }

        @Arbiter
        void look(LL_Result r) {
            r.r1 = this.pool.workers().size() + " workers";
            this.pool.runToRest();
            r.r2 = StillPool.ending(this.item);
        }

    }

    /**
     * An item is submitted while the thread of the only worker ends for no good reason.
     */
    @JCStressTest
    @Outcome(id = "failed|served by a successor", expect = Expect.ACCEPTABLE, desc = "the item ends")
    @Outcome(expect = Expect.FORBIDDEN, desc = "the item went with the worker, or waits for nobody")
    @State
    public static class SubmitOrCrash {

        private final StillPool pool = new StillPool(1);

        private final StillWorker worker = this.pool.idle();

        private final WorkItem<String> item = this.pool.item();

        @Actor
        void submit() {
            this.pool.dispatcher.submit(this.item);
        }

        @Actor
        void crash() {
            this.pool.dispatcher.gone(this.worker);
        }

        @Arbiter
        void look(L_Result r) {
            this.pool.runToRest();
            r.r1 = switch (StillPool.ending(this.item)) {
                case "finished raised BrokenExecutorException" -> "failed";
                case "finished returned String" -> "served by a successor";
                default -> StillPool.ending(this.item);
            };
        }

    }

    /** A pool shrinks while one of its two workers asks for an item. */
    @JCStressTest
    @Outcome(id = "(taken|nothing), 2 ended, 1 workers", expect = Expect.ACCEPTABLE,
            desc = "one worker leaves, the other runs what there is")
    @Outcome(expect = Expect.FORBIDDEN, desc = "nobody is left, too many are, or an item is lost")
    @State
    public static class ShrinkOrTake {

        private final StillPool pool = new StillPool(2);

        private final StillWorker worker = this.pool.hired();

        private final WorkItem<String> first;

        private final WorkItem<String> second;

        public ShrinkOrTake() {
            this.pool.hired();
            this.first = this.pool.submitted();
            this.second = this.pool.submitted();
        }

        @Actor
        void shrink() {
            this.pool.dispatcher.lifecycle().resize(1);
        }

        @Actor
        void take(LLL_Result r) {
            r.r1 = taken(this.worker.takeItem());
        }

        @Arbiter
        void look(LLL_Result r) {
            this.pool.runToRest();
            r.r2 = ((this.first.isDone() ? 1 : 0) + (this.second.isDone() ? 1 : 0)) + " ended";
            r.r3 = this.pool.workers().size() + " workers";
        }

    }

    /** A pool whose worker is busy grows while an item is submitted. */
    @JCStressTest
    @Outcome(id = "2 workers, finished returned String", expect = Expect.ACCEPTABLE, desc = "a new worker runs it")
    @Outcome(expect = Expect.FORBIDDEN, desc = "submitter and resize each leave hiring to the other, or both hire")
    @State
    public static class GrowOrSubmit {

        private final StillPool pool = new StillPool(1);

        private final WorkItem<String> item = this.pool.item();

        public GrowOrSubmit() {
            StillWorker busy = this.pool.idle();
            this.pool.submitted();
            busy.takeItem();
        }

        @Actor
        void grow() {
            this.pool.dispatcher.lifecycle().resize(2);
        }

        @Actor
        void submit() {
            this.pool.dispatcher.submit(this.item);
        }

        @Arbiter
        void look(LL_Result r) {
            r.r1 = this.pool.workers().size() + " workers";
            ((StillWorker) this.pool.workers().get(this.pool.workers().size() - 1)).serve();
            r.r2 = StillPool.ending(this.item);
        }

    }

}
