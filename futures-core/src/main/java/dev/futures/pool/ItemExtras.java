// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import dev.futures.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * What an item has that most items do not have: apart from it, as there may be a million
 * of them. Whoever makes it after the item was submitted looks afterwards whether the
 * item has ended, and whoever ends the item looks for it afterwards.
 */
final class ItemExtras {

    private static final VarHandle REPORTS = Fields.of(MethodHandles.lookup(), "reports", ProgressReports.class);

    /** Written before the item is submitted. */
    @Nullable ItemListeners listeners;

    /** Written before the item is submitted. */
    @Nullable FailureWatch watch;

    // volatile: written by the thread that ran the task, read by the one that ends the
    // item
    volatile @Nullable PendingResult pending;

    /** Guarded by the pool's lock: how the item ended before the pool had it. */
    @Nullable Outcome endedEarly;

    // volatile: written by the thread that arms a limit, read by the one that ends the
    // item
    private volatile @Nullable ScheduledFuture<?> limit;

    // volatile: made by whoever needs it first
    private volatile @Nullable ProgressReports reports;

    void limit(ScheduledFuture<?> armed) {
        this.limit = armed;
    }

    void disarm() {
        ScheduledFuture<?> armed = this.limit;
        if (armed != null) {
            armed.cancel(false);
        }
    }

    /** Returns how long it is until the limit that was armed last. */
    @Nullable Duration remaining() {
        ScheduledFuture<?> armed = this.limit;
        return (armed != null) ? Duration.ofNanos(Math.max(0, armed.getDelay(TimeUnit.NANOSECONDS))) : null;
    }

    /** Returns what was reported, if anything was, or anybody wants to know. */
    @Nullable ProgressReports reports() {
        return this.reports;
    }

    /** Returns what is reported, from now on. */
    ProgressReports ensureReports() {
        ProgressReports present = this.reports;
        if (present != null) {
            return present;
        }
        ProgressReports made = new ProgressReports();
        ProgressReports before = (ProgressReports) REPORTS.compareAndExchange(this, null, made);
        return (before != null) ? before : made;
    }

}
