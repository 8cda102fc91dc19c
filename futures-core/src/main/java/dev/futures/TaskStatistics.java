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
 * {@link PoolListener} and does not keep that
 */
public record TaskStatistics(long id, String name, State state, int priority, @Nullable Instant since) {

    /** What a task does. */
    public enum State {

        /** Waits for a worker. */
        WAITING,
        /** Is running. */
        RUNNING

    }

}
