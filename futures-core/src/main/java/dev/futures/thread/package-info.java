// SPDX-License-Identifier: Apache-2.0

/**
 * {@link dev.futures.thread.ThreadPoolExecutor}: tasks run in threads of this JVM. So
 * they do with {@link dev.futures.thread.DirectExecutor}, in the caller's, and with
 * {@link dev.futures.thread.DelegatingExecutor}, in those of an executor service of the
 * JDK.
 * <p>
 * A {@link dev.futures.thread.ThreadWorker} is a thread that runs tasks in a
 * {@link dev.futures.thread.WorkerContext}. That of a plain thread pool just calls them;
 * another one makes a pool of isolated interpreters.
 */
@NullMarked
package dev.futures.thread;

import org.jspecify.annotations.NullMarked;
