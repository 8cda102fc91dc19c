// SPDX-License-Identifier: Apache-2.0

/**
 * For tests of code that uses executors.
 * <p>
 * {@link dev.futures.test.ManualExecutor} runs a task when the test says so, by a clock
 * that the test advances. {@link dev.futures.test.FuturesAssertions} are assertions about
 * futures and executors, for AssertJ 3, which has to be on the class path of the tests:
 * this library does not bring it.
 * <p>
 * A test that wants every task done at once needs neither: a pool that is built
 * {@linkplain dev.futures.pool.PoolBuilder#inline(boolean) inline}, and a
 * {@link dev.futures.thread.DirectExecutor}, run a task before {@code submit} returns.
 */
@NullMarked
package dev.futures.test;

import org.jspecify.annotations.NullMarked;
