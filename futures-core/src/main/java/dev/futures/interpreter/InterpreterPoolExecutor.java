// SPDX-License-Identifier: Apache-2.0

package dev.futures.interpreter;

import java.net.URL;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import dev.futures.BrokenExecutorException;
import dev.futures.TaskAction;
import dev.futures.pool.PoolBuilder;
import dev.futures.pool.PoolExecutor;
import dev.futures.pool.PoolSettings;
import dev.futures.pool.Seat;
import dev.futures.pool.Worker;
import dev.futures.serial.JvmFilter;
import dev.futures.serial.Payloads;
import dev.futures.thread.ThreadWorker;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks in a pool of threads of this JVM, each of which has its own copy of all
 * classes of the application and so its own static state: CPython's
 * {@code InterpreterPoolExecutor}. In everything else it is a
 * {@link dev.futures.thread.ThreadPoolExecutor}. What is isolated and what is not is said
 * in the description of this package.
 * <p>
 * A task and what it captures, its result and its exception are serialized, by the
 * worker's thread, when the task is about to run. What cannot be serialized or read fails
 * its future with a {@link dev.futures.TaskSerializationException} and does no other
 * harm. The exception of a task arrives with its type if it can, with a
 * {@link dev.futures.RemoteStackTrace} attached, or else as a
 * {@link dev.futures.RemoteTaskException}.
 * <p>
 * The class path is that of the context class loader of whoever makes the pool.
 */
public final class InterpreterPoolExecutor extends PoolExecutor {

    private static final AtomicInteger unnamed = new AtomicInteger();

    private static final String INITIALIZER_FAILED = "an interpreter initializer failed, the interpreter pool is not "
            + "usable anymore";

    private final @Nullable TaskAction initializer;

    private final List<URL> classPath;

    private final Payloads payloads;

    /**
     * Creates a pool with Python's default size: the number of processors and four, at
     * most 32.
     * @throws IllegalStateException if the class path of the application cannot be found
     */
    public InterpreterPoolExecutor() {
        this(builder());
    }

    /**
     * Creates a pool.
     * @param maxWorkers how many threads there may be
     * @throws IllegalArgumentException if it is not in [1, 32767]
     * @throws IllegalStateException if the class path of the application cannot be found
     */
    public InterpreterPoolExecutor(int maxWorkers) {
        this(builder().maxWorkers(maxWorkers));
    }

    private InterpreterPoolExecutor(Builder builder) {
        super(builder.settings(), "interpreter");
        ClassLoader application = applicationClassLoader();
        this.classPath = ApplicationClassPath.of(application);
        this.payloads = new Payloads(application, JvmFilter.alone(), Payloads.UNLIMITED);
        this.initializer = builder.initializer();
    }

    private static ClassLoader applicationClassLoader() {
        ClassLoader ofThisThread = Thread.currentThread().getContextClassLoader();
        return (ofThisThread != null) ? ofThisThread : ClassLoader.getSystemClassLoader();
    }

    /**
     * Returns a builder with the defaults.
     * @return the builder
     */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public boolean isolatesTasks() {
        return !isInline();
    }

    @Override
    protected Worker newWorker(Seat seat) {
        return new ThreadWorker(seat, INITIALIZER_FAILED, this::newContext);
    }

    private InterpreterContext newContext(String worker) {
        return new InterpreterContext("interpreter " + worker + " of pool '" + name() + "'",
                new IsolatedClassLoader(worker, this.classPath), this.payloads, this.initializer);
    }

    @Override
    protected BrokenExecutorException broken(String message, @Nullable Throwable cause) {
        return new BrokenInterpreterPoolException(message, cause);
    }

    /**
     * Collects the settings of an {@link InterpreterPoolExecutor}.
     */
    public static final class Builder extends PoolBuilder<Builder> {

        private Builder() {
            super(Math.min(32, Runtime.getRuntime().availableProcessors() + 4));
        }

        /**
         * Creates the pool. It has no thread yet, unless {@code minWorkers} says so.
         * @return the pool
         * @throws IllegalArgumentException if a number is out of range
         * @throws IllegalStateException if the class path of the application cannot be
         * found: a class loader between the context class loader of this thread and the
         * platform's is neither a {@link java.net.URLClassLoader} nor that of the class
         * path
         */
        public InterpreterPoolExecutor build() {
            InterpreterPoolExecutor pool = new InterpreterPoolExecutor(this);
            pool.startMinimum();
            return pool;
        }

        private PoolSettings settings() {
            return settings(isNamed() ? "" : "InterpreterPoolExecutor-" + unnamed.getAndIncrement());
        }

        @Override
        protected Builder self() {
            return this;
        }

    }

}
