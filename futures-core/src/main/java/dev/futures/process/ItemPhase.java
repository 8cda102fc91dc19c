// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

/**
 * What becomes of an item between a worker and its child: NONE -> CLAIMED -> SENT ->
 * DECODED -> NONE.
 */
enum ItemPhase {

    /** There is no item. */
    NONE,
    /** A thread encodes it. */
    CLAIMED,
    /** The child has it. */
    SENT,
    /** The worker's thread decodes its answer. */
    DECODED

}
