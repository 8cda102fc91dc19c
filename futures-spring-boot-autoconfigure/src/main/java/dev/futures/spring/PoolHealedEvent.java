// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring;

/**
 * Published when a pool that was broken accepts tasks again.
 */
public class PoolHealedEvent extends PoolEvent {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an event.
     * @param pool the name of the pool
     */
    public PoolHealedEvent(String pool) {
        super(pool);
    }

}
