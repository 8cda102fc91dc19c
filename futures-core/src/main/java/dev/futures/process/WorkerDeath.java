// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import dev.futures.pool.WorkItem;
import org.jspecify.annotations.Nullable;

/**
 * What is known about the death of a worker process, in words.
 */
final class WorkerDeath {

    private final WorkerDiedException exception;

    /**
     * Collects what is known, waiting for the process to end.
     * @param pool the pool
     * @param process the process
     * @param offence the rule that it broke, if it was killed for that
     * @param sent the item that was sent there
     * @param again whether that had not begun and is sent to the next process
     * @param hopeless whether that has happened too often
     */
    WorkerDeath(ProcessPoolExecutor pool, WorkerProcess process, @Nullable String offence, @Nullable WorkItem<?> sent,
            boolean again, boolean hopeless) {
        String exit = process.describeExit();
        String how = (offence != null) ? "was killed because " + offence + "," : exit;
        String message = "worker process " + process.pid() + " of pool '" + pool.name() + "' " + how
                + when(sent, again || hopeless) + consequence(pool, sent, again, hopeless) + hint(pool, exit)
                + process.lastWords();
        this.exception = new WorkerDiedException(message, process.pid(), process.exitStatus(), process.lastLines());
    }

    private static String when(@Nullable WorkItem<?> sent, boolean unstarted) {
        if (sent == null) {
            return " while it was idle; ";
        }
        return (unstarted ? " before it began task '" : " while running task '") + sent.name() + "'; ";
    }

    private static String consequence(ProcessPoolExecutor pool, @Nullable WorkItem<?> sent, boolean again,
            boolean hopeless) {
        if (pool.settings().deathPolicy() == DeathPolicy.STRICT) {
            return "the pool is broken";
        }
        if (again) {
            return "the task is sent to the next process";
        }
        String lost = hopeless ? "that has happened " + Unstarted.LIMIT + " times, so the task is not sent again"
                : "only this task is lost";
        return (sent != null) ? lost + ", and the process is replaced" : "the process is replaced";
    }

    private static String hint(ProcessPoolExecutor pool, String exit) {
        return exit.contains("out of memory") ? "; if the task is not to blame, give the workers a larger heap ("
                + pool.settings().name("maxHeap") + ")" : "";
    }

    String message() {
        return String.valueOf(this.exception.getMessage());
    }

    WorkerDiedException asException() {
        return this.exception;
    }

}
