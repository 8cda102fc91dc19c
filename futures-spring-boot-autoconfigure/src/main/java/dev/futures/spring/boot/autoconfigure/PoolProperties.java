// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.time.Duration;

import dev.futures.pool.QueueFullPolicy;
import org.jspecify.annotations.Nullable;

/**
 * What every kind of pool can be told; what is {@code null} is inherited.
 */
public class PoolProperties {

    /**
     * Number of workers there may be: up to 32767 platform threads or 1024 processes. By
     * default the number of processors; for threads four more, at most 32.
     */
    private @Nullable Integer maxWorkers;

    /**
     * Number of workers that are started with the pool and stay even if they are idle. A
     * pool that is there without being configured does not inherit it.
     */
    private @Nullable Integer minWorkers;

    /**
     * Time that a worker may be idle before it ends. By default for ever.
     */
    private @Nullable Duration keepAlive;

    /**
     * Number of tasks that may wait while every worker is busy.
     */
    private @Nullable Integer queueCapacity;

    /**
     * What submitting a task does while every worker is busy and the queue is full.
     * Process pools have no 'caller-runs' and do not inherit it.
     */
    private @Nullable QueueFullPolicy queueFullPolicy;

    /**
     * Time that a task may run before it is stopped, unless it has a limit of its own. By
     * default without limit.
     */
    private @Nullable Duration timeLimit;

    /**
     * Time that a task may wait for a worker before it fails, unless it has a limit of
     * its own. By default without limit.
     */
    private @Nullable Duration queueTimeLimit;

    /**
     * Priority of tasks that have none of their own. Of those that wait, the one with the
     * highest number goes first.
     */
    private @Nullable Integer priority;

    /**
     * Whether a failed future that nobody ever looked at is logged as a warning.
     */
    private @Nullable Boolean logUnobservedFailures;

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

    public @Nullable Integer getMinWorkers() {
        return this.minWorkers;
    }

    public void setMinWorkers(@Nullable Integer minWorkers) {
        this.minWorkers = minWorkers;
    }

    public @Nullable Duration getKeepAlive() {
        return this.keepAlive;
    }

    public void setKeepAlive(@Nullable Duration keepAlive) {
        this.keepAlive = keepAlive;
    }

    public @Nullable Integer getQueueCapacity() {
        return this.queueCapacity;
    }

    public void setQueueCapacity(@Nullable Integer queueCapacity) {
        this.queueCapacity = queueCapacity;
    }

    public @Nullable QueueFullPolicy getQueueFullPolicy() {
        return this.queueFullPolicy;
    }

    public void setQueueFullPolicy(@Nullable QueueFullPolicy queueFullPolicy) {
        this.queueFullPolicy = queueFullPolicy;
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

    public @Nullable Integer getPriority() {
        return this.priority;
    }

    public void setPriority(@Nullable Integer priority) {
        this.priority = priority;
    }

    public @Nullable Boolean getLogUnobservedFailures() {
        return this.logUnobservedFailures;
    }

    public void setLogUnobservedFailures(@Nullable Boolean logUnobservedFailures) {
        this.logUnobservedFailures = logUnobservedFailures;
    }

}
