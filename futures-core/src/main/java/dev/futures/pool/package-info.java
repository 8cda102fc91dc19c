// SPDX-License-Identifier: Apache-2.0

/**
 * The engine under every kind of pool: the queue, growth on demand, reuse of idle
 * workers, backpressure, shutdown, the broken state, time limits and statistics exist
 * once, here. What differs is the {@link dev.futures.pool.Worker}, which says where a
 * task runs. Only authors of executors need this package.
 * <p>
 * A task is a {@link dev.futures.pool.WorkItem}, which is also its future.
 * {@link dev.futures.pool.PoolExecutor} gives it to the {@code Dispatcher}, which brings
 * tasks and workers together in a {@code Pool}: the queue, the workers, the state, and
 * the only lock. The {@code Lifecycle} pauses, resizes, shuts down and breaks that. A
 * worker is one thread. It asks the dispatcher for the next item; if there is none it
 * becomes idle, and the next submitter hands its item to the worker that became idle
 * last, without going through the queue. While nobody is idle tasks are left in an
 * {@code Inbox} and taken from an {@code Outbox} without the lock; the {@code Backlog}
 * makes one queue of it all. Where the submitter runs the task, that is for
 * {@code Callers}; a task that has returned a {@link dev.futures.pool.PendingResult} has
 * no worker any more and is among the {@code PendingItems}. User code (tasks, callbacks,
 * serialization) never runs with the lock held.
 * <p>
 * {@link dev.futures.pool.UnpooledExecutor} is for executors without workers of their
 * own; it shares the work item, its time limits and the counters with the pools.
 */
@NullMarked
package dev.futures.pool;

import org.jspecify.annotations.NullMarked;
