// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import dev.futures.pool.WorkItem;
import org.jspecify.annotations.Nullable;

/**
 * What is known about the death of a worker process, in words.
 */
final class WorkerDeath {

    private final @Nullable WorkItem<?> victim;

    private final WorkerDiedException exception;

    /**
     * Collects what is known, waiting for the process to end.
     * @param pool the pool
     * @param process the process
     * @param offence the rule that it broke, if it was killed for that
     * @param victim the item that was running there
     */
    WorkerDeath(ProcessPoolExecutor pool, WorkerProcess process, @Nullable String offence,
            @Nullable WorkItem<?> victim) {
        this.victim = victim;
        String exit = process.describeExit();
        String how = (offence != null) ? "was killed because " + offence + "," : exit;
        String when = (victim != null) ? " while running task '" + victim.name() + "'; " : " while it was idle; ";
        String message = "worker process " + process.pid() + " of pool '" + pool.name() + "' " + how + when
                + consequence(pool, victim) + hint(exit) + process.lastWords();
        this.exception = new WorkerDiedException(message, process.pid(), process.exitStatus(), process.lastLines());
    }

    private static String consequence(ProcessPoolExecutor pool, @Nullable WorkItem<?> victim) {
        if (pool.settings().deathPolicy() == DeathPolicy.STRICT) {
            return "the pool is broken";
        }
        return (victim != null) ? "only this task is lost, and the process is replaced" : "the process is replaced";
    }

    private static String hint(String exit) {
        return exit.contains("out of memory")
                ? "; if the task is not to blame, give the workers a larger heap (maxHeap)" : "";
    }

    @Nullable WorkItem<?> victim() {
        return this.victim;
    }

    String message() {
        return String.valueOf(this.exception.getMessage());
    }

    WorkerDiedException asException() {
        return this.exception;
    }

}
