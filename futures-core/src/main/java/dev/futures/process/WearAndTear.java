// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Knows when a worker's child is due to be replaced. For the worker's thread only, but
 * for what statistics ask.
 */
final class WearAndTear {

    private final Recycling recycling;

    /** Written by the worker's thread, read for statistics. */
    private final AtomicInteger tasks = new AtomicInteger();

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
        this.tasks.set(0);
        this.tooLarge = false;
        this.used = false;
        this.readySince = since;
    }

    /** The child has done one more task. */
    void taskDone(long pid) {
        this.tasks.incrementAndGet();
        this.used = true;
        long limit = this.recycling.maxMemory();
        this.tooLarge = limit > 0 && ResidentMemory.of(pid) > limit;
    }

    /** The child has waited for a task. */
    void wasIdle() {
        this.used = true;
    }

    /** Returns how many tasks the child has done. Called by any thread. */
    int tasks() {
        return this.tasks.get();
    }

    int maxTasks() {
        return this.recycling.maxTasks();
    }

    boolean isDue() {
        boolean enough = this.recycling.maxTasks() > 0 && this.tasks.get() >= this.recycling.maxTasks();
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
