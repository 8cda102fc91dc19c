// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import dev.futures.pool.WorkItem;
import org.jspecify.annotations.Nullable;

/**
 * The item of a worker whose child died before it had begun it, and how often that has
 * happened to it: a task whose mere arrival kills processes must not do so for ever.
 * Changed by the worker's thread only.
 */
final class Unstarted {

    /** How many processes a task may lose without having been begun. */
    static final int LIMIT = 3;

    // volatile: a submitter asks, whose item it is not
    private volatile @Nullable WorkItem<?> item;

    private int count;

    void add(WorkItem<?> lost) {
        this.count = is(lost) ? this.count + 1 : 1;
        this.item = lost;
    }

    boolean is(WorkItem<?> other) {
        return this.item == other;
    }

    boolean isHopeless() {
        return this.item != null && this.count >= LIMIT;
    }

    void forget() {
        this.item = null;
        this.count = 0;
    }

}
