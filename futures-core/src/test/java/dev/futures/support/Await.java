// SPDX-License-Identifier: Apache-2.0

package dev.futures.support;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The only place that polls: waits for something that nobody announces.
 */
public final class Await {

    /** How long a test waits for something that has to happen. */
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final long INTERVAL_NANOS = 1_000_000;

    private Await() {
    }

    public static void until(String what, BooleanSupplier condition) throws InterruptedException {
        if (!happens(PATIENCE, condition)) {
            throw new AssertionError("did not happen within " + PATIENCE + ": " + what);
        }
    }

    public static boolean happens(Duration patience, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while waiting");
            }
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            LockSupport.parkNanos(INTERVAL_NANOS);
        }
        return true;
    }

}
