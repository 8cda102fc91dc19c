// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

/**
 * What the death of a worker process means for its pool.
 */
public enum DeathPolicy {

    /**
     * Only the task that was running there fails; the process is replaced and the other
     * tasks lose nothing.
     */
    HEAL,
    /**
     * Python's rule: the pool is broken, and every task that has not ended fails.
     */
    STRICT

}
