// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring;

/**
 * Published when a time limit of a task has expired, whether it ran or was still waiting.
 */
public class TaskTimedOutEvent extends PoolEvent {

    private static final long serialVersionUID = 1L;

    private final long taskId;

    private final String task;

    private final Throwable failure;

    /**
     * Creates an event.
     * @param pool the name of the pool
     * @param taskId the number of the task in its pool
     * @param task the name of the task
     * @param failure what its future throws
     */
    public TaskTimedOutEvent(String pool, long taskId, String task, Throwable failure) {
        super(pool);
        this.taskId = taskId;
        this.task = task;
        this.failure = failure;
    }

    /**
     * Returns the number of the task in its pool.
     * @return the number
     */
    public long getTaskId() {
        return this.taskId;
    }

    /**
     * Returns the name of the task.
     * @return the name
     */
    public String getTask() {
        return this.task;
    }

    /**
     * Returns what the future of the task throws, which says which limit it was.
     * @return a {@link dev.futures.TaskTimeoutException}
     */
    public Throwable getFailure() {
        return this.failure;
    }

}
