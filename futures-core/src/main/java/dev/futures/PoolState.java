// SPDX-License-Identifier: Apache-2.0

package dev.futures;

/**
 * The life of a pool: it is running or paused, then shutting down and at last terminated;
 * from any of the first three it can become broken.
 */
public enum PoolState {

    /** Accepts tasks and runs them. */
    RUNNING,
    /** Accepts tasks but starts none. */
    PAUSED,
    /** Accepts no tasks and runs those that it has. */
    SHUTTING_DOWN,
    /** Has ended; no worker is left. */
    TERMINATED,
    /** Can run no tasks any more. */
    BROKEN

}
