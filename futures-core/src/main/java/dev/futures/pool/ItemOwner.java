// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import dev.futures.Outcome;

/**
 * Whoever accepted an item.
 */
interface ItemOwner {

    String name();

    /** The outcome of an item is decided, and nobody sees it yet. */
    void ended(WorkItem<?> item, boolean wasRunning, Outcome outcome);

}
