// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

import dev.futures.ContextCapture;
import dev.futures.PoolListener;
import dev.futures.TaskAction;
import dev.futures.TaskOptions;
import org.jspecify.annotations.Nullable;

/**
 * Collects what every kind of pool can be told. Not safe for use by multiple threads.
 *
 * @param <B> the type of the builder
 */
public abstract class PoolBuilder<B extends PoolBuilder<B>> {

    private static final int MAX_THREADS = 32767;

    private @Nullable String name;

    private int maxWorkers;

    private int minWorkers;

    private int queueCapacity = Integer.MAX_VALUE;

    private @Nullable TaskAction initializer;

    private TaskOptions taskDefaults = TaskOptions.none();

    private QueueFullPolicy queueFullPolicy = QueueFullPolicy.REJECT;

    private @Nullable Duration keepAlive;

    private @Nullable ContextCapture contextCapture;

    private UnaryOperator<String> settingNames = UnaryOperator.identity();

    private final List<PoolListener> listeners = new ArrayList<>();

    private boolean logUnobservedFailures;

    private boolean inline;

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
     * Sets how many workers there may be: at most 32767, or 1024 processes, so that a
     * slip does not take the machine down. For virtual threads there is no limit.
     * @param maxWorkers the number, greater than 0 and within the limit
     * @return this builder
     */
    public B maxWorkers(int maxWorkers) {
        this.maxWorkers = maxWorkers;
        return self();
    }

    /**
     * Sets how many workers are started with the pool, at once, and stay even if they are
     * idle for longer than {@link #keepAlive}, so that a task need not wait for one to
     * get ready. The default is none: workers are started for tasks.
     * @param minWorkers the number, not negative and not above the maximum
     * @return this builder
     */
    public B minWorkers(int minWorkers) {
        this.minWorkers = minWorkers;
        return self();
    }

    /**
     * Sets how many tasks may wait while every worker is busy; what becomes of a further
     * one is up to the {@linkplain #queueFullPolicy policy}. The default is not to limit
     * them, as in Python.
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
     * Sets what submitting does while every worker is busy and the queue is full. The
     * default is to reject the task.
     * @param queueFullPolicy the policy
     * @return this builder
     * @throws IllegalArgumentException if a pool of this kind isolates its tasks and the
     * policy is to run them in the caller
     */
    public B queueFullPolicy(QueueFullPolicy queueFullPolicy) {
        if (queueFullPolicy == QueueFullPolicy.CALLER_RUNS && !runsTasksInThisContext()) {
            throw new IllegalArgumentException(
                    "queueFullPolicy must not be CALLER_RUNS: the task would not be isolated; use BLOCK or REJECT");
        }
        this.queueFullPolicy = Objects.requireNonNull(queueFullPolicy, "queueFullPolicy");
        return self();
    }

    /**
     * Returns whether a task of this kind of pool may as well run in the thread that
     * submits it.
     * @return {@code false} unless overridden
     */
    protected boolean runsTasksInThisContext() {
        return false;
    }

    /**
     * Sets how long a worker may be idle before it ends. Tasks go to the worker that
     * became idle last, so that a burst leaves no more workers behind than the usual load
     * needs. The default is for ever, as in Python.
     * @param keepAlive the time, greater than 0, or {@code null} for ever
     * @return this builder
     */
    public B keepAlive(@Nullable Duration keepAlive) {
        this.keepAlive = keepAlive;
        return self();
    }

    /**
     * Sets what tasks get of the context of the thread that submits them, such as a
     * logging context or the current trace. The default is nothing, as in Python.
     * @param contextCapture captures the context, or {@code null} for none
     * @return this builder
     */
    public B contextCapture(@Nullable ContextCapture contextCapture) {
        this.contextCapture = contextCapture;
        return self();
    }

