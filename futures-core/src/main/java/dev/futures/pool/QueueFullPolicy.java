// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

/**
 * What submitting does while every worker is busy and the queue is full.
 */
public enum QueueFullPolicy {

    /** Throws a {@link dev.futures.QueueFullException}. */
    REJECT,
    /**
     * Blocks until there is room. If the submitting thread is interrupted meanwhile, the
     * task is rejected and the interrupt flag set. A task of the pool itself is rejected
     * rather than blocked, since it could wait for itself.
     */
    BLOCK,
    /**
     * Runs the task in the submitting thread before {@code submit} returns. Not for pools
     * that isolate their tasks.
     */
    CALLER_RUNS

}
