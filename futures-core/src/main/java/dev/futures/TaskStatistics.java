// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A snapshot of a task that waits for a worker or is running.
 *
 * @param id its number in the pool
 * @param name its name
 * @param state whether it waits or runs
 * @param priority its priority
 * @param since since when it waits or runs, or {@code null} if its pool has no
 * {@link PoolListener} that wants to know what becomes of tasks
 * @param worker the name of the worker that has it, or {@code null} if it waits, runs in
 * its submitter's thread, or has returned and its result is still to come
 */
public record TaskStatistics(long id, String name, State state, int priority, @Nullable Instant since,
        @Nullable String worker) {

    /** What a task does. */
    public enum State {

        /** Waits for a worker. */
        WAITING,
        /** Is running. */
        RUNNING

    }

}
