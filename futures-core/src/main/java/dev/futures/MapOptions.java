// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How {@link Executor#map(TaskFunction, Iterable, MapOptions)} goes about its work.
 * Immutable.
 *
 * @param timeout how long after the call the last result may be waited for, or
 * {@code null} for ever
 * @param chunkSize how many inputs travel as one task; more than one pays where a task is
 * shorter than its way to a worker
 * @param bufferSize how many tasks may be submitted and not yet consumed, or {@code null}
 * to submit everything at the call; needed for an infinite input
 */
public record MapOptions(@Nullable Duration timeout, int chunkSize, @Nullable Integer bufferSize) {

    private static final MapOptions DEFAULTS = new MapOptions(null, 1, null);

    /**
     * Checks the sizes.
     * @param timeout how long after the call the last result may be waited for
     * @param chunkSize how many inputs travel as one task
     * @param bufferSize how many tasks may be submitted and not yet consumed
     * @throws IllegalArgumentException if a size is less than 1
     */
    public MapOptions {
        if (chunkSize < 1) {
            throw new IllegalArgumentException("chunkSize must be >= 1 but was " + chunkSize);
        }
        if (bufferSize != null && bufferSize < 1) {
            throw new IllegalArgumentException("bufferSize must be null or > 0 but was " + bufferSize);
        }
    }

    /**
     * Returns the defaults: no time limit, one input a task, everything submitted at the
     * call.
     * @return the options
     */
    public static MapOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Returns these options with another time limit.
     * @param timeout how long after the call the last result may be waited for
     * @return the options
     */
    public MapOptions withTimeout(@Nullable Duration timeout) {
        return new MapOptions(timeout, this.chunkSize, this.bufferSize);
    }

    /**
     * Returns these options with another chunk size.
     * @param chunkSize how many inputs travel as one task
     * @return the options
     */
    public MapOptions withChunkSize(int chunkSize) {
        return new MapOptions(this.timeout, chunkSize, this.bufferSize);
    }

    /**
     * Returns these options with another buffer size.
     * @param bufferSize how many tasks may be submitted and not yet consumed
     * @return the options
     */
    public MapOptions withBufferSize(@Nullable Integer bufferSize) {
        return new MapOptions(this.timeout, this.chunkSize, bufferSize);
    }

}
