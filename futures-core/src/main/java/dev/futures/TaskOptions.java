// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How one task is to be run. Immutable; what is {@code null} is left to the pool.
 *
 * @param name what statistics, messages and logs call the task
 * @param timeLimit how long the task may run before it is stopped and its future fails
 * with a {@link TaskTimeoutException}
 * @param queueTimeLimit how long the task may wait for a worker before its future fails
 * with a {@link TaskTimeoutException}
 * @param priority which of the tasks that wait goes first: the one with the highest
 * number, and the oldest of those; without any it is 0
 */
public record TaskOptions(@Nullable String name, @Nullable Duration timeLimit, @Nullable Duration queueTimeLimit,
        @Nullable Integer priority) {

    private static final TaskOptions NONE = new TaskOptions(null, null, null, null);

    /**
     * Checks the limits.
     * @param name what statistics, messages and logs call the task
     * @param timeLimit how long the task may run
     * @param queueTimeLimit how long the task may wait for a worker
     * @param priority which of the tasks that wait goes first
     * @throws IllegalArgumentException if a limit is not positive
     */
    public TaskOptions {
        requirePositive("timeLimit", timeLimit);
        requirePositive("queueTimeLimit", queueTimeLimit);
    }

    /**
     * Returns options that leave everything to the pool.
     * @return the options
     */
    public static TaskOptions none() {
        return NONE;
    }

    /**
     * Returns options with a name.
     * @param name what statistics, messages and logs call the task
     * @return the options
     */
    public static TaskOptions named(String name) {
        return NONE.withName(name);
    }

    /**
     * Returns these options with another name.
     * @param name the name
     * @return the options
     */
    public TaskOptions withName(@Nullable String name) {
        return new TaskOptions(name, this.timeLimit, this.queueTimeLimit, this.priority);
    }

    /**
     * Returns these options with another time limit.
     * @param timeLimit how long the task may run
     * @return the options
     */
    public TaskOptions withTimeLimit(@Nullable Duration timeLimit) {
        return new TaskOptions(this.name, timeLimit, this.queueTimeLimit, this.priority);
    }

    /**
     * Returns these options with another queue time limit.
     * @param queueTimeLimit how long the task may wait for a worker
     * @return the options
     */
    public TaskOptions withQueueTimeLimit(@Nullable Duration queueTimeLimit) {
        return new TaskOptions(this.name, this.timeLimit, queueTimeLimit, this.priority);
    }

    /**
     * Returns these options with another priority.
     * @param priority the priority; the highest number goes first, and may keep others
     * waiting for ever
     * @return the options
     */
    public TaskOptions withPriority(@Nullable Integer priority) {
        return new TaskOptions(this.name, this.timeLimit, this.queueTimeLimit, priority);
    }

    /**
     * Returns what a task is called that was not given a name: after the class that its
     * code is in.
     * @param code the class of the code, such as that of a lambda
     * @return the name
     */
    public static String defaultName(Class<?> code) {
        String simpleName = code.getName().substring(code.getName().lastIndexOf('.') + 1);
        int lambda = simpleName.indexOf("$$Lambda");
        return (lambda < 0) ? simpleName : "lambda in " + simpleName.substring(0, lambda);
    }

    /**
     * Returns these options, named after the given code unless they have a name.
     * @param code the class of the code
     * @return the options
     */
    TaskOptions namedAfter(Class<?> code) {
        return (this.name != null) ? this : withName(defaultName(code));
    }

    /**
     * Returns these options, completed from others where they say nothing.
     * @param defaults the others
     * @return the options
     */
    public TaskOptions orElse(TaskOptions defaults) {
        if (defaults.equals(NONE)) {
            return this;
        }
        return new TaskOptions((this.name != null) ? this.name : defaults.name,
                (this.timeLimit != null) ? this.timeLimit : defaults.timeLimit,
                (this.queueTimeLimit != null) ? this.queueTimeLimit : defaults.queueTimeLimit,
                (this.priority != null) ? this.priority : defaults.priority);
    }

    private static void requirePositive(String what, @Nullable Duration limit) {
        if (limit != null && (limit.isNegative() || limit.isZero())) {
            throw new IllegalArgumentException(what + " must be greater than 0 but was " + limit);
        }
    }

}
