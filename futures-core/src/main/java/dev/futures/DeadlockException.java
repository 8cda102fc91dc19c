// SPDX-License-Identifier: Apache-2.0

package dev.futures;

/**
 * Says that a task waits for a task of its own pool that can never end, since every
 * worker that could run it waits as well. It is thrown in the task whose wait would have
 * completed the circle, instead of letting the pool hang; the task usually fails with it
 * and its worker goes on.
 * <p>
 * Waits with a time limit are not looked at, since they end, nor are circles that go
 * through several pools.
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
