// SPDX-License-Identifier: Apache-2.0

/**
 * {@link dev.futures.interpreter.InterpreterPoolExecutor}: tasks run in threads of this
 * JVM, and each of these has classes of its own.
 * <p>
 * CPython gives each worker of such a pool an interpreter of its own. A JVM has nothing
 * quite like it; the nearest is a class loader. So this is the thread pool with another
 * {@link dev.futures.thread.WorkerContext}: each worker loads the whole class path of the
 * application anew, below the platform class loader. The task, what it captures, its
 * result and its exception cross by Java serialization, so that no object of one world is
 * seen in another.
 *
 * <pre>
 *                     platform class loader: java.*, javax.* ...   (one for all)
 *                    /               |                \
 *        application            worker pool_0       worker pool_1
 *        your classes           your classes        your classes
 *             |                      |                   |
 *             +---- serialization ---+--- never ---------+
 * </pre>
 *
 * <h2>What each worker has of its own</h2>
 * <ul>
 * <li>The static fields of all classes of the application and its libraries: singletons,
 * caches, registries, configuration. They are initialised once in each worker, are not
 * those of the application, and last until the worker ends.</li>
 * <li>The classes themselves. An object of the application is not an instance of the
 * class of the same name that a task sees; what crosses is a copy.</li>
 * <li>The context class loader, while the initializer and tasks run, and so whatever is
 * found through it, such as services. Callbacks run with that of the application.</li>
 * </ul>
 *
 * <h2>What is shared</h2>
 * <ul>
 * <li>Heap, processors and threads. A task that takes all memory takes it from everybody,
 * and one that cannot be interrupted cannot be stopped.</li>
 * <li>The JVM. {@code System.exit}, a crash in native code or a fatal error ends it.</li>
 * <li>System properties, environment, current directory, standard streams, shutdown
 * hooks.</li>
 * <li>The state of the JDK's own classes, such as the default locale and time zone,
 * {@code java.util.logging}, {@code DriverManager}, MBeans, the common pool. What a task
 * leaves there, of a class of its own, keeps its worker's classes in memory for ever; so
 * do a thread that it starts and does not end, and a shutdown hook.</li>
 * <li>Native libraries: only one class loader can load each, so a library that needs one
 * works in the application or in one worker, not in both.</li>
 * </ul>
 *
 * <h2>What it costs</h2> Every worker loads, verifies, initialises and compiles the
 * classes that its tasks use again: memory for classes (metaspace) and a slow start once
 * per worker, which counts towards the time limit of its first task unless an initializer
 * does it before. When a worker has ended, nothing of this package holds its loader, so
 * that its classes can be unloaded. The JDK's own serialization may hold some softly:
 * until memory is needed, and something is serialized after that.
 *
 * <h2>When to take it</h2> For code that keeps state in static fields and is not made for
 * several threads, if it is otherwise well-behaved and starting a JVM for it is too much.
 * For code that may crash, leak, hang or take too much memory, or needs native libraries
 * or its own system properties, take {@link dev.futures.process.ProcessPoolExecutor}: it
 * isolates all of that. It is a matter of isolation only; neither makes hostile code
 * harmless. For everything else take {@link dev.futures.thread.ThreadPoolExecutor}.
 */
@NullMarked
package dev.futures.interpreter;

import org.jspecify.annotations.NullMarked;
