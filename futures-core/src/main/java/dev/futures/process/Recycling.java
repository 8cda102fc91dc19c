// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.time.Duration;

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

}