    /**
     * Adds somebody who is told what happens in the pool, for metrics, traces or alarms.
     * If a listener wants to know what becomes of tasks, the pool also keeps since when
     * they have waited or run. The default is nobody.
     * @param listener the listener
     * @return this builder
     */
    public B listener(PoolListener listener) {
        this.listeners.add(Objects.requireNonNull(listener, "listener"));
        return self();
    }

    /**
     * Sets whether a failed future that nobody ever looked at is logged, as a warning,
     * once the garbage collector has found it. To look at it is to ask for its result or
     * exception, to derive a stage from it or to give it a callback; to wait for it is
     * not. An exception that refers to its own future is not found. The default is not
     * to: each task then costs a little more.
     * @param logUnobservedFailures whether to log
     * @return this builder
     */
    public B logUnobservedFailures(boolean logUnobservedFailures) {
        this.logUnobservedFailures = logUnobservedFailures;
        return self();
    }

    /**
     * Sets whether each task runs in the thread that submits it, before {@code submit}
     * returns its future, which is done then: for tests of code that uses pools. The
     * default is not to.
     * <p>
     * An inline pool starts no thread and no process, whatever its kind; it isolates and
     * serializes nothing, has no queue, and its queue time limits have no effect. A time
     * limit interrupts the submitting thread while it runs the task. The initializer runs
     * once, in the thread that submits the first task; others that submit meanwhile wait
     * for it, so it must not wait for them. While the pool is paused, a task is rejected
     * with a {@link dev.futures.QueueFullException}. A task may submit others and wait
     * for them. All else, such as statistics, shutdown, callbacks and the capture of a
     * context, is as ever.
     * @param inline whether they do
     * @return this builder
     */
    public B inline(boolean inline) {
        this.inline = inline;
        return self();
    }

    /**
     * Sets how messages of the pool call a setting that is to be changed: by the name of
     * a property, say, if that is where it comes from. The default is its name in this
     * builder, such as {@code queueCapacity}. Asked once for each that messages name,
     * when the pool is built.
     * @param settingNames returns what to call a setting, given its name in this builder
     * @return this builder
     */
    public B settingNames(UnaryOperator<String> settingNames) {
        this.settingNames = Objects.requireNonNull(settingNames, "settingNames");
        return self();
    }

    /**
     * Returns the settings.
     * @param defaultName the name of a pool that was given none
     * @return the settings
     * @throws IllegalArgumentException if a number is out of range
     */
    protected PoolSettings settings(String defaultName) {
        return new PoolSettings((this.name != null) ? this.name : defaultName, this.maxWorkers, workerLimit(),
                this.minWorkers, this.queueCapacity, this.queueFullPolicy, this.keepAlive, this.taskDefaults,
                this.contextCapture, this.logUnobservedFailures, this.inline, this.initializer, this.listeners,
                this.settingNames);
    }

    /**
     * Returns what messages call some settings, for those that only one kind of pool has.
     * @param settings their names in this builder
     * @return what to call each of them
     */
    protected UnaryOperator<String> settingNames(List<String> settings) {
        Map<String, String> names = PoolSettings.namesOf(settings, this.settingNames);
        return (setting) -> names.getOrDefault(setting, setting);
    }

    /**
     * Returns how many workers a pool of this kind may ever be given.
     * @return the number; what the JDK allows a {@code ForkJoinPool} unless the kind of
     * worker costs more than a thread, or less
     */
    protected int workerLimit() {
        return MAX_THREADS;
    }

    /**
     * Returns whether the pool was given a name.
     * @return {@code true} if so
     */
    protected boolean isNamed() {
        return this.name != null;
    }

    /**
     * Returns what each worker does before its first task, to be made part of another
     * {@link #initializer(TaskAction)}.
     * @return the initializer, or {@code null}
     */
    public @Nullable TaskAction initializer() {
        return this.initializer;
    }

    /**
     * Returns this builder as its own type.
     * @return this builder
     */
    protected abstract B self();

}
