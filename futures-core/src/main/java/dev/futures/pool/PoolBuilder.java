// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.util.Objects;

import dev.futures.TaskAction;
import dev.futures.TaskOptions;
import org.jspecify.annotations.Nullable;

/**
 * Collects what every kind of pool can be told. Not safe for use by multiple threads.
 *
 * @param <B> the type of the builder
 */
public abstract class PoolBuilder<B extends PoolBuilder<B>> {

    private @Nullable String name;

    private int maxWorkers;

    private int queueCapacity = Integer.MAX_VALUE;

    private @Nullable TaskAction initializer;

    private TaskOptions taskDefaults = TaskOptions.none();

    /**
     * Creates a builder.
     * @param maxWorkers how many workers there may be unless told otherwise
     */
    protected PoolBuilder(int maxWorkers) {
        this.maxWorkers = maxWorkers;
    }

    /**
     * Sets the name of the pool, which its threads, messages and statistics carry. The
     * default is the class name and a number.
     * @param name the name
     * @return this builder
     */
    public B name(String name) {
        this.name = Objects.requireNonNull(name, "name");
        return self();
    }

    /**
     * Sets how many workers there may be.
     * @param maxWorkers the number, greater than 0
     * @return this builder
     */
    public B maxWorkers(int maxWorkers) {
        this.maxWorkers = maxWorkers;
        return self();
    }

    /**
     * Sets how many tasks may wait while every worker is busy; a further one is rejected
     * with a {@link dev.futures.QueueFullException}. The default is not to limit them, as
     * in Python.
     * @param queueCapacity the number, 0 for none
     * @return this builder
     */
    public B queueCapacity(int queueCapacity) {
        this.queueCapacity = queueCapacity;
        return self();
    }

    /**
     * Sets what each worker does before its first task. If it throws, the pool is broken.
     * @param initializer the action, which runs where the tasks run
     * @return this builder
     */
    public B initializer(@Nullable TaskAction initializer) {
        this.initializer = initializer;
        return self();
    }

    /**
     * Sets the options of tasks that do not say.
     * @param taskDefaults the options
     * @return this builder
     */
    public B taskDefaults(TaskOptions taskDefaults) {
        this.taskDefaults = Objects.requireNonNull(taskDefaults, "taskDefaults");
        return self();
    }

    /**
     * Returns the settings.
     * @param defaultName the name of a pool that was given none
     * @return the settings
     * @throws IllegalArgumentException if a number is out of range
     */
    protected PoolSettings settings(String defaultName) {
        return new PoolSettings((this.name != null) ? this.name : defaultName, this.maxWorkers, this.queueCapacity,
                this.taskDefaults);
    }

    /**
     * Returns whether the pool was given a name.
     * @return {@code true} if so
     */
    protected boolean isNamed() {
        return this.name != null;
    }

    /**
     * Returns the initializer.
     * @return the initializer, or {@code null}
     */
    protected @Nullable TaskAction initializer() {
        return this.initializer;
    }

    /**
     * Returns this builder as its own type.
     * @return this builder
     */
    protected abstract B self();

}
