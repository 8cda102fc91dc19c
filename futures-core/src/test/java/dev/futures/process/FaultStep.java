// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

/**
 * The steps in the life of a task and its process.
 */
enum FaultStep {

    /** In the parent, by whoever submits, or by the worker's thread. */
    TASK_ENCODE, TASK_DECODE, INITIALIZER, RUN, RESULT_ENCODE,
    /** In the parent, by the worker's thread. */
    RESULT_DECODE,
    /** In the process, while it has no task. */
    IDLE,
    /** After shutdown, in a task and in the last moments of a process. */
    SHUTTING_DOWN

}
