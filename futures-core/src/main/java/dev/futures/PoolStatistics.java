// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A snapshot of a pool.
 *
 * @param name the name of the pool
 * @param kind the kind of its workers, such as {@code thread} or {@code process}
 * @param state its state
 * @param queueDepth how many tasks wait for a worker
 * @param queueCapacity how many may wait, or {@link Integer#MAX_VALUE}
 * @param oldestWaitingSince since when the task has waited that has waited longest, or
 * {@code null} if none waits, or no {@link PoolListener} of the pool wants to know what
 * becomes of tasks
 * @param maxWorkers how many workers there may be
 * @param tasks what became of the tasks since the pool was made
 * @param restarts how many workers died or were killed and were replaced
 * @param workers the workers there are
 * @param brokenBy why the pool is broken, or {@code null} if it is not
 */
public record PoolStatistics(String name, String kind, PoolState state, int queueDepth, int queueCapacity,
        @Nullable Instant oldestWaitingSince, int maxWorkers, TaskCounts tasks, long restarts,
        List<WorkerStatistics> workers, @Nullable Throwable brokenBy) {

    /**
     * Returns how many workers there are, starting ones included.
     * @return the number
     */
    public int liveWorkers() {
        return this.workers.size();
    }

    /**
     * Returns how many workers run a task.
     * @return the number
     */
    public int busyWorkers() {
        return count(WorkerStatistics.State.BUSY);
    }

    /**
     * Returns how many workers wait for a task.
     * @return the number
     */
    public int idleWorkers() {
        return count(WorkerStatistics.State.IDLE);
    }

    /**
     * Returns these statistics with others of the workers.
     * @param workers those of the workers
     * @return the statistics
     */
    public PoolStatistics withWorkers(List<WorkerStatistics> workers) {
        return new PoolStatistics(this.name, this.kind, this.state, this.queueDepth, this.queueCapacity,
                this.oldestWaitingSince, this.maxWorkers, this.tasks, this.restarts, workers, this.brokenBy);
    }

    private int count(WorkerStatistics.State state) {
        return (int) this.workers.stream().filter((worker) -> worker.state() == state).count();
    }

    /**
     * What became of tasks.
     *
     * @param submitted how many were accepted
     * @param succeeded how many returned a result
     * @param failed how many threw an exception or lost their worker
     * @param cancelled how many were cancelled
     * @param timedOut how many exceeded a time limit
     * @param rejected how many were not accepted
     */
    public record TaskCounts(long submitted, long succeeded, long failed, long cancelled, long timedOut,
            long rejected) {

    }

}
