// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring;

/**
 * Published when a pool is broken and accepts no more tasks.
 *
 * @see dev.futures.pool.PoolExecutor#heal()
 */
public class PoolBrokenEvent extends PoolEvent {

    private static final long serialVersionUID = 1L;

    private final Throwable cause;

    /**
     * Creates an event.
     * @param pool the name of the pool
     * @param cause why it is broken
     */
    public PoolBrokenEvent(String pool, Throwable cause) {
        super(pool);
        this.cause = cause;
    }

    /**
     * Returns why the pool is broken.
     * @return the cause
     */
    public Throwable getCause() {
        return this.cause;
    }

}
