// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring;

/**
 * Published when a pool has not accepted a task, by the thread that submits it and before
 * that gets the exception.
 */
public class TaskRejectedEvent extends PoolEvent {

    private static final long serialVersionUID = 1L;

    private final String task;

    private final RuntimeException rejection;

    /**
     * Creates an event.
     * @param pool the name of the pool
     * @param task the name of the task
     * @param rejection what the submitter gets
     */
    public TaskRejectedEvent(String pool, String task, RuntimeException rejection) {
        super(pool);
        this.task = task;
        this.rejection = rejection;
    }

    /**
     * Returns the name of the task.
     * @return the name
     */
    public String getTask() {
        return this.task;
    }

    /**
     * Returns what the submitter gets.
     * @return a {@link java.util.concurrent.RejectedExecutionException}, such as a
     * {@link dev.futures.QueueFullException}, or a
     * {@link dev.futures.BrokenExecutorException}
     */
    public RuntimeException getRejection() {
        return this.rejection;
    }

}
