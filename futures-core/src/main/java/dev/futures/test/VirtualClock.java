// SPDX-License-Identifier: Apache-2.0

package dev.futures.test;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import org.jspecify.annotations.Nullable;

/**
 * Time that passes only when it is told to. What becomes due runs in the thread that has
 * time pass. Safe for use by multiple threads.
 */
final class VirtualClock {

    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private final PriorityQueue<Alarm> alarms = new PriorityQueue<>();

    @GuardedBy("lock")
    private Duration now = Duration.ZERO;

    /** Makes those that are due at the same time run in their order. */
    @GuardedBy("lock")
    private long made;

    Duration now() {
        this.lock.lock();
        try {
            return this.now;
        }
        finally {
            this.lock.unlock();
        }
    }

    ScheduledFuture<?> schedule(Duration delay, Runnable action) {
        this.lock.lock();
        try {
            Alarm alarm = new Alarm(plus(this.now, delay), this.made++, action);
            this.alarms.add(alarm);
            return alarm;
        }
        finally {
            this.lock.unlock();
        }
    }

    void advance(Duration duration) {
        Duration end = plus(now(), duration);
        for (Alarm due = nextUntil(end); due != null; due = nextUntil(end)) {
            due.run();
        }
    }

    /** Goes on to the next alarm, or if there is none until then, to the end. */
    private @Nullable Alarm nextUntil(Duration end) {
        this.lock.lock();
        try {
            this.alarms.removeIf(Alarm::isCancelled);
            Alarm next = this.alarms.peek();
            boolean due = next != null && next.time.compareTo(end) <= 0;
            Duration until = (next != null && due) ? next.time : end;
            // another thread may have gone further
            this.now = (until.compareTo(this.now) > 0) ? until : this.now;
            return due ? this.alarms.poll() : null;
        }
        finally {
            this.lock.unlock();
        }
    }

    private static Duration plus(Duration time, Duration duration) {
        try {
            return time.plus(duration);
        }
        catch (ArithmeticException ex) {
            return Duration.ofSeconds(Long.MAX_VALUE);
        }
    }

    private final class Alarm extends FutureTask<@Nullable Void> implements ScheduledFuture<@Nullable Void> {

        private static final Comparator<Alarm> ORDER = Comparator.<Alarm, Duration>comparing((each) -> each.time)
            .thenComparingLong((each) -> each.number);

        private final Duration time;

        private final long number;

        Alarm(Duration time, long number, Runnable action) {
            super(action, null);
            this.time = time;
            this.number = number;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(this.time.minus(now()));
        }

        @Override
        public int compareTo(Delayed other) {
            return (other instanceof Alarm alarm) ? ORDER.compare(this, alarm)
                    : Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }

    }

}
