// SPDX-License-Identifier: Apache-2.0

package dev.futures.benchmarks.threads;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import dev.futures.Task;
import dev.futures.thread.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Something that tasks which do nothing are submitted to. A JVM that measures one of them
 * has no other, so that calls of it are as fast as if there was no interface.
 */
interface Submitting extends AutoCloseable {

    int WORKERS = 2;

    /**
     * Submits a task that does nothing.
     * @return its future
     */
    java.util.concurrent.Future<?> submit();

    /**
     * Submits a task that does something.
     * @param task the task
     */
    void execute(Runnable task);

    @Override
    void close();

    static Submitting of(String contestant) {
        return switch (contestant) {
            case "futures" -> new ToFutures();
            case "jdk" -> new ToService(jdkPool());
            case "supplyAsync" -> new ToSupplyAsync();
            case "forkJoin" ->
                new ToService(new ForkJoinPool(WORKERS, ForkJoinPool.defaultForkJoinWorkerThreadFactory, null, true));
            case "virtual" -> new ToService(virtualThreads());
            default -> throw new IllegalArgumentException("no contestant is called '" + contestant + "'");
        };
    }

    private static ExecutorService jdkPool() {
        return new java.util.concurrent.ThreadPoolExecutor(WORKERS, WORKERS, 0, TimeUnit.SECONDS,
                new LinkedBlockingQueue<>());
    }

    /** This is compiled for Java 17, which has none. */
    private static ExecutorService virtualThreads() {
        try {
            return (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        }
        catch (ReflectiveOperationException ex) {
            throw new UnsupportedOperationException("virtual threads need Java 21", ex);
        }
    }

    /**
     * The pool of this project.
     */
    final class ToFutures implements Submitting {

        private static final Task<@Nullable Object> NO_OP = () -> null;

        private final ThreadPoolExecutor pool = new ThreadPoolExecutor(WORKERS);

        @Override
        public dev.futures.Future<?> submit() {
            return this.pool.submit(NO_OP);
        }

        @Override
        public void execute(Runnable task) {
            this.pool.submit(task::run);
        }

        @Override
        public void close() {
            this.pool.close();
        }

    }

    /**
     * A pool of the JDK.
     */
    final class ToService implements Submitting {

        private static final Callable<@Nullable Object> NO_OP = () -> null;

        private final ExecutorService pool;

        private ToService(ExecutorService pool) {
            this.pool = pool;
        }

        @Override
        public java.util.concurrent.Future<?> submit() {
            return this.pool.submit(NO_OP);
        }

        @Override
        public void execute(Runnable task) {
            this.pool.execute(task);
        }

        @Override
        public void close() {
            this.pool.shutdown();
        }

    }

    /**
     * Stages whose functions run in a pool of the JDK.
     */
    final class ToSupplyAsync implements Submitting {

        private static final Supplier<@Nullable Object> NO_OP = () -> null;

        private final ExecutorService pool = jdkPool();

        @Override
        public CompletableFuture<?> submit() {
            return CompletableFuture.supplyAsync(NO_OP, this.pool);
        }

        @Override
        public void execute(Runnable task) {
            this.pool.execute(task);
        }

        @Override
        public void close() {
            this.pool.shutdown();
        }

    }

}
