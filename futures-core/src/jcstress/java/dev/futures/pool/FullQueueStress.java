// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.util.Timer;
import java.util.TimerTask;

import dev.futures.pool.StillPool.StillWorker;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * Somebody submits to a full queue and blocks until there is room: whatever ends that
 * wait wakes the submitter.
 */
public class FullQueueStress {

    /** A pool whose worker is busy, whose queue is full, and an item to be submitted. */
    abstract static class Full {

        final StillPool pool = new StillPool(1, 1, QueueFullPolicy.BLOCK);

        final StillWorker worker = this.pool.idle();

        final WorkItem<String> item = this.pool.item();

        final WorkItem<String> queued;

        Full() {
            this.pool.submitted();
            this.queued = this.pool.submitted();
        }

        String submit() {
            try (Bound bound = new Bound()) {
                String answer = QueueStress.trySubmit(this.pool, this.item);
                return bound.expired() ? "not woken" : answer;
            }
        }

    }

    /** The worker ends its item and takes the one that waits. */
    @JCStressTest
    @Outcome(id = "accepted, 1 queued", expect = Expect.ACCEPTABLE, desc = "waits in the other one's place")
    @Outcome(expect = Expect.FORBIDDEN, desc = "the submitter was not woken, or has got no room")
    @State
    public static class SubmitOrTake extends Full {

        @Actor
        void submit(LL_Result r) {
            r.r1 = submit();
        }

        @Actor
        void take() {
            this.worker.endItem();
            this.worker.takeItem();
        }

        @Arbiter
        void look(LL_Result r) {
            r.r2 = this.pool.queued() + " queued";
        }

    }

    /** The item that waits is cancelled. */
    @JCStressTest
    @Outcome(id = "accepted, 1 queued", expect = Expect.ACCEPTABLE, desc = "waits in the other one's place")
    @Outcome(expect = Expect.FORBIDDEN, desc = "the submitter was not woken, or has got no room")
    @State
    public static class SubmitOrCancelOther extends Full {

        @Actor
        void submit(LL_Result r) {
            r.r1 = submit();
        }

        @Actor
        void cancel() {
            this.queued.cancel();
        }

        @Arbiter
        void look(LL_Result r) {
            r.r2 = this.pool.queued() + " queued";
        }

    }

    /** The item that is being submitted ends itself, by its queue time limit for one. */
    @JCStressTest
    @Outcome(id = "accepted, 1 queued", expect = Expect.ACCEPTABLE, desc = "no reason to wait any longer")
    @Outcome(expect = Expect.FORBIDDEN, desc = "the submitter waits for room that nobody needs")
    @State
    public static class SubmitOrEnd extends Full {

        @Actor
        void submit(LL_Result r) {
            r.r1 = submit();
        }

        @Actor
        void end() {
            this.item.cancel();
        }

        @Arbiter
        void look(LL_Result r) {
            r.r2 = this.pool.queued() + " queued";
        }

    }

    /** The pool gets another worker. */
    @JCStressTest
    @Outcome(id = "accepted, 2 queued", expect = Expect.ACCEPTABLE, desc = "the new worker will come")
    @Outcome(expect = Expect.FORBIDDEN, desc = "the submitter was not woken, or has got no room")
    @State
    public static class SubmitOrGrow extends Full {

        @Actor
        void submit(LL_Result r) {
            r.r1 = submit();
        }

        @Actor
        void grow() {
            this.pool.dispatcher.lifecycle().resize(2);
        }

        @Arbiter
        void look(LL_Result r) {
            r.r2 = this.pool.queued() + " queued";
        }

    }

    /** The pool is shut down. */
    @JCStressTest
    @Outcome(id = "rejected, 1 queued", expect = Expect.ACCEPTABLE, desc = "told that it is too late")
    @Outcome(expect = Expect.FORBIDDEN, desc = "the submitter was not woken, or let in")
    @State
    public static class SubmitOrShutdown extends Full {

        @Actor
        void submit(LL_Result r) {
            r.r1 = submit();
        }

        @Actor
        void shutdown() {
            this.pool.dispatcher.lifecycle().shutdown(false);
        }

        @Arbiter
        void look(LL_Result r) {
            r.r2 = this.pool.queued() + " queued";
        }

    }

    /** Interrupts the thread that made it if that is not through in ten seconds. */
    private static final class Bound implements AutoCloseable {

        private static final long LIMIT_NANOS = 10_000_000_000L;

        private static final Timer TIMER = new Timer("bound", true);

        // written by the thread that waits, read by the timer; one at a time
        private static volatile @Nullable Bound current;

        static {
            TIMER.schedule(new TimerTask() {
                @Override
                public void run() {
                    Bound bound = current;
                    if (bound != null) {
                        bound.check();
                    }
                }
            }, 1000, 1000);
        }

        private final Thread thread = Thread.currentThread();

        private final long since = System.nanoTime();

        private volatile boolean expired;

        Bound() {
            current = this;
        }

        private void check() {
            if (System.nanoTime() - this.since > LIMIT_NANOS) {
                this.expired = true;
                this.thread.interrupt();
            }
        }

        boolean expired() {
            return this.expired;
        }

        @Override
        public void close() {
            current = null;
            Thread.interrupted();
        }

    }

}
