// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * A point on the monotonic clock, or never.
 */
final class Deadline {

    private final @Nullable Long at;

    private Deadline(@Nullable Long at) {
        this.at = at;
    }

    static Deadline after(@Nullable Duration timeout) {
        return new Deadline((timeout != null) ? Long.valueOf(System.nanoTime() + bounded(timeout)) : null);
    }

    /** Returns how long until then, zero or less once it has passed. */
    long remainingNanos() {
        return (this.at != null) ? this.at - System.nanoTime() : Long.MAX_VALUE;
    }

    /** Converts without overflow: whatever is longer than 292 years is that long. */
    static long nanos(Duration duration) {
        try {
            return duration.toNanos();
        }
        catch (ArithmeticException ex) {
            return duration.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    private static long bounded(Duration timeout) {
        return Math.max(0, Math.min(nanos(timeout), Long.MAX_VALUE / 2));
    }

}
