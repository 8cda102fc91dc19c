// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.util.Objects;

import dev.futures.TaskOptions;

/**
 * What every kind of pool can be told.
 *
 * @param name the name of the pool
 * @param maxWorkers how many workers there may be
 * @param queueCapacity how many tasks may wait while every worker is busy
 * @param taskDefaults options for tasks that do not say
 */
public record PoolSettings(String name, int maxWorkers, int queueCapacity, TaskOptions taskDefaults) {

    /**
     * Checks the settings.
     * @param name the name of the pool
     * @param maxWorkers how many workers there may be
     * @param queueCapacity how many tasks may wait while every worker is busy
     * @param taskDefaults options for tasks that do not say
     * @throws IllegalArgumentException if a number is out of range
     */
    public PoolSettings {
        Objects.requireNonNull(name, "name");
        if (maxWorkers <= 0) {
            throw new IllegalArgumentException("maxWorkers must be greater than 0 but was " + maxWorkers);
        }
        if (queueCapacity < 0) {
            throw new IllegalArgumentException(
                    "queueCapacity must be greater than or equal to 0 but was " + queueCapacity);
        }
    }

}
