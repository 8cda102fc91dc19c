// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How long tasks may go on when the application stops. The container waits for one phase
 * of its shutdown only so long, and then closes what tasks use; by then those that do not
 * end have to be stopped.
 */
final class ShutdownPatience {

    private static final Logger logger = System.getLogger(ShutdownPatience.class.getName());

    private ShutdownPatience() {
    }

    /**
     * Returns the time.
     * @param configured what the application wants, or {@code null}
     * @param phase how long the container waits for a phase
     */
    static Duration of(@Nullable Duration configured, Duration phase) {
        if (configured == null) {
            return phase.multipliedBy(2).dividedBy(3);
        }
        if (configured.isNegative()) {
            throw new InvalidPoolException(
                    "'futures.shutdown.await-termination' must not be negative but was " + configured + ".",
                    "Set it to a duration such as '20s', or to '0s' to stop tasks at once.", null);
        }
        if (configured.compareTo(phase) >= 0) {
            logger.log(Level.WARNING,
                    "futures.shutdown.await-termination is {0}, but the container goes on with its "
                            + "shutdown after {1}; raise spring.lifecycle.timeout-per-shutdown-phase above it",
                    configured, phase);
        }
        return configured;
    }

}
