// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A snapshot of one worker of a pool.
 *
 * @param name the name of the worker, which is also that of its thread in this JVM
 * @param state what it does
 * @param since since when it has been in this state
 * @param startedAt since when there has been this worker
 * @param taskId the number of the task that it runs, or {@code null}
 * @param task the name of the task that it runs, or {@code null}
 * @param progress what the task that it runs last reported, or {@code null}
 * @param tasksDone how many tasks it has run
 * @param restarts how often its process died or was killed
 * @param process the process that its tasks run in, or {@code null} if that is this JVM
 * or the process is not there yet
 */
public record WorkerStatistics(String name, State state, Instant since, Instant startedAt, @Nullable Long taskId,
        @Nullable String task, @Nullable TaskProgress progress, long tasksDone, long restarts,
        @Nullable ProcessStatistics process) {

    /**
     * Returns the process that its tasks run in.
     * @return its process id, or {@code null} if that is this JVM or the process is not
     * there yet
     */
    public @Nullable Long pid() {
        return (this.process != null) ? this.process.pid() : null;
    }

    /**
     * Returns these statistics with others of the process.
     * @param process those of the process
     * @return the statistics
     */
    public WorkerStatistics withProcess(@Nullable ProcessStatistics process) {
        return new WorkerStatistics(this.name, this.state, this.since, this.startedAt, this.taskId, this.task,
                this.progress, this.tasksDone, this.restarts, process);
    }

    /** What a worker does. */
    public enum State {

        /** Gets ready: starts its process, runs the initializer. */
        STARTING,
        /** Waits for a task. */
        IDLE,
        /** Runs a task. */
        BUSY

    }

}
