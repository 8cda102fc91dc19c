// SPDX-License-Identifier: Apache-2.0

package dev.futures;

/**
 * What is known about a task that was submitted to a pool.
 */
public interface TaskInfo {

    /**
     * Returns the number of the task in its pool, by which it can be cancelled.
     * @return the number, or 0 as long as the pool has not accepted the task
     */
    long id();

    /**
     * Returns what messages and statistics call the task.
     * @return the name
     */
    String name();

    /**
     * Returns how the task is to be run.
     * @return the options, completed from those of the pool
     */
    TaskOptions options();

}
