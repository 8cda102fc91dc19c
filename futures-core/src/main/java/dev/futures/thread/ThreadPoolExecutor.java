// SPDX-License-Identifier: Apache-2.0

package dev.futures.thread;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import dev.futures.BrokenExecutorException;
import dev.futures.TaskAction;
import dev.futures.pool.PoolBuilder;
import dev.futures.pool.PoolExecutor;
import dev.futures.pool.Seat;
import dev.futures.pool.Worker;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks in a pool of threads of this JVM: PEP 3148's {@code ThreadPoolExecutor}.
 * Threads are started on demand, used again when they are idle, and end when the executor
 * is shut down; until then they keep the JVM alive.
 * <p>
 * A task that waits, without a time limit, for another task of the same pool is told with
 * a {@link dev.futures.DeadlockException} if that wait could never end.
 */
public final class ThreadPoolExecutor extends PoolExecutor {

    private static final AtomicInteger unnamed = new AtomicInteger();

    private static final String INITIALIZER_FAILED = "a thread initializer failed, the thread pool is not usable "
            + "anymore";

    private final @Nullable TaskAction initializer;

    private final @Nullable ThreadFactory threads;

    /**
     * Creates a pool with Python's default size: the number of processors and four, at
     * most 32.
     */
    public ThreadPoolExecutor() {
        this(builder());
    }

    /**
     * Creates a pool.
     * @param maxWorkers how many threads there may be
     * @throws IllegalArgumentException if it is not in [1, 32767]
     */
    public ThreadPoolExecutor(int maxWorkers) {
        this(builder().maxWorkers(maxWorkers));
    }

    private ThreadPoolExecutor(Builder builder) {
        super(builder.settings(), "thread");
        this.initializer = builder.initializer();
        this.threads = builder.threads;
    }

    /**
     * Returns a builder with the defaults.
     * @return the builder
     */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    protected Worker newWorker(Seat seat) {
        Function<String, WorkerContext> contexts = (name) -> new DirectContext(this.initializer);
        return (this.threads != null) ? new ThreadWorker(seat, this.threads, INITIALIZER_FAILED, contexts)
                : new ThreadWorker(seat, INITIALIZER_FAILED, contexts);
    }

    @Override
    protected BrokenExecutorException broken(String message, @Nullable Throwable cause) {
        return new BrokenThreadPoolException(message, cause);
    }

    /**
     * Collects the settings of a {@link ThreadPoolExecutor}.
     */
    public static final class Builder extends PoolBuilder<Builder> {

        private @Nullable ThreadFactory threads;

        private Builder() {
            super(Math.min(32, Runtime.getRuntime().availableProcessors() + 4));
        }

        /**
         * Creates the pool. It has no thread yet, unless {@code minWorkers} says so.
         * @return the pool
         * @throws IllegalArgumentException if a number is out of range
         */
        public ThreadPoolExecutor build() {
            ThreadPoolExecutor pool = new ThreadPoolExecutor(this);
            pool.startMinimum();
            return pool;
        }

        private dev.futures.pool.PoolSettings settings() {
            return settings(isNamed() ? "" : "ThreadPoolExecutor-" + unnamed.getAndIncrement());
        }

        /**
         * Sets whether the workers are virtual threads, which do not keep the JVM alive.
         * The default is platform threads, which do.
         * @param virtualThreads whether they are
         * @return this builder
         * @throws UnsupportedOperationException if this JVM has none, which is so before
         * Java 21
         */
        public Builder virtualThreads(boolean virtualThreads) {
            return threads(virtualThreads ? VirtualThreads.factory() : null);
        }

        Builder threads(@Nullable ThreadFactory factory) {
            this.threads = factory;
            return this;
        }

        @Override
        protected int workerLimit() {
            return (this.threads != null) ? Integer.MAX_VALUE : super.workerLimit();
        }

        @Override
        protected boolean runsTasksInThisContext() {
            return true;
        }

        @Override
        protected Builder self() {
            return this;
        }

    }

}
