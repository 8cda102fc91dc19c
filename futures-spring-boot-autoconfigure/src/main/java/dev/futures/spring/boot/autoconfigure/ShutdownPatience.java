// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.time.Duration;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * How long the end of an application is waited for. The container waits for one phase of
 * its shutdown only so long, and then closes what tasks use; by then those that do not
 * end have to be stopped.
 *
 * @param withTasks how long tasks may go on
 * @param withWorkers how long workers have to end after that
 */
record ShutdownPatience(Duration withTasks, Duration withWorkers) {

    private static final Duration ENOUGH_FOR_WORKERS = Duration.ofSeconds(2);

    private static final Log logger = LogFactory.getLog(ShutdownPatience.class);

    /**
     * Returns the times, which are within the phase unless the application wants more.
     * @param configured what the application wants, or {@code null}
     * @param phase how long the container waits for a phase
     */
    static ShutdownPatience of(@Nullable Duration configured, Duration phase) {
        if (configured == null) {
            return within(phase, phase.multipliedBy(2).dividedBy(3));
        }
        if (configured.isNegative()) {
            throw new InvalidPoolException(
                    "'futures.shutdown.await-termination' must not be negative but was " + configured + ".",
                    "Set it to a duration such as '20s', or to '0s' to stop tasks at once.", null);
        }
        if (configured.compareTo(phase) >= 0) {
            logger.warn("futures.shutdown.await-termination is " + configured + ", but the container goes on with its "
                    + "shutdown after " + phase + "; raise spring.lifecycle.timeout-per-shutdown-phase above it");
        }
        return within(phase, configured);
    }

    /** Half of what is left is for pausing pools, and for the container. */
    private static ShutdownPatience within(Duration phase, Duration tasks) {
        Duration half = phase.minus(tasks).dividedBy(2);
        Duration workers = (half.compareTo(ENOUGH_FOR_WORKERS) < 0) ? half : ENOUGH_FOR_WORKERS;
        return new ShutdownPatience(tasks, workers.isNegative() ? Duration.ZERO : workers);
    }

}
