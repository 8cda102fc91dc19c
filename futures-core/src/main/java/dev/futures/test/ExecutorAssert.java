// SPDX-License-Identifier: Apache-2.0

package dev.futures.test;

import java.time.Duration;

import dev.futures.Executor;
import dev.futures.PoolState;
import dev.futures.PoolStatistics;
import dev.futures.pool.PoolExecutor;
import dev.futures.pool.UnpooledExecutor;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about an {@link Executor}, such as a pool. Those whose names say
 * {@code Within} wait, without polling; the others look at the statistics of that moment.
 */
public final class ExecutorAssert extends AbstractAssert<ExecutorAssert, Executor> {

    ExecutorAssert(@Nullable Executor actual) {
        super(actual, ExecutorAssert.class);
    }

    /**
     * Verifies the name of the executor.
     * @param name the expected name
     * @return this assertion
     */
    public ExecutorAssert hasName(String name) {
        return verify(present().name().equals(name), "to have the name '" + name + "'");
    }

    /**
     * Verifies that the executor accepts tasks and runs them.
     * @return this assertion
     */
    public ExecutorAssert isRunning() {
        return verify(state() == PoolState.RUNNING, "to be running");
    }

    /**
     * Verifies that the executor starts no tasks until it is resumed.
     * @return this assertion
     */
    public ExecutorAssert isPaused() {
        return verify(state() == PoolState.PAUSED, "to be paused");
    }

    /**
     * Verifies that the executor was shut down, be it that tasks still run or not.
     * @return this assertion
     */
    public ExecutorAssert isShutdown() {
        return verify(state() == PoolState.SHUTTING_DOWN || state() == PoolState.TERMINATED, "to be shut down");
    }

    /**
     * Waits for the end of all tasks and workers, and verifies that it comes. Does not
     * shut the executor down.
     * @param timeout how long to wait
     * @return this assertion
     */
    public ExecutorAssert terminatesWithin(Duration timeout) {
        return verify(waits(() -> present().awaitTermination(timeout)), "to terminate within " + timeout);
    }

    /**
     * Verifies that the executor can run no tasks any more.
     * @return an assertion about the reason
     */
    public AbstractThrowableAssert<?, ? extends Throwable> isBroken() {
        verify(state() == PoolState.BROKEN, "to be broken");
        return Assertions.assertThat(statistics().brokenBy());
    }

    /**
     * Verifies that no task waits and none is running.
     * @return this assertion
     */
    public ExecutorAssert isIdle() {
        return verify(quiet(Duration.ZERO), "to be idle");
    }

    /**
     * Waits until no task waits and none is running, and verifies that this comes.
     * @param timeout how long to wait
     * @return this assertion
     */
    public ExecutorAssert becomesIdleWithin(Duration timeout) {
        return verify(quiet(timeout), "to become idle within " + timeout);
    }

    /**
     * Verifies how many tasks wait for a worker.
     * @param tasks the expected number
     * @return this assertion
     */
    public ExecutorAssert hasQueueDepth(int tasks) {
        return verify(statistics().queueDepth() == tasks, "to have " + tasks + " tasks waiting");
    }

    /**
     * Verifies how many workers there are, starting ones included.
     * @param workers the expected number
     * @return this assertion
     */
    public ExecutorAssert hasWorkers(int workers) {
        return verify(statistics().liveWorkers() == workers, "to have " + workers + " workers");
    }

    /**
     * Verifies how many workers run a task.
     * @param workers the expected number
     * @return this assertion
     */
    public ExecutorAssert hasBusyWorkers(int workers) {
        return verify(statistics().busyWorkers() == workers, "to have " + workers + " busy workers");
    }

    /**
     * Verifies how many tasks were accepted.
     * @param tasks the expected number
     * @return this assertion
     */
    public ExecutorAssert hasSubmitted(long tasks) {
        return verify(statistics().tasks().submitted() == tasks, "to have accepted " + tasks + " tasks");
    }

    /**
     * Verifies how many tasks returned a result.
     * @param tasks the expected number
     * @return this assertion
     */
    public ExecutorAssert hasSucceeded(long tasks) {
        return verify(statistics().tasks().succeeded() == tasks, "to have completed " + tasks + " tasks");
    }

    /**
     * Verifies how many tasks threw an exception or lost their worker.
     * @param tasks the expected number
     * @return this assertion
     */
    public ExecutorAssert hasFailed(long tasks) {
        return verify(statistics().tasks().failed() == tasks, "to have " + tasks + " failed tasks");
    }

    /**
     * Verifies how many tasks were not accepted.
     * @param tasks the expected number
     * @return this assertion
     */
    public ExecutorAssert hasRejected(long tasks) {
        return verify(statistics().tasks().rejected() == tasks, "to have rejected " + tasks + " tasks");
    }

    private Executor present() {
        isNotNull();
        return this.actual;
    }

    private PoolStatistics statistics() {
        return present().statistics();
    }

    private PoolState state() {
        return statistics().state();
    }

    private ExecutorAssert verify(boolean holds, String expectation) {
        if (!holds) {
            PoolStatistics now = statistics();
            AssertionError error = failure("expected executor '%s' %s but it is %s", now.name(), expectation,
                    describe(now));
            Throwable brokenBy = now.brokenBy();
            if (brokenBy != null) {
                error.addSuppressed(brokenBy);
            }
            throw error;
        }
        return this;
    }

    private static String describe(PoolStatistics now) {
        PoolStatistics.TaskCounts tasks = now.tasks();
        return now.state() + " with " + now.queueDepth() + " tasks waiting, " + now.busyWorkers() + " of "
                + now.liveWorkers() + " workers busy; of " + tasks.submitted() + " tasks " + tasks.succeeded()
                + " succeeded, " + tasks.failed() + " failed, " + tasks.cancelled() + " were cancelled, "
                + tasks.timedOut() + " timed out; " + tasks.rejected() + " were rejected"
                + ((now.brokenBy() != null) ? "; broken by " + now.brokenBy() : "");
    }

    private boolean quiet(Duration timeout) {
        Executor executor = present();
        if (executor instanceof PoolExecutor pool) {
            return waits(() -> pool.awaitQuiescence(timeout));
        }
        if (executor instanceof UnpooledExecutor unpooled) {
            return waits(() -> unpooled.awaitQuiescence(timeout));
        }
        // another's: there is nothing to wait on
        return statistics().queueDepth() == 0 && statistics().busyWorkers() == 0;
    }

    private static boolean waits(Wait wait) {
        try {
            return wait.comesTrue();
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new AssertionError("the test was interrupted while it waited for an executor", ex);
        }
    }

    /** A wait that says whether what it waited for has happened. */
    private interface Wait {

        boolean comesTrue() throws InterruptedException;

    }

}
