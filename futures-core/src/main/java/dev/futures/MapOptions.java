// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.time.Duration;
import java.util.Objects;

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
 * @param unordered whether the results come in the order in which the tasks end, instead
 * of that of the inputs; those of one chunk stay together and in order
 * @param continueAfterFailure whether the iteration goes on after an input that failed,
 * instead of cancelling the rest; inside a chunk too the other inputs have their results
 * then
 * @param taskOptions how each task, that is each chunk, is to be run; without a name, the
 * tasks are named after the code of the function
 * @param progress what is told how many inputs are done, or {@code null}
 */
public record MapOptions(@Nullable Duration timeout, int chunkSize, @Nullable Integer bufferSize, boolean unordered,
        boolean continueAfterFailure, TaskOptions taskOptions, @Nullable ProgressListener progress) {

    private static final MapOptions DEFAULTS = new MapOptions(null, 1, null, false, false, TaskOptions.none(), null);

    /**
     * Checks the sizes.
     * @param timeout how long after the call the last result may be waited for
     * @param chunkSize how many inputs travel as one task
     * @param bufferSize how many tasks may be submitted and not yet consumed
     * @param unordered whether the results come in the order in which the tasks end
     * @param continueAfterFailure whether the iteration goes on after an input that
     * failed
     * @param taskOptions how each task is to be run
     * @param progress what is told how many inputs are done
     * @throws IllegalArgumentException if a size is less than 1
     */
    public MapOptions {
        if (chunkSize < 1) {
            throw new IllegalArgumentException("chunkSize must be >= 1 but was " + chunkSize);
        }
        if (bufferSize != null && bufferSize < 1) {
            throw new IllegalArgumentException("bufferSize must be null or > 0 but was " + bufferSize);
        }
        Objects.requireNonNull(taskOptions, "taskOptions");
    }

    /**
     * Returns the defaults: no time limit, one input a task, everything submitted at the
     * call, results in the order of the inputs until the first failure.
     * @return the options
     */
    public static MapOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Returns these options with another time limit for the whole map. When it has
     * passed, the iteration ends, whatever {@link #continueAfterFailure()} says.
     * @param timeout how long after the call the last result may be waited for
     * @return the options
     */
    public MapOptions withTimeout(@Nullable Duration timeout) {
        return new MapOptions(timeout, this.chunkSize, this.bufferSize, this.unordered, this.continueAfterFailure,
                this.taskOptions, this.progress);
    }

    /**
     * Returns these options with another chunk size.
     * @param chunkSize how many inputs travel as one task
     * @return the options
     */
    public MapOptions withChunkSize(int chunkSize) {
        return new MapOptions(this.timeout, chunkSize, this.bufferSize, this.unordered, this.continueAfterFailure,
                this.taskOptions, this.progress);
    }

    /**
     * Returns these options with another buffer size.
     * @param bufferSize how many tasks may be submitted and not yet consumed
     * @return the options
     */
    public MapOptions withBufferSize(@Nullable Integer bufferSize) {
        return new MapOptions(this.timeout, this.chunkSize, bufferSize, this.unordered, this.continueAfterFailure,
                this.taskOptions, this.progress);
    }

    /**
     * Returns these options with another order of the results.
     * @param unordered whether the results come in the order in which the tasks end
     * @return the options
     */
    public MapOptions withUnordered(boolean unordered) {
        return new MapOptions(this.timeout, this.chunkSize, this.bufferSize, unordered, this.continueAfterFailure,
                this.taskOptions, this.progress);
    }

    /**
     * Returns these options with another way to treat failures. If the iteration goes on,
     * {@code next()} throws once for each input that failed. A task that fails as a
     * whole, such as one whose worker died, fails all inputs of its chunk. A function
     * that was interrupted ends its chunk, for that is how tasks are stopped: the inputs
     * behind it fail as well. In a chunk that comes back from a process, a
     * {@link RemoteTaskException} stands in for an exception that cannot be serialized.
     * @param continueAfterFailure whether the iteration goes on after an input that
     * failed
     * @return the options
     */
    public MapOptions withContinueAfterFailure(boolean continueAfterFailure) {
        return new MapOptions(this.timeout, this.chunkSize, this.bufferSize, this.unordered, continueAfterFailure,
                this.taskOptions, this.progress);
    }

    /**
     * Returns these options with other options for each task. Their limits are those of a
     * task, that is of a whole chunk.
     * @param taskOptions how each task is to be run
     * @return the options
     */
    public MapOptions withTaskOptions(TaskOptions taskOptions) {
        return new MapOptions(this.timeout, this.chunkSize, this.bufferSize, this.unordered, this.continueAfterFailure,
                taskOptions, this.progress);
    }

    /**
     * Returns these options with another progress listener.
     * @param progress what is told how many inputs are done
     * @return the options
     */
    public MapOptions withProgress(@Nullable ProgressListener progress) {
        return new MapOptions(this.timeout, this.chunkSize, this.bufferSize, this.unordered, this.continueAfterFailure,
                this.taskOptions, progress);
    }

    /**
     * Returns these options with tasks that are named after the given code unless they
     * have a name.
     * @param code the class of the code
     * @return the options
     */
    MapOptions namedAfter(Class<?> code) {
        return withTaskOptions(this.taskOptions.namedAfter(code));
    }

}
