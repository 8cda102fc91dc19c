// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring;

import dev.futures.BrokenExecutorException;

/**
 * Published when a worker has lost the process that its tasks run in, which nobody had
 * asked to end.
 */
public class WorkerDiedEvent extends PoolEvent {

    private static final long serialVersionUID = 1L;

    private final String worker;

    private final BrokenExecutorException death;

    /**
     * Creates an event.
     * @param pool the name of the pool
     * @param worker the name of the worker
     * @param death what happened
     */
    public WorkerDiedEvent(String pool, String worker, BrokenExecutorException death) {
        super(pool);
        this.worker = worker;
        this.death = death;
    }

    /**
     * Returns the worker.
     * @return its name
     */
    public String getWorker() {
        return this.worker;
    }

    /**
     * Returns what happened.
     * @return a {@link dev.futures.process.WorkerDiedException}, which knows the exit
     * status and the last output, if the process had been ready
     */
    public BrokenExecutorException getDeath() {
        return this.death;
    }

}
