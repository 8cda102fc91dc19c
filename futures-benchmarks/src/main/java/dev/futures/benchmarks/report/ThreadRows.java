// SPDX-License-Identifier: Apache-2.0

package dev.futures.benchmarks.report;

import java.util.List;

import dev.futures.benchmarks.threads.Flood;

/**
 * What is promised of thread pools.
 */
final class ThreadRows {

    private static final Contestant JDK = Contestant.of("jdk", "JDK pool");

    private static final Contestant SUPPLY_ASYNC = Contestant.of("supplyAsync", "`supplyAsync` on the JDK pool");

    private static final Contestant FORK_JOIN = Contestant.of("forkJoin", "`ForkJoinPool` (async mode)");

    private static final Contestant VIRTUAL = Contestant.virtualThreads("virtual", "a virtual thread per task");

    private static final Contestant PYTHON = Contestant.python("python", "CPython `ThreadPoolExecutor`");

    private ThreadRows() {
    }

    static List<Row> all() {
        return List.of(Row.of("thread pool, flood of no-ops, 1 and 4 submitting threads",
                "at most half the JDK pool's time per task; at most 1.3 times ForkJoinPool's (async mode)",
                "100,000 tasks are submitted and then awaited; every pool has 2 workers.",
                flood("1 submitting thread", "1"), flood("4 submitting threads", "4")));
    }

    private static Measure flood(String name, String submitters) {
        return Measure.of(name, Flood.class, "flood", "ns a task")
            .with("submitters", submitters)
            .against(JDK, SUPPLY_ASYNC, FORK_JOIN, VIRTUAL, PYTHON)
            .promising(Bound.atMost(0.5, JDK.id()), Bound.atMost(1.3, FORK_JOIN.id()));
    }

}
