// SPDX-License-Identifier: Apache-2.0

package dev.futures;

/**
 * When {@link Futures#wait(Iterable, java.time.Duration, ReturnWhen)} returns.
 */
public enum ReturnWhen {

    /** When any future is done. */
    FIRST_COMPLETED,
    /**
     * When any future has ended with an exception; without one, as
     * {@link #ALL_COMPLETED}. Being cancelled does not count as an exception.
     */
    FIRST_EXCEPTION,
    /** When all futures are done. */
    ALL_COMPLETED

}
