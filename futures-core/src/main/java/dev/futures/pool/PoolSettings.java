// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

import dev.futures.ContextCapture;
import dev.futures.PoolListener;
import dev.futures.TaskAction;
import dev.futures.TaskOptions;
import org.jspecify.annotations.Nullable;

/**
 * What every kind of pool can be told.
 *
 * @param name the name of the pool
 * @param maxWorkers how many workers there may be
 * @param workerLimit how many there may ever be, however the pool is resized
 * @param minWorkers how many there are even if there is nothing to do
 * @param queueCapacity how many tasks may wait while every worker is busy
 * @param queueFullPolicy what submitting does when no more may wait
 * @param keepAlive how long a worker may be idle before it ends, or {@code null} for ever
 * @param taskDefaults options for tasks that do not say
 * @param contextCapture what of the submitter's context tasks get, or {@code null}
 * @param logUnobservedFailures whether to log a failure that nobody looked at
 * @param inline whether each task runs in the thread that submits it
 * @param initializer what an inline pool does before its first task, or {@code null}
 * @param listeners those who are told what happens in the pool
 * @param settingNames what messages call a setting, given its name in the builder
 */
public record PoolSettings(String name, int maxWorkers, int workerLimit, int minWorkers, int queueCapacity,
        QueueFullPolicy queueFullPolicy, @Nullable Duration keepAlive, TaskOptions taskDefaults,
        @Nullable ContextCapture contextCapture, boolean logUnobservedFailures, boolean inline,
        @Nullable TaskAction initializer, List<PoolListener> listeners, UnaryOperator<String> settingNames) {

    /**
     * Checks the settings.
     * @param name the name of the pool
     * @param maxWorkers how many workers there may be
     * @param workerLimit how many there may ever be, however the pool is resized
     * @param minWorkers how many there are even if there is nothing to do
     * @param queueCapacity how many tasks may wait while every worker is busy
     * @param queueFullPolicy what submitting does when no more may wait
     * @param keepAlive how long a worker may be idle before it ends
     * @param taskDefaults options for tasks that do not say
     * @param contextCapture what of the submitter's context tasks get
     * @param logUnobservedFailures whether to log a failure that nobody looked at
     * @param inline whether each task runs in the thread that submits it
     * @param initializer what an inline pool does before its first task
     * @param listeners those who are told what happens in the pool
     * @param settingNames what messages call a setting, given its name in the builder
     * @throws IllegalArgumentException if a number is out of range
     */
    public PoolSettings {
        Objects.requireNonNull(name, "name");
        if (name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("the name of a pool must not contain control characters but was '"
                    + name.replaceAll("\\p{Cntrl}", "?") + "'");
        }
        checkMaxWorkers(maxWorkers, workerLimit);
        if (minWorkers < 0 || minWorkers > maxWorkers) {
            throw new IllegalArgumentException(
                    "minWorkers must be in [0, maxWorkers = " + maxWorkers + "] but was " + minWorkers);
        }
        if (queueCapacity < 0) {
            throw new IllegalArgumentException(
                    "queueCapacity must be greater than or equal to 0 but was " + queueCapacity);
        }
        if (keepAlive != null && (keepAlive.isNegative() || keepAlive.isZero())) {
            throw new IllegalArgumentException("keepAlive must be greater than 0 but was " + keepAlive);
        }
        listeners = List.copyOf(listeners);
        // asked once, here: messages are made with the pool's lock held
        Map<String, String> names = namesOf(List.of("queueCapacity", "maxWorkers"), settingNames);
        settingNames = (setting) -> names.getOrDefault(setting, setting);
    }

    /**
     * Returns the settings of a pool that was told nothing else, and has no limit to the
     * number of workers that it may be given.
     * @param name the name of the pool
     * @param maxWorkers how many workers there may be
     * @return the settings
     * @throws IllegalArgumentException if the number is out of range
     */
    public static PoolSettings of(String name, int maxWorkers) {
        return new PoolSettings(name, maxWorkers, Integer.MAX_VALUE, 0, Integer.MAX_VALUE, QueueFullPolicy.REJECT, null,
                TaskOptions.none(), null, false, false, null, List.of(), UnaryOperator.identity());
    }

    /** Tells what is set, by its name in the builder. */
    void describe(BiConsumer<String, Object> settings) {
        settings.accept("maxWorkers", this.maxWorkers);
        settings.accept("minWorkers", this.minWorkers);
        if (this.queueCapacity < Integer.MAX_VALUE) {
            settings.accept("queueCapacity", this.queueCapacity);
        }
        settings.accept("queueFullPolicy", this.queueFullPolicy);
        if (this.keepAlive != null) {
            settings.accept("keepAlive", this.keepAlive);
        }
        if (this.taskDefaults.timeLimit() != null) {
            settings.accept("timeLimit", this.taskDefaults.timeLimit());
        }
        if (this.taskDefaults.queueTimeLimit() != null) {
            settings.accept("queueTimeLimit", this.taskDefaults.queueTimeLimit());
        }
        if (this.inline) {
            settings.accept("inline", true);
        }
        settings.accept("logUnobservedFailures", this.logUnobservedFailures);
    }

    static Map<String, String> namesOf(List<String> settings, UnaryOperator<String> settingNames) {
        Map<String, String> names = new HashMap<>();
        for (String setting : settings) {
            names.put(setting, Objects.requireNonNull(settingNames.apply(setting),
                    () -> "settingNames returned null for '" + setting + "'"));
        }
        return names;
    }

    /** Checks how many workers there may be after these settings. */
    void checkResize(int newMaximum) {
        checkMaxWorkers(newMaximum, this.workerLimit);
    }

    private static void checkMaxWorkers(int maxWorkers, int limit) {
        if (maxWorkers <= 0) {
            throw new IllegalArgumentException("maxWorkers must be greater than 0 but was " + maxWorkers);
        }
        if (maxWorkers > limit) {
            throw new IllegalArgumentException("maxWorkers must be at most " + limit + " but was " + maxWorkers
                    + "; choose a smaller number and let tasks wait");
        }
    }

}
