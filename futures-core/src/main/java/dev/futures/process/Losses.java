// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.time.Duration;

/**
 * Counts the processes that a worker lost in a row without having done anything with
 * them, to know how long to pause before the next one. What is long ago is forgotten. For
 * one thread.
 */
final class Losses {

    private static final long WINDOW = Duration.ofMinutes(10).toNanos();

    private int count;

    private long last;

    void add() {
        long now = System.nanoTime();
        this.count = (this.count > 0 && now - this.last > WINDOW) ? 1 : this.count + 1;
        this.last = now;
    }

    int count() {
        return this.count;
    }

    void clear() {
        this.count = 0;
    }

}
