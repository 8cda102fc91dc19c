// SPDX-License-Identifier: Apache-2.0

/**
 * {@link dev.futures.process.ProcessPoolExecutor}: tasks run in child JVMs, which may
 * crash, leak, hang or run out of memory without harm to this one.
 * <p>
 * In the parent, a {@code ProcessWorker} is a thread that owns one {@code WorkerProcess}:
 * a child JVM and a private channel to it. In the child, {@code WorkerMain} connects and
 * {@code WorkerLoop} runs one task after the other. What they say to each other are
 * {@code Frame}s, carried by a {@code Connection}; the package has nothing else that
 * knows the wire. What is in a frame is written and read by {@link dev.futures.serial}.
 *
 * <pre>
 *   parent                                                   child
 *   submit -&gt; PoolExecutor -&gt; ProcessWorker                  WorkerMain
 *                                  | TASK id, task               | one thread
 *                                  +------- private socket -----&gt;| WorkerLoop: decode, call, encode
 *   Future &lt;- complete &lt;-----------+&lt;-- RESULT | FAILURE id ------+
 *                     WorkerLauncher --- stdin ------------------&gt; bootstrap; its end means: the parent died
 *                     OutputPump    &lt;--- stdout, stderr ---------  log lines, last words
 * </pre>
 *
 * A worker's thread is always listening to its child, so a death is noticed at once. The
 * end of the stream means that the other side has died; there are no heartbeats. The
 * parent writes without blocking, so that it never waits for a child that waits for it.
 */
@NullMarked
package dev.futures.process;

import org.jspecify.annotations.NullMarked;
