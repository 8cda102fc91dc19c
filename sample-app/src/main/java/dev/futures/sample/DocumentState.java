// SPDX-License-Identifier: Apache-2.0

package dev.futures.sample;

/**
 * What becomes of a document.
 */
public enum DocumentState {

    /** Its file is being stored, or waits for that. */
    STORING,

    /** It waits for a worker process. */
    WAITING,

    /** A worker process is reading it. */
    RUNNING,

    /** It has been read. */
    DONE,

    /** It could not be read, or took its worker with it. */
    FAILED,

    /** Somebody did not want it any more. */
    CANCELLED

}
