// SPDX-License-Identifier: Apache-2.0

package dev.futures.thread;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import dev.futures.ExecutorShutdownException;
import dev.futures.pool.UnpooledExecutor;

/**
 * Makes a {@link dev.futures.Executor} of an executor service of the JDK, such as
 * {@code Executors.newVirtualThreadPerTaskExecutor()} or {@code ForkJoinPool}: tasks run
 * in its threads, by its rules, and their futures are ours. Shutting this executor down
 * shuts the service down, unless it is the common pool, which cannot be.
 * <p>
 * The service must run or reject what it is given: the future of a task that it drops, by
 * a policy that discards tasks or in its own {@code shutdownNow}, never ends, and
 * {@link #close()} waits for it. So shut the service down through this executor only.
 * Priorities have no effect here.
 */
public final class DelegatingExecutor extends UnpooledExecutor {

    private final ExecutorService service;

    /**
     * Creates an executor.
     * @param name its name
     * @param service what runs the tasks
     */
    public DelegatingExecutor(String name, ExecutorService service) {
        super(name, "delegating");
        this.service = Objects.requireNonNull(service, "service");
    }

    @Override
    protected void execute(Runnable run) {
        try {
            this.service.execute(run);
        }
        catch (RejectedExecutionException ex) {
            if (!this.service.isShutdown()) {
                throw ex;
            }
            ExecutorShutdownException rejection = new ExecutorShutdownException(
                    "cannot schedule new futures after shutdown of the service of executor '" + name() + "'");
            rejection.initCause(ex);
            throw rejection;
        }
    }

    @Override
    protected void shutdownLender() {
        this.service.shutdown();
    }

    /** The common pool cannot be shut down, and says at once that it has not ended. */
    private boolean isCommonPool() {
        return this.service == ForkJoinPool.commonPool();
    }

    @Override
    protected boolean awaitLender(Duration timeout) throws InterruptedException {
        return isCommonPool()
                || this.service.awaitTermination(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
    }

}
