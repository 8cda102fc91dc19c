// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.util.concurrent.atomic.AtomicInteger;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;
import org.openjdk.jcstress.infra.results.Z_Result;

/**
 * A worker ends its work and looks whether anybody waits for that, while somebody says
 * that he waits and looks whether it works.
 */
public class DeskStress {

    /** The work ends with its item. */
    @JCStressTest
    @Outcome(id = "false, true", expect = Expect.FORBIDDEN, desc = "who waits is not told")
    @Outcome(expect = Expect.ACCEPTABLE, desc = "told, or need not wait")
    @State
    public static class End {

        private final Desk desk = new Desk();

        private final AtomicInteger waiting = new AtomicInteger();

        public End() {
            this.desk.assign(new StillPool(1).item());
        }

        @Actor
        void worker(ZZ_Result r) {
            this.desk.end();
            r.r1 = this.waiting.get() > 0;
        }

        @Actor
        void waiter(ZZ_Result r) {
            this.waiting.incrementAndGet();
            r.r2 = this.desk.isAtWork();
        }

    }

    /** The work ends with the completion of a future. */
    @JCStressTest
    @Outcome(id = "false, true", expect = Expect.FORBIDDEN, desc = "who waits is not told")
    @Outcome(expect = Expect.ACCEPTABLE, desc = "told, or need not wait")
    @State
    public static class EndConcluding {

        private final Desk desk = new Desk();

        private final AtomicInteger waiting = new AtomicInteger();

        public EndConcluding() {
            this.desk.assign(new StillPool(1).item());
            this.desk.startConcluding();
        }

        @Actor
        void worker(ZZ_Result r) {
            this.desk.endConcluding();
            r.r1 = this.waiting.get() > 0;
        }

        @Actor
        void waiter(ZZ_Result r) {
            this.waiting.incrementAndGet();
            r.r2 = this.desk.isAtWork();
        }

    }

    /**
     * Whoever looks while the future is about to be completed finds the worker at work.
     */
    @JCStressTest
    @Outcome(id = "true", expect = Expect.ACCEPTABLE, desc = "it has the item, or concludes")
    @Outcome(expect = Expect.FORBIDDEN, desc = "neither")
    @State
    public static class StartConcluding {

        private final Desk desk = new Desk();

        public StartConcluding() {
            this.desk.assign(new StillPool(1).item());
        }

        @Actor
        void worker() {
            this.desk.startConcluding();
        }

        @Actor
        void waiter(Z_Result r) {
            r.r1 = this.desk.isAtWork();
        }

    }

}
