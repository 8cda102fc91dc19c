// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.util.concurrent.RejectedExecutionException;

import org.jspecify.annotations.Nullable;

/**
 * Is told what happens in pools, for metrics, traces and alarms. One listener may serve
 * many pools. Its methods are called by whatever thread has caused what they tell of (but
 * see {@link #poolBroken} and {@link #poolHealed}), and hold that up, so they must be
 * quick and must not block; no lock of the pool is held. What they throw is logged, once
 * for each pool, and has no other effect.
 */
public interface PoolListener {

    /**
     * Called by the submitting thread before the task is accepted or rejected. A pool
     * keeps since when a task has waited or run if one of its listeners returns another
     * one here, so whoever needs neither should leave this alone.
     * @param pool the name of the pool
     * @param task the task, whose id is not known yet
     * @return who is told what becomes of the task, or {@code null} for nobody
     */
    default @Nullable TaskListener taskSubmitted(String pool, TaskInfo task) {
        return null;
    }

    /**
     * Called by the submitting thread when a pool has not accepted a task, for those who
     * want to know nothing else of it.
     * @param pool the name of the pool
     * @param task the task, which has no id
     * @param rejection what the submitter gets: a {@link RejectedExecutionException} or a
     * {@link BrokenExecutorException}
     */
    default void taskRejected(String pool, TaskInfo task, RuntimeException rejection) {
    }

    /**
     * Called when a task has run, or waited, for longer than it may, for those who want
     * to know nothing else of it. The future is done by then.
     * @param pool the name of the pool
     * @param task the task
     * @param failure what its future throws, which says which limit it was
     */
    default void taskTimedOut(String pool, TaskInfo task, TaskTimeoutException failure) {
    }

    /**
     * Called when a worker has lost the process that its tasks run in, which nobody had
     * asked to end. The task that ran there, if any, is told of separately.
     * @param pool the name of the pool
     * @param worker the name of the worker
     * @param death what happened
     */
    default void workerDied(String pool, String worker, BrokenExecutorException death) {
    }

    /**
     * Called when a pool is broken and accepts no more tasks. This and
     * {@link #poolHealed} are called one at a time, in the order in which it broke and
     * was healed, so the thread may be the one that tells of another change.
     * @param pool the name of the pool
     * @param cause why
     */
    default void poolBroken(String pool, Throwable cause) {
    }

    /**
     * Called when a pool that was broken is usable again.
     * @param pool the name of the pool
     */
    default void poolHealed(String pool) {
    }

    /**
     * Is told what becomes of one task. A task that is cancelled, or runs out of time, in
     * the very moment when it is begun may be told of in either order.
     */
    interface TaskListener {

        /**
         * Called when the pool has not accepted the task; nothing else follows.
         * @param rejection what the submitter gets
         */
        default void rejected(RuntimeException rejection) {
        }

        /**
         * Called once, right before the task is run or, if it runs in another process,
         * sent there for the first time.
         * @param runner what runs it: the name of a worker, or of the thread of a caller
         * @param pid the process that it is sent to, or {@code null} if it runs in this
         * JVM; another one gets it if that dies before it has begun
         */
        default void started(String runner, @Nullable Long pid) {
        }

        /**
         * Called when it is decided how the task ends, before anybody sees it.
         * @param outcome how
         * @param failure what it failed with, or {@code null} if it succeeded or was
         * cancelled
         */
        default void ended(Outcome outcome, @Nullable Throwable failure) {
        }

    }

}
