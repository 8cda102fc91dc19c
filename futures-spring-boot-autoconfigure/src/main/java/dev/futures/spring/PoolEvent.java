// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring;

import org.springframework.context.ApplicationEvent;

/**
 * Something that has happened in a pool. Published for the pools that are made from
 * properties, by the thread that has caused it: the one that submits a task, a worker, or
 * the one that watches time limits. Listeners hold that thread up, so one that is slow
 * should be {@link org.springframework.scheduling.annotation.Async @Async}, and one must
 * not wait for a task of the same pool. What a listener throws is logged once and has no
 * other effect. What happens before the context has started is published when it starts,
 * by the thread that starts it; what happens after it has stopped is not published.
 */
public abstract class PoolEvent extends ApplicationEvent {

    private static final long serialVersionUID = 1L;

    PoolEvent(String pool) {
        super(pool);
    }

    /**
     * Returns the pool in which it has happened.
     * @return the name of the pool, which for those made from properties is that of its
     * bean
     */
    public String getPool() {
        return (String) getSource();
    }

}
