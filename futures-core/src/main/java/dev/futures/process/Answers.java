// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;

import dev.futures.TaskSerializationException;
import dev.futures.pool.WorkItem;
import dev.futures.serial.Failure;
import dev.futures.serial.Payloads;
import org.jspecify.annotations.Nullable;

/**
 * Reads what children send about a task: its outcome, or where it is.
 */
final class Answers {

    private static final Logger logger = System.getLogger("dev.futures");

    /** A child may say what it likes, but not fill the log with it. */
    private static final int MAX_STACK = 128 * 1024;

    private final String poolName;

    private final Payloads payloads;

    /** What messages call the setting of the filter. */
    private final String filterName;

    Answers(String poolName, Payloads payloads, String filterName) {
        this.filterName = filterName;
        this.poolName = poolName;
        this.payloads = payloads;
    }

    /**
     * Whoever cancels a task knows why; what a task did for too long is worth knowing.
     */
    void logStack(WorkItem<?> item, Frame frame, long pid) {
        int length = Math.min(frame.payload().length, MAX_STACK);
        StringBuilder stack = new StringBuilder();
        new String(frame.payload(), 0, length, StandardCharsets.UTF_8).lines()
            .map((line) -> OutputText.of(line.getBytes(StandardCharsets.UTF_8)))
            .forEach((line) -> stack.append("\n\tat ").append(line));
        logger.log(item.cancelled() ? Level.DEBUG : Level.WARNING, "task '" + item.name() + "' in worker process " + pid
                + " of pool '" + this.poolName + "' is told to stop; it is" + stack);
    }

    /** Reads an answer, whatever it is; returns what completes the future. */
    @SuppressWarnings({ "unchecked", "NullAway" }) // the task's type says whether its
                                                   // result may be null
    <T extends @Nullable Object> Runnable completion(WorkItem<T> item, Frame frame, long pid) {
        try {
            if (frame.kind() == Frame.Kind.FAILURE) {
                String origin = "worker process " + pid + " of pool '" + this.poolName + "', task '" + item.name()
                        + "'";
                Throwable thrown = FailureFormat.fromBytes(frame.payload()).toThrowable(this.payloads, origin);
                return () -> item.completeExceptionally(thrown);
            }
            T result = (T) this.payloads.unpack(frame.parcel());
            return () -> item.complete(result);
        }
        catch (Payloads.RefusedException ex) {
            return () -> item.completeExceptionally(new TaskSerializationException("the outcome of task '" + item.name()
                    + "' could not be read: " + ex.getMessage() + SerialFilters.advice(this.filterName), ex));
        }
        catch (Throwable ex) {
            return () -> item.completeExceptionally(new TaskSerializationException(
                    "the outcome of task '" + item.name() + "' could not be read: " + Failure.describe(ex), ex));
        }
    }

}
