// SPDX-License-Identifier: Apache-2.0

package dev.futures;

/**
 * How a future ends.
 */
public enum Outcome {

    /** The task returned a result. */
    SUCCEEDED,
    /** The task threw an exception, or lost its worker. */
    FAILED,
    /** The future was cancelled. */
    CANCELLED,
    /** A time limit of the task expired. */
    TIMED_OUT

}
