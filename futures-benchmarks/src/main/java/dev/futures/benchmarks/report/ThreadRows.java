// SPDX-License-Identifier: Apache-2.0

package dev.futures.benchmarks.report;

import java.util.List;

import dev.futures.benchmarks.threads.Flood;
import dev.futures.benchmarks.threads.ManyFutures;
import dev.futures.benchmarks.threads.QueuedTask;
import dev.futures.benchmarks.threads.RoundTrip;

/**
 * What is promised of thread pools.
 */
final class ThreadRows {

    private static final Contestant JDK = Contestant.of("jdk", "JDK pool");

    private static final Contestant SUPPLY_ASYNC = Contestant.of("supplyAsync", "`supplyAsync` on the JDK pool");

    private static final Contestant FORK_JOIN = Contestant.of("forkJoin", "`ForkJoinPool` (async mode)");

    private static final Contestant VIRTUAL = Contestant.virtualThreads("virtual", "a virtual thread per task");

    private static final Contestant PYTHON = Contestant.python("python", "CPython `ThreadPoolExecutor`");

    private static final Contestant TENTH = Contestant.of("tenth", "futures, 100,000 at a time");

    private ThreadRows() {
    }

    static List<Row> all() {
        return List.of(
                Row.of("thread-flood", "thread pool, flood of no-ops, 1 and 4 submitting threads",
                        "at most half the JDK pool's time per task; at most 1.3 times ForkJoinPool's (async mode)",
                        "100,000 tasks are submitted and then awaited; every pool has 2 workers.", flood(
                                "1 submitting thread", "1"),
                        flood("4 submitting threads", "4")),
                Row.of("thread-allocation", "thread pool, bytes allocated per task",
                        "at most `supplyAsync` on the JDK pool",
                        "What all threads allocate, in the flood from one thread.", allocation()),
                Row.of("thread-round-trip", "thread pool, round trip", "no slower than the JDK pool",
                        "One task at a time is submitted and awaited; it does nothing.", roundTrip()),
                Row.of("many-futures", "`wait` and `asCompleted` over 1,000,000 futures",
                        "linear, under 1 us each; a queued task holds at most 150 B beyond what the user passed",
                        "The futures are done beforehand, or another thread completes them meanwhile, the last one first. "
                                + "Linear means: the time for each of 1,000,000 futures is at most 1.5 times that for each of "
                                + "100,000. A queued task is one that no worker has time for; what is counted includes its "
                                + "future, and all tasks are the same object.",
                        many("`wait`, done", "waiting", "done"), many("`wait`, pending", "waiting", "pending"),
                        many("`asCompleted`, done", "asCompleted", "done"),
                        many("`asCompleted`, pending", "asCompleted", "pending"), queuedTask()));
    }

    private static Measure flood(String name, String submitters) {
        return Measure.of(name, Flood.class, "flood", "ns a task")
            .with("submitters", submitters)
            .against(JDK, SUPPLY_ASYNC, FORK_JOIN, VIRTUAL, PYTHON)
            .promising(Bound.atMost(0.5, JDK.id()), Bound.atMost(1.3, FORK_JOIN.id()));
    }

    private static Measure allocation() {
        return Measure.of("", Flood.class, "flood", "B a task")
            .with("submitters", "1")
            .allocated()
            .against(SUPPLY_ASYNC, JDK, FORK_JOIN)
            .promising(Bound.atMost(1, SUPPLY_ASYNC.id()));
    }

    private static Measure roundTrip() {
        return Measure.of("", RoundTrip.class, "roundTrip", "us a task")
            .against(JDK, SUPPLY_ASYNC, FORK_JOIN, VIRTUAL, PYTHON)
            .promising(Bound.atMost(1, JDK.id()));
    }

    private static Measure many(String name, String method, String state) {
        return Measure.of(name, ManyFutures.class, method, "ns a future")
            .with("state", state)
            .against(TENTH)
            .promising(Bound.atMost(1000), Bound.atMost(1.5, TENTH.id()));
    }

    private static Measure queuedTask() {
        return Measure.of("queued task", QueuedTask.class, "held", "B")
            .secondary("bytes")
            .against(JDK, SUPPLY_ASYNC)
            .promising(Bound.atMost(150));
    }

}
