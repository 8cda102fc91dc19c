// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.actuate;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.futures.Outcome;
import dev.futures.PoolListener;
import dev.futures.TaskInfo;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what failed lately in each pool, for {@link FuturesEndpoint}: as text of limited
 * length rather than as exceptions, which may hold anything in memory. Cancelled tasks
 * are no failures; tasks that ran out of time and tasks that were rejected are.
 */
public final class RecentFailures implements PoolListener {

    /** How many are kept of each pool. */
    public static final int LIMIT = 50;

    /** Rejections come in floods, and in the threads of submitters. */
    private static final int FRAMES_OF_REJECTION = 20;

    private final Map<String, Ring> rings = new ConcurrentHashMap<>();

    private final @Nullable RecentFailures parent;

    /**
     * Creates a listener that knows of no failure.
     * @param parent that of a parent context, asked about pools that are not known here,
     * or {@code null}
     */
    public RecentFailures(@Nullable RecentFailures parent) {
        this.parent = parent;
    }

    @Override
    public TaskListener taskSubmitted(String pool, TaskInfo task) {
        return new Observer(this, pool, task);
    }

    /**
     * Returns what failed lately in a pool.
     * @param pool the name of the pool
     * @return the failures, newest first
     */
    public List<FailureDescriptor> of(String pool) {
        Ring ring = this.rings.get(pool);
        if (ring != null) {
            return ring.newestFirst();
        }
        return (this.parent != null) ? this.parent.of(pool) : List.of();
    }

    private void add(String pool, FailureDescriptor failure) {
        this.rings.computeIfAbsent(pool, (name) -> new Ring()).add(failure);
    }

    /** The last failures of one pool. */
    private static final class Ring {

        private final Deque<FailureDescriptor> failures = new ArrayDeque<>(LIMIT);

        synchronized void add(FailureDescriptor failure) {
            if (this.failures.size() == LIMIT) {
                this.failures.removeLast();
            }
            this.failures.addFirst(failure);
        }

        synchronized List<FailureDescriptor> newestFirst() {
            return List.copyOf(this.failures);
        }

    }

    /** Follows one task, and keeps nothing unless it fails, which it does once. */
    private static final class Observer implements TaskListener {

        private final RecentFailures failures;

        private final String pool;

        private final TaskInfo task;

        // volatile: written by who starts the task, read by who ends it
        private volatile @Nullable Runner runner;

        /** What has waited too long may be rejected as well. */
        private final AtomicBoolean kept = new AtomicBoolean();

        Observer(RecentFailures failures, String pool, TaskInfo task) {
            this.failures = failures;
            this.pool = pool;
            this.task = task;
        }

        @Override
        public void rejected(RuntimeException rejection) {
            add("rejected", rejection, FRAMES_OF_REJECTION);
        }

        @Override
        public void started(String runner, @Nullable Long pid) {
            this.runner = new Runner(runner, pid);
        }

        @Override
        public void ended(Outcome outcome, @Nullable Throwable failure) {
            if (failure != null && (outcome == Outcome.FAILED || outcome == Outcome.TIMED_OUT)) {
                add(outcome.name().toLowerCase(Locale.ROOT), failure, Integer.MAX_VALUE);
            }
        }

        private void add(String outcome, Throwable failure, int frames) {
            if (this.kept.getAndSet(true)) {
                return;
            }
            Runner by = this.runner;
            this.failures.add(this.pool,
                    new FailureDescriptor(Instant.now(), this.task.id(), BoundedText.name(this.task.name()), outcome,
                            (by != null) ? by.name() : null, (by != null) ? by.pid() : null,
                            failure.getClass().getName(), BoundedText.message(failure),
                            BoundedText.stackTrace(failure, frames)));
        }

    }

    private record Runner(String name, @Nullable Long pid) {

    }

    /**
     * A failure, as {@link FuturesEndpoint} shows it.
     *
     * @param at when the task failed
     * @param id the number of the task, or 0 if the pool did not accept it
     * @param task the name of the task
     * @param outcome {@code failed}, {@code timed_out} or {@code rejected}
     * @param worker what ran the task, or {@code null} if nothing did
     * @param pid the process that the task ran in, or {@code null} if that is this JVM
     * @param exception the class of the exception
     * @param message what the exception says, cut if it is long
     * @param stackTrace its stack trace with its causes, cut if it is long; of a
     * rejection no more than the first 20 frames
     */
    public record FailureDescriptor(Instant at, long id, String task, String outcome, @Nullable String worker,
            @Nullable Long pid, String exception, String message, String stackTrace) {

    }

}
