// SPDX-License-Identifier: Apache-2.0

package dev.futures;

/**
 * Says that a task waits for a task of its own pool that can never end, since every
 * worker that could run it waits as well. It is thrown in the task whose wait would have
 * completed the circle, instead of letting the pool hang; the task usually fails with it
 * and its worker goes on.
 * <p>
 * Where a time limit, of the wait or of a task in the circle, ends it anyway, nothing is
 * thrown. What is seen are waits by the methods of {@link Future}, {@link Futures} and
 * the iterators; waits for stages that are derived from a future, and circles that go
 * through several pools, are not.
 */
public class DeadlockException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     * @param message which task waits for which
     */
    public DeadlockException(String message) {
        super(message);
    }

}
