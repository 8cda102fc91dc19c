// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import dev.futures.BrokenExecutorException;
import dev.futures.PoolState;
import dev.futures.QueueFullException;
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

/**
 * Items are left in the inbox and taken from the outbox, without the lock, while somebody
 * who has the lock changes what is to become of them.
 */
public class BoxStress {

    private static String name(@Nullable WorkItem<?> item, WorkItem<?> a, WorkItem<?> b) {
        return (item == a) ? "a" : (item == b) ? "b" : (item == null) ? "nothing" : "another";
    }

    /** An item is left while the only worker ends its own and asks for another. */
    @JCStressTest
    @Outcome(id = "taken, worker has it, 0 queued", expect = Expect.ACCEPTABLE, desc = "left first")
    @Outcome(id = "nothing, worker has it, 0 queued", expect = Expect.ACCEPTABLE, desc = "idle first, then given it")
    @Outcome(expect = Expect.FORBIDDEN, desc = "it is left where nobody looks")
    @State
    public static class LeaveOrBecomeIdle {

        private final StillPool pool = new StillPool(1);

        private final StillWorker worker = this.pool.busy();

        private final WorkItem<String> item = this.pool.item();

        @Actor
        void submit() {
            this.pool.dispatcher.submit(this.item);
        }

        @Actor
        void take(LLL_Result r) {
            r.r1 = (this.worker.takeNextItem() != null) ? "taken" : "nothing";
        }

        @Arbiter
        void look(LLL_Result r) {
            r.r2 = this.worker.has(this.item) ? "worker has it" : "worker has nothing";
            r.r3 = this.pool.queued() + " queued";
        }

    }

    /** Two threads leave items, and none is lost or doubled. */
    @JCStressTest
    @Outcome(id = "(a, b|b, a), 0 queued", expect = Expect.ACCEPTABLE, desc = "in either order")
    @Outcome(expect = Expect.FORBIDDEN, desc = "one is lost")
    @State
    public static class TwoLeave {

        private final StillPool pool = new StillPool(1);

        private final StillWorker worker = this.pool.busy();

        private final WorkItem<String> a = this.pool.item();

        private final WorkItem<String> b = this.pool.item();

        @Actor
        void first() {
            this.pool.dispatcher.submit(this.a);
        }

        @Actor
        void second() {
            this.pool.dispatcher.submit(this.b);
        }

        @Arbiter
        void look(LLL_Result r) {
            r.r1 = name(this.worker.takeNextItem(), this.a, this.b);
            r.r2 = name(this.worker.takeNextItem(), this.a, this.b);
            r.r3 = this.pool.queued() + " queued";
        }

    }

    /** An item is left while the pool is paused. */
    @JCStressTest
    @Outcome(id = "1 queued, PAUSED", expect = Expect.ACCEPTABLE, desc = "it waits")
    @Outcome(expect = Expect.FORBIDDEN, desc = "it is lost")
    @State
    public static class LeaveOrPause {

        private final StillPool pool = new StillPool(1);

        private final StillWorker worker = this.pool.busy();

        @Actor
        void submit() {
            this.pool.submitted();
        }

        @Actor
        void pause() {
            this.pool.dispatcher.lifecycle().change(PoolState.RUNNING, PoolState.PAUSED);
        }

        @Arbiter
        void look(LL_Result r) {
            this.worker.takeNextItem();
            r.r1 = this.pool.queued() + " queued";
            r.r2 = this.pool.state();
        }

    }

    /** An item is left while the pool breaks. */
    @JCStressTest
    @Outcome(id = "finished raised BrokenExecutorException, 0 queued", expect = Expect.ACCEPTABLE, desc = "left first")
    @Outcome(id = "refused, 0 queued", expect = Expect.ACCEPTABLE, desc = "broken first")
    @Outcome(expect = Expect.FORBIDDEN, desc = "nobody tells it that the pool is broken")
    @State
    public static class LeaveOrBreak {

        private final StillPool pool = new StillPool(1);

        private final StillWorker worker = this.pool.busy();

        private final WorkItem<String> item = this.pool.item();

        private boolean refused;

        @Actor
        void submit() {
            try {
                this.pool.dispatcher.submit(this.item);
            }
            catch (BrokenExecutorException ex) {
                this.refused = true;
            }
        }

        @Actor
        void breakDown() {
            this.pool.dispatcher.lifecycle().breakDown(this.worker, "broken", null);
        }

        @Arbiter
        void look(LL_Result r) {
            r.r1 = this.refused ? "refused" : StillPool.ending(this.item);
            r.r2 = this.pool.queued() + " queued";
        }

    }

    /** A pool with two busy workers and two items handed out. */
    abstract static class HandedOut {

        final StillPool pool = new StillPool(2);

        final StillWorker first = this.pool.hired();

        final StillWorker second = this.pool.hired();

        final WorkItem<String> a;

        final WorkItem<String> b;

        HandedOut() {
            this.pool.busy(this.first);
            this.pool.busy(this.second);
            WorkItem<String> before = this.pool.submitted();
            this.a = this.pool.submitted();
            this.b = this.pool.submitted();
            if (this.first.takeNextItem() != before) {
                throw new IllegalStateException("the first item must come first");
            }
        }

    }

