// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.util.concurrent.TimeUnit;

import dev.futures.TaskProgress;
import dev.futures.pool.WorkItem;
import org.jspecify.annotations.Nullable;

/**
 * Passes on what a child reports of its task's progress, which is for listeners of the
 * application. Children send ten reports a second, but one that does not follow the rules
 * may send any number, of which the listeners must not hear more than the latest now and
 * then. For the worker's thread, unless otherwise stated.
 */
final class ProgressInbox {

    /** Well below the pause of a child, whose reports may come late. */
    static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private @Nullable WorkItem<?> item;

    private @Nullable TaskProgress pending;

    private long last = System.nanoTime() - PAUSE_NANOS;

    // volatile: written by the worker's thread, read by whoever finds it held up
    private volatile @Nullable WorkItem<?> telling;

    /** Passes a report on, now or later. */
    void accept(WorkItem<?> reported, TaskProgress progress) {
        this.item = reported;
        this.pending = progress;
        passOnIfDue();
    }

    /** Passes on what has waited long enough. */
    void passOnIfDue() {
        if (this.pending != null && nanosLeft() <= 0) {
            passOn();
        }
    }

    /** Passes on what is waiting: there may be no further report. */
    void passOn() {
        WorkItem<?> reported = this.item;
        TaskProgress progress = this.pending;
        this.item = null;
        this.pending = null;
        if (reported != null && progress != null) {
            this.telling = reported;
            try {
                reported.report(progress);
            }
            finally {
                this.telling = null;
                this.last = System.nanoTime();
            }
        }
    }

    private long nanosLeft() {
        return this.last + PAUSE_NANOS - System.nanoTime();
    }

    /** Returns how long to wait for more in milliseconds, or 0 for ever. */
    long millisLeft() {
        return (this.pending != null) ? TimeUnit.NANOSECONDS.toMillis(Math.max(0, nanosLeft())) + 1 : 0;
    }

    /** Whether a listener of the given item is being called. Any thread. */
    boolean isTelling(WorkItem<?> other) {
        return this.telling == other;
    }

}
