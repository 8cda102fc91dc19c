// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.observation;

import dev.futures.Outcome;
import dev.futures.TaskInfo;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/**
 * What is known about a task that is observed. Its error, if it has one, is what the task
 * threw.
 */
public final class TaskObservationContext extends Observation.Context {

    private final String pool;

    private final TaskInfo task;

    // volatile: written by the thread that starts the task, read by the one that ends it
    private volatile @Nullable String worker;

    // volatile: written by the thread that starts the task, read by the one that ends it
    private volatile @Nullable Long pid;

    // volatile: written by the thread that ends the task
    private volatile @Nullable Outcome outcome;

    // volatile: written by the thread that ends the task
    private volatile @Nullable Throwable failure;

    TaskObservationContext(String pool, TaskInfo task) {
        this.pool = pool;
        this.task = task;
    }

    void started(String runner, @Nullable Long process) {
        this.worker = runner;
        this.pid = process;
    }

    void ended(Outcome how, @Nullable Throwable thrown) {
        this.failure = thrown;
        this.outcome = how;
    }

    @Nullable Throwable getFailure() {
        return this.failure;
    }

    /**
     * Returns the name of the pool.
     * @return the name
     */
    public String getPool() {
        return this.pool;
    }

    /**
     * Returns the task.
     * @return the task
     */
    public TaskInfo getTask() {
        return this.task;
    }

    /**
     * Returns what runs the task.
     * @return the name of a worker, or of the thread of a caller
     */
    public @Nullable String getWorker() {
        return this.worker;
    }

    /**
     * Returns the process that the task runs in.
     * @return its process id, or {@code null} if that is this JVM
     */
    public @Nullable Long getPid() {
        return this.pid;
    }

    /**
     * Returns how the task ended.
     * @return the outcome, or {@code null} as long as the task runs
     */
    public @Nullable Outcome getOutcome() {
        return this.outcome;
    }

}
