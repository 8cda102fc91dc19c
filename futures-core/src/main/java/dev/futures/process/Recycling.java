// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * When a process is worn out and is replaced by a fresh one, though nothing is wrong with
 * it.
 *
 * @param maxTasks after how many tasks, or 0 for never
 * @param maxMemory when more than so many bytes are resident after a task, or 0 for never
 * @param maxAge how long after it was ready, or {@code null} for never
 */
record Recycling(int maxTasks, long maxMemory, @Nullable Duration maxAge) {

    private static final Logger logger = System.getLogger("dev.futures");

    void describe(BiConsumer<String, Object> settings) {
        if (this.maxTasks > 0) {
            settings.accept("maxTasksPerChild", this.maxTasks);
        }
        if (this.maxMemory > 0) {
            settings.accept("maxMemoryPerChild", this.maxMemory);
        }
        if (this.maxAge != null) {
            settings.accept("maxAgePerChild", this.maxAge);
        }
    }

    /** Says so if the limit of memory is going to be without effect on this system. */
    void warn(String poolName, Path proc, UnaryOperator<String> names) {
        if (this.maxMemory > 0 && !ResidentMemory.isKnown(proc)) {
            logger.log(Level.WARNING,
                    names.apply("maxMemoryPerChild") + " of pool '" + poolName + "' is without effect: " + proc
                            + " does not tell the memory of processes on this system; use "
                            + names.apply("maxTasksPerChild") + " or " + names.apply("maxAgePerChild")
                            + " to have them replaced");
        }
    }

}
