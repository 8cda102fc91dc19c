// SPDX-License-Identifier: Apache-2.0

/**
 * {@link dev.futures.process.ProcessPoolExecutor}: tasks run in child JVMs, which may
 * crash, leak, hang or run out of memory without harm to this one.
 * <p>
 * In the parent, a {@code ProcessWorker} is a thread that owns one {@code WorkerProcess}:
 * a child JVM and a private channel to it. In the child, {@code WorkerMain} connects and
 * {@code WorkerLoop} runs one task after the other. What they say to each other are
 * {@code Frame}s, carried by a {@code Connection}; what is in a frame is written and read
 * by {@link dev.futures.serial}.
 *
 * <pre>
 *   parent                                                   child
 *   submit -&gt; PoolExecutor -&gt; ProcessWorker                  WorkerMain
 *                                  | ABOUT, TASK id, task        | one thread
 *                                  +------- private socket -----&gt;| WorkerLoop: decode, call, encode
 *   Future &lt;- complete &lt;-----------+&lt;-- RESULT | FAILURE id ------+
 *          &lt;- progress             +&lt;-- PROGRESS, STACK, NOT_BEGUN
 *                     WorkerLauncher --- stdin ------------------&gt; bootstrap, then the LifeLine: which task is
 *                                                                  to stop; its end means: the parent died
 *                     OutputPump    &lt;--- stdout, stderr ---------  log lines, last words
 * </pre>
 *
 * A worker's thread is always listening to its child, so a death is noticed at once. The
 * end of the stream means that the other side has died; there are no heartbeats. The
 * parent writes without blocking, so that it never waits for a child that waits for it.
 * <p>
 * Where to look:
 * <ul>
 * <li>what a user sets: {@code ProcessPoolBuilder}, checked by {@code LaunchChecks}, kept
 * in {@code ProcessSettings}, {@code WorkerJvm} and {@code Recycling};</li>
 * <li>how a child is started: {@code WorkerLauncher}, its class path ({@code ClassPath},
 * {@code ClassPathSnapshot}, {@code ArgumentFile}), its options ({@code JvmArguments},
 * {@code InheritedOptions}, {@code MemoryShare}), its environment
 * ({@code InheritedVariables}), where it connects ({@code Rendezvous}, {@code Bootstrap},
 * {@code WorkDirectory}), what went wrong ({@code LaunchFailure});</li>
 * <li>what makes a start quicker: {@code StartupCache}, a {@code CacheFormat} for each
 * kind of JVM, in a {@code CacheDirectory};</li>
 * <li>when it is started, replaced or given up: {@code ChildStarter},
 * {@code FailedStarts}, {@code WarmSpares}, {@code WearAndTear};</li>
 * <li>which item is where: {@code ChildSlot} in the parent, {@code Assignment} in the
 * child, whose threads are {@code RunnerThread}s; {@code Unstarted} for an item that no
 * child has begun;</li>
 * <li>that it ended: {@code ExitWatch}; how: {@code WorkerDeath}, {@code ExitStatus};
 * what it left behind: {@code ProcessTree};</li>
 * <li>the wire: {@code Frame}, {@code FrameReader}, {@code About}, {@code FailureFormat},
 * {@code ProgressFormat}; what may come in: {@code SerialFilters};</li>
 * <li>how far a task is: {@code ProgressOutbox} in the child, {@code ProgressInbox} in
 * the parent;</li>
 * <li>what it prints: {@code OutputPump}, {@code OutputQueue}, {@code OutputRate},
 * {@code OutputLog}.</li>
 * </ul>
 */
@NullMarked
package dev.futures.process;

import org.jspecify.annotations.NullMarked;