    /** Two workers take what was handed out. */
    @JCStressTest
    @Outcome(id = "a, b", expect = Expect.ACCEPTABLE, desc = "the first was first")
    @Outcome(id = "b, a", expect = Expect.ACCEPTABLE, desc = "the second was first")
    @Outcome(expect = Expect.FORBIDDEN, desc = "an item is lost, or two workers have it")
    @State
    public static class TwoTake extends HandedOut {

        @Actor
        void first(LL_Result r) {
            r.r1 = name(this.first.takeNextItem(), this.a, this.b);
        }

        @Actor
        void second(LL_Result r) {
            r.r2 = name(this.second.takeNextItem(), this.a, this.b);
        }

    }

    /** An item is cancelled while a worker takes it. */
    @JCStressTest
    @Outcome(id = "a, refused, 1 queued", expect = Expect.ACCEPTABLE, desc = "begun first")
    @Outcome(id = "(a|b), true, [01] queued", expect = Expect.ACCEPTABLE, desc = "cancelled before it was begun")
    @Outcome(expect = Expect.FORBIDDEN, desc = "run though it was cancelled, or miscounted")
    @State
    public static class TakeOrCancel extends HandedOut {

        private boolean begun;

        @Actor
        void take(LLL_Result r) {
            WorkItem<?> item = this.first.takeNextItem();
            r.r1 = name(item, this.a, this.b);
            this.begun = item != null && this.first.beginItem(item) && item == this.a;
        }

        @Actor
        void cancel(LLL_Result r) {
            r.r2 = this.a.cancel() ? "true" : "refused";
        }

        @Arbiter
        void look(LLL_Result r) {
            if (this.begun && this.a.cancelled()) {
                r.r1 = "begun though cancelled";
            }
            boolean hasB = this.first.has(this.b);
            int queued = this.pool.queued();
            r.r3 = (queued == (hasB ? 0 : 1)) ? queued + " queued" : "miscounted";
        }

    }

    /** Somebody looks at the queue while two workers take: items are nowhere twice. */
    @JCStressTest
    @Outcome(id = "(a, b|b, a), [012] queued", expect = Expect.ACCEPTABLE, desc = "before, between or afterwards")
    @Outcome(expect = Expect.FORBIDDEN, desc = "an item is lost, or two workers have it")
    @State
    public static class TwoTakeOrCollect extends HandedOut {

        @Actor
        void first(LLL_Result r) {
            r.r1 = name(this.first.takeNextItem(), this.a, this.b);
        }

        @Actor
        void second(LLL_Result r) {
            r.r2 = name(this.second.takeNextItem(), this.a, this.b);
        }

        @Actor
        void look(LLL_Result r) {
            r.r3 = this.pool.queued() + " queued";
        }

    }

    /** A worker takes what was handed out while it is to be replaced. */
    @JCStressTest
    @Outcome(id = "a, 1 queued", expect = Expect.ACCEPTABLE, desc = "taken first")
    @Outcome(id = "nothing, 2 queued", expect = Expect.ACCEPTABLE, desc = "let go first")
    @Outcome(expect = Expect.FORBIDDEN, desc = "lost with the worker")
    @State
    public static class TakeOrLeave extends HandedOut {

        @Actor
        void take(LL_Result r) {
            r.r1 = name(this.first.takeNextItem(), this.a, this.b);
        }

        @Actor
        void replace() {
            Pool inside = this.pool.dispatcher.pool();
            inside.lock.lock();
            try {
                inside.staff.replace(this.first);
            }
            finally {
                inside.lock.unlock();
            }
        }

        @Arbiter
        void look(LL_Result r) {
            r.r2 = this.pool.queued() + " queued";
        }

    }

    /** An item is cancelled by its number while a worker takes it. */
    @JCStressTest
    @Outcome(id = "(a|b), found", expect = Expect.ACCEPTABLE, desc = "it is always somewhere")
    @Outcome(expect = Expect.FORBIDDEN, desc = "it is neither in the queue nor with a worker")
    @State
    public static class TakeOrFind extends HandedOut {

        private final Operations operations = new Operations(this.pool.dispatcher.pool());

        private final long id = this.a.id();

        @Actor
        void take(LL_Result r) {
            r.r1 = name(this.first.takeNextItem(), this.a, this.b);
        }

        @Actor
        void find(LL_Result r) {
            r.r2 = this.operations.cancel(this.id, true) ? "found" : "not found";
        }

    }

    /** Two submit at once where there is room for one. */
    @JCStressTest
    @Outcome(id = "(accepted, refused|refused, accepted), 1 queued", expect = Expect.ACCEPTABLE, desc = "one is first")
    @Outcome(expect = Expect.FORBIDDEN, desc = "more wait than may, or fewer")
    @State
    public static class TwoForOneRoom {

        private final StillPool pool = new StillPool(1, 2, QueueFullPolicy.REJECT);

        public TwoForOneRoom() {
            this.pool.busy();
            this.pool.submitted();
        }

        private String submit() {
            try {
                this.pool.submitted();
                return "accepted";
            }
            catch (QueueFullException ex) {
                return "refused";
            }
        }

        @Actor
        void first(LLL_Result r) {
            r.r1 = submit();
        }

        @Actor
        void second(LLL_Result r) {
            r.r2 = submit();
        }

        @Arbiter
        void look(LLL_Result r) {
            r.r3 = (this.pool.queued() - 1) + " queued";
        }

    }

}
