// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

/**
 * Where an item is: ELSEWHERE -> QUEUED -> DEAD_IN_QUEUE | ELSEWHERE | HANDED_OUT, and
 * HANDED_OUT -> QUEUED.
 */
enum Place {

    /** Not in the queue, or not any more. */
    ELSEWHERE,
    /** In the queue, waiting for a worker. */
    QUEUED,
    /** In the queue, but its future has ended. */
    DEAD_IN_QUEUE,
    /** Where any worker may take it; unless it is there it has been taken. */
    HANDED_OUT

}
