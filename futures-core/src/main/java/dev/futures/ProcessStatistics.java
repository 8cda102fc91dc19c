// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A snapshot of the process of a worker.
 *
 * @param pid its process id
 * @param startedAt since when it has been there
 * @param tasksDone how many tasks it has run
 * @param maxTasks after how many it is replaced, or 0 for none
 * @param residentMemory how much memory it occupies, in bytes, or {@code null} where the
 * system does not tell
 * @param heapUsed how much of its heap was in use, garbage included, when it last said so
 * at the end of a task, in bytes, or {@code null} if it has not
 * @param heapMax how large its heap may become, in bytes, or {@code null} if it has not
 * said so
 */
public record ProcessStatistics(long pid, Instant startedAt, long tasksDone, int maxTasks,
        @Nullable Long residentMemory, @Nullable Long heapUsed, @Nullable Long heapMax) {

    /**
     * Returns these statistics with another resident memory.
     * @param bytes how much memory it occupies
     * @return the statistics
     */
    public ProcessStatistics withResidentMemory(long bytes) {
        return new ProcessStatistics(this.pid, this.startedAt, this.tasksDone, this.maxTasks,
                (bytes > 0) ? bytes : null, this.heapUsed, this.heapMax);
    }

}
