// SPDX-License-Identifier: Apache-2.0

package dev.futures.thread;

import dev.futures.Task;
import dev.futures.TaskInfo;
import org.jspecify.annotations.Nullable;

/**
 * The surroundings that a {@link ThreadWorker} runs its tasks in: CPython's worker
 * context, which makes an interpreter pool out of a thread pool. Each worker has one of
 * its own and calls it from its own thread only. For authors of executors only.
 */
public interface WorkerContext {

    /**
     * Gets ready for the first task. An exception from here breaks the pool.
     * @throws Throwable what the initializer threw
     */
    void initialize() throws Throwable;

    /**
     * Runs a task.
     * @param <T> the type of the result
     * @param task the task
     * @param info says what messages call the task
     * @return its result
     * @throws Throwable what becomes the exception of the future
     */
    <T extends @Nullable Object> T run(Task<T> task, TaskInfo info) throws Throwable;

    /**
     * Frees what the context has. The worker calls it once, as the last thing it does,
     * also if {@link #initialize()} failed; what it throws is logged.
     * @throws Exception if something could not be freed
     */
    void close() throws Exception;

}
