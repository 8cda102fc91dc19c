// SPDX-License-Identifier: Apache-2.0

package dev.futures.thread;

import java.time.Duration;

import dev.futures.pool.UnpooledExecutor;

/**
 * Runs each task in the thread that submits it, before {@code submit} returns: for tests
 * that want no concurrency, and for debugging. What the task throws is in the future, as
 * with every executor. A time limit interrupts the submitting thread, and a task that
 * submits another one runs it at once, on its own stack.
 */
public final class DirectExecutor extends UnpooledExecutor {

    /**
     * Creates an executor called {@code DirectExecutor}.
     */
    public DirectExecutor() {
        this("DirectExecutor");
    }

    /**
     * Creates an executor.
     * @param name its name
     */
    public DirectExecutor(String name) {
        super(name, "direct");
    }

    @Override
    protected void execute(Runnable run) {
        run.run();
    }

    @Override
    protected boolean runsInCaller() {
        return true;
    }

    @Override
    protected void shutdownLender() {
    }

    @Override
    protected boolean awaitLender(Duration timeout) {
        return true;
    }

}
