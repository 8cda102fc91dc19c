// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

/**
 * How many tasks there are for how many workers.
 */
enum PoolShape {

    ONE_WORKER,
    /** The others are running tasks at the time. */
    SEVERAL_WORKERS,
    /** One worker, for which other tasks wait. */
    WITH_A_BACKLOG;

    int workers() {
        return (this == SEVERAL_WORKERS) ? 2 : 1;
    }

    /** How many tasks come after the one with the fault. */
    int backlog() {
        return (this == WITH_A_BACKLOG) ? 3 : 1;
    }

}
