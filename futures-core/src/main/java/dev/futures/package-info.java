// SPDX-License-Identifier: Apache-2.0

/**
 * Python's {@code concurrent.futures}, PEP 3148, for Java: {@link dev.futures.Executor},
 * {@link dev.futures.Future} and what belongs to them.
 * <p>
 * The executors themselves are in {@link dev.futures.thread},
 * {@link dev.futures.interpreter} and {@link dev.futures.process}. They share one engine,
 * {@link dev.futures.pool}, which knows nothing about where a task runs. The latter two
 * serialize what they are given, with {@link dev.futures.serial}. For tests there are
 * {@link dev.futures.test} and inline pools. {@link dev.futures.PoolStatistics} tells
 * what a pool is doing, and a {@link dev.futures.PoolListener} is told what happens in
 * it.
 *
 * <h2>Memory consistency</h2>
 * <ul>
 * <li>What a thread did before it submitted a task <em>happens-before</em> what the task
 * does in a thread of this JVM, and before the task is serialized for another.</li>
 * <li>What a task did <em>happens-before</em> its future is done, and that
 * <em>happens-before</em> whatever another thread does after it saw the future done: by a
 * return from {@code result}, {@code exception}, {@code wait} or {@code next}, by a
 * callback, or by {@code done()} being {@code true}.</li>
 * <li>What a worker's initializer did <em>happens-before</em> the tasks of that worker.
 * What one task did does not happen before another one of the same pool starts, unless
 * somebody saw the first one done before he submitted the second.</li>
 * <li>What all tasks and their callbacks did <em>happens-before</em> {@code close()}, a
 * waiting {@code shutdown}, or a successful {@code awaitTermination} returns.</li>
 * </ul>
 */
@NullMarked
package dev.futures;

import org.jspecify.annotations.NullMarked;
