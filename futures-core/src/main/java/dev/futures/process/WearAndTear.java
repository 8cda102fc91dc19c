// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.util.concurrent.TimeUnit;

/**
 * Knows when a worker's child is due to be replaced. For the worker's thread only, but
 * for what statistics ask.
 */
final class WearAndTear {

    private final Recycling recycling;

    private int tasks;

    private boolean tooLarge;

    /** However short its life is to be, a child is for something. */
    private boolean used;

    private long readySince = System.nanoTime();

    WearAndTear(Recycling recycling) {
        this.recycling = recycling;
    }

    /**
     * There is a fresh child.
     * @param since since when it is ready, as {@link System#nanoTime()}
     */
    void renew(long since) {
        this.tasks = 0;
        this.tooLarge = false;
        this.used = false;
        this.readySince = since;
    }

    /** The child has done one more task. */
    void taskDone(long pid) {
        this.tasks++;
        this.used = true;
        long limit = this.recycling.maxMemory();
        this.tooLarge = limit > 0 && ResidentMemory.of(pid) > limit;
    }

    /** The child has waited for a task. */
    void wasIdle() {
        this.used = true;
    }

    int maxTasks() {
        return this.recycling.maxTasks();
    }

    boolean isDue() {
        boolean enough = this.recycling.maxTasks() > 0 && this.tasks >= this.recycling.maxTasks();
        return enough || this.tooLarge || (this.used && nanosLeft() <= 0);
    }

    /** Returns when the child will be too old, or a very large number. */
    long nanosLeft() {
        if (this.recycling.maxAge() == null) {
            return Long.MAX_VALUE;
        }
        return TimeUnit.NANOSECONDS.convert(this.recycling.maxAge()) - (System.nanoTime() - this.readySince);
    }

}
