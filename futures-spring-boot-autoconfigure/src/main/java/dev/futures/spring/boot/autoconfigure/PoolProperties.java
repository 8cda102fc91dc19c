// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.time.Duration;

import dev.futures.TaskOptions;
import dev.futures.pool.PoolBuilder;
import org.jspecify.annotations.Nullable;

/**
 * What every kind of pool can be told; what is {@code null} is inherited.
 */
public class PoolProperties {

    /** Bounded, so that a flood is refused rather than kept until the memory is full. */
    private static final int DEFAULT_QUEUE_CAPACITY = 1000;

    /**
     * Number of workers there may be. By default the number of processors, plus four for
     * threads.
     */
    private @Nullable Integer maxWorkers;

    /**
     * Number of tasks that may wait while every worker is busy; further ones are
     * rejected. By default 1000.
     */
    private @Nullable Integer queueCapacity;

    /**
     * Time that a task may run before it is stopped. By default without limit.
     */
    private @Nullable Duration timeLimit;

    /**
     * Time that a task may wait for a worker before it fails. By default without limit.
     */
    private @Nullable Duration queueTimeLimit;

    /**
     * Creates properties that leave everything to the defaults.
     */
    public PoolProperties() {
    }

    public @Nullable Integer getMaxWorkers() {
        return this.maxWorkers;
    }

    public void setMaxWorkers(@Nullable Integer maxWorkers) {
        this.maxWorkers = maxWorkers;
    }

    public @Nullable Integer getQueueCapacity() {
        return this.queueCapacity;
    }

    public void setQueueCapacity(@Nullable Integer queueCapacity) {
        this.queueCapacity = queueCapacity;
    }

    public @Nullable Duration getTimeLimit() {
        return this.timeLimit;
    }

    public void setTimeLimit(@Nullable Duration timeLimit) {
        this.timeLimit = timeLimit;
    }

    public @Nullable Duration getQueueTimeLimit() {
        return this.queueTimeLimit;
    }

    public void setQueueTimeLimit(@Nullable Duration queueTimeLimit) {
        this.queueTimeLimit = queueTimeLimit;
    }

    /** Tells a builder what these properties and, where they are silent, others say. */
    void applyTo(PoolBuilder<?> builder, PoolProperties defaults) {
        Integer workers = (this.maxWorkers != null) ? this.maxWorkers : defaults.maxWorkers;
        if (workers != null) {
            builder.maxWorkers(workers);
        }
        Integer capacity = (this.queueCapacity != null) ? this.queueCapacity : defaults.queueCapacity;
        builder.queueCapacity((capacity != null) ? capacity : DEFAULT_QUEUE_CAPACITY);
        builder.taskDefaults(taskOptions().orElse(defaults.taskOptions()));
    }

    private TaskOptions taskOptions() {
        return TaskOptions.none().withTimeLimit(this.timeLimit).withQueueTimeLimit(this.queueTimeLimit);
    }

}
