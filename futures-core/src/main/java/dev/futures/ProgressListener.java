// SPDX-License-Identifier: Apache-2.0

package dev.futures;

/**
 * Is told how far a {@link Executor#map(TaskFunction, Iterable, MapOptions) map} has
 * come, whether or not anybody iterates over its results.
 * <p>
 * It is called by whichever thread ends a task, or by the one that submits it if the task
 * has ended by then, so it must not block: it would hold up a worker. Calls never overlap
 * and each happens-before the next, although they may come from different threads. What
 * it throws is logged and otherwise ignored.
 */
@FunctionalInterface
public interface ProgressListener {

    /**
     * Called when tasks have ended. The number only grows; numbers in between may be
     * skipped, the last one never is, though it may come a moment after the last result.
     * @param done how many inputs belong to tasks that have ended, with a result or an
     * exception; those of cancelled tasks do not count
     */
    void progressed(long done);

}
