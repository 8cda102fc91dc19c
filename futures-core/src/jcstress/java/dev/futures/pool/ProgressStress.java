// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.util.concurrent.atomic.AtomicInteger;

import dev.futures.TaskProgress;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * A task reports its progress while its future ends, or while somebody begins to listen.
 */
public class ProgressStress {

    /** A running item, and how many reports a listener has heard. */
    abstract static class Reporting {

        final WorkItem<String> item = new StillPool(1).item();

        final AtomicInteger heard = new AtomicInteger();

        Reporting() {
            this.item.setRunningOrNotifyCancel();
        }

        void report() {
            this.item.report(new TaskProgress(0.5, null));
        }

        void listen() {
            this.item.addProgressListener((progress) -> this.heard.incrementAndGet());
        }

        String seen() {
            return (this.item.progress() != null) ? "a report" : "nothing";
        }

    }

    /** Whoever sees the future done sees all there will ever be. */
    @JCStressTest
    @Outcome(id = "nothing, nothing", expect = Expect.ACCEPTABLE, desc = "ended first")
    @Outcome(id = "a report, a report", expect = Expect.ACCEPTABLE, desc = "reported first")
    @Outcome(expect = Expect.FORBIDDEN, desc = "a report came after the end")
    @State
    public static class ReportOrEnd extends Reporting {

        @Actor
        void reports(LL_Result r) {
            report();
        }

        @Actor
        void ends(LL_Result r) {
            this.item.complete("result");
            r.r1 = seen();
        }

        @Arbiter
        void look(LL_Result r) {
            r.r2 = seen();
        }

    }

    /** A listener that was there before the report hears it, once. */
    @JCStressTest
    @Outcome(id = "nothing, 1", expect = Expect.ACCEPTABLE, desc = "listened first")
    @Outcome(id = "a report, 1", expect = Expect.ACCEPTABLE, desc = "listened first, and looked late")
    @Outcome(id = "a report, 0", expect = Expect.ACCEPTABLE, desc = "reported first")
    @Outcome(expect = Expect.FORBIDDEN, desc = "the report was lost, or told twice")
    @State
    public static class ReportOrListen extends Reporting {

        @Actor
        void reports(LL_Result r) {
            report();
        }

        @Actor
        void listens(LL_Result r) {
            listen();
            r.r1 = seen();
        }

        @Arbiter
        void look(LL_Result r) {
            r.r2 = this.heard.get();
        }

    }

    /** A listener that comes as the future ends is never called, and is not kept. */
    @JCStressTest
    @Outcome(id = "nothing, 0", expect = Expect.ACCEPTABLE, desc = "nothing is left to hear")
    @Outcome(expect = Expect.FORBIDDEN, desc = "it hears what comes after the end")
    @State
    public static class ListenOrEnd extends Reporting {

        @Actor
        void listens(LL_Result r) {
            listen();
        }

        @Actor
        void ends(LL_Result r) {
            this.item.complete("result");
        }

        @Arbiter
        void look(LL_Result r) {
            report();
            r.r1 = seen();
            r.r2 = this.heard.get();
        }

    }

}
