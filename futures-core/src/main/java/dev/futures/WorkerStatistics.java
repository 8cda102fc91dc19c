// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A snapshot of one worker of a pool.
 *
 * @param name the name of the worker, which is also that of its thread in this JVM
 * @param pid the process that its tasks run in, or {@code null} if that is this JVM or
 * the process is not there yet
 * @param state what it does
 * @param task the name of the task that it runs, or {@code null}
 * @param since since when it has been in this state
 * @param tasksDone how many tasks it has run
 * @param restarts how often its process died or was killed
 * @param progress what the task that it runs last reported, or {@code null}
 */
public record WorkerStatistics(String name, @Nullable Long pid, State state, @Nullable String task, Instant since,
        long tasksDone, long restarts, @Nullable TaskProgress progress) {

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
