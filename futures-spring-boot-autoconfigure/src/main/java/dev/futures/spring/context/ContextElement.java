// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.context;

import org.jspecify.annotations.Nullable;

/**
 * One kind of context that threads have.
 *
 * @param <V> the type of what a thread has of it
 */
interface ContextElement<V> {

    /** Returns the key of the accessor that Micrometer's registry would have for it. */
    Object key();

    /** Returns what the calling thread has, or {@code null} if it has nothing. */
    @Nullable V capture();

    /**
     * Remembers what the calling thread has.
     * @return what puts it back, in the same thread
     */
    Runnable keep();

    /**
     * Puts a value in place in the calling thread. If that fails there is none: better
     * that than the one of whoever was here before.
     * @param value the value, or {@code null} to clear what is there
     */
    void set(@Nullable V value);

    /**
     * Takes note of what the task has thrown, before what was there is put back.
     * @param failure what the task has thrown
     */
    default void failed(Throwable failure) {
    }

}
