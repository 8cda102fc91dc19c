// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How much of a stream may be logged: a supply that is refilled at a steady rate. A
 * kibibyte, or a line that is shorter, takes one from it. Not safe for use by multiple
 * threads.
 */
final class OutputRate {

    /** A stack trace per second, with some lines to spare. */
    static final int PER_SECOND = 200;

    /** What an application says that starts, even if it is talkative. */
    static final int BURST = 1000;

    private static final long UNIT = TimeUnit.SECONDS.toNanos(1) / PER_SECOND;

    private static final int KIB = 1024;

    private final LongSupplier clock;

    private long last;

    /** How many nanoseconds it took to gather the supply. */
    private long supply = BURST * UNIT;

    OutputRate(LongSupplier clock) {
        this.clock = clock;
        this.last = clock.getAsLong();
    }

    /** Takes a line of the given number of bytes, if there is enough for it. */
    boolean take(int bytes) {
        refill();
        long cost = Math.max(1, (bytes + KIB - 1) / KIB) * UNIT;
        if (this.supply < cost) {
            return false;
        }
        this.supply -= cost;
        return true;
    }

    /** How many nanoseconds are left until there is enough for a second. */
    long untilRecovered() {
        refill();
        return Math.max(0, PER_SECOND * UNIT - this.supply);
    }

    private void refill() {
        long now = this.clock.getAsLong();
        this.supply = Math.min(BURST * UNIT, this.supply + Math.min(BURST * UNIT, now - this.last));
        this.last = now;
    }

}
