// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Time limits of all pools in this JVM: one thread keeps time, and others, when there is
 * something to do, run what is due, so that a slow callback delays nobody's limit. The
 * threads are daemons and end after ten idle seconds.
 */
final class TaskTimer {

    private static final long MAX_SECONDS = 1L << 32;

    private static final Duration IDLE = Duration.ofSeconds(10);

    private static final ScheduledThreadPoolExecutor CLOCK = new ScheduledThreadPoolExecutor(1,
            threads("futures-timer"));

    private static final java.util.concurrent.ExecutorService DUE = new java.util.concurrent.ThreadPoolExecutor(0,
            Integer.MAX_VALUE, IDLE.toMillis(), TimeUnit.MILLISECONDS, new SynchronousQueue<>(),
            threads("futures-expiry"));

    static {
        CLOCK.setKeepAliveTime(IDLE.toMillis(), TimeUnit.MILLISECONDS);
        CLOCK.allowCoreThreadTimeOut(true);
        CLOCK.setRemoveOnCancelPolicy(true);
    }

    private TaskTimer() {
    }

    /**
     * Runs an action once, later, in a thread of its own.
     * @param delay how much later
     * @param action what to run
     * @return what can be cancelled to take it back
     */
    static ScheduledFuture<?> schedule(Duration delay, Runnable action) {
        return CLOCK.schedule(() -> DUE.execute(action), nanos(delay), TimeUnit.NANOSECONDS);
    }

    /** Converts without overflow; a century and a half is as good as for ever. */
    static long nanos(Duration duration) {
        long seconds = Math.max(-MAX_SECONDS, Math.min(duration.toSeconds(), MAX_SECONDS));
        return (seconds == duration.toSeconds()) ? duration.toNanos() : TimeUnit.SECONDS.toNanos(seconds);
    }

    private static ThreadFactory threads(String name) {
        ThreadFactory plain = Executors.defaultThreadFactory();
        return (action) -> {
            Thread thread = plain.newThread(action);
            thread.setName(name);
            thread.setDaemon(true);
            thread.setContextClassLoader(TaskTimer.class.getClassLoader());
            return thread;
        };
    }

}
