// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import dev.futures.BrokenExecutorException;
import dev.futures.PoolListener;
import dev.futures.TaskInfo;
import dev.futures.TaskTimeoutException;
import dev.futures.spring.PoolBrokenEvent;
import dev.futures.spring.PoolEvent;
import dev.futures.spring.PoolHealedEvent;
import dev.futures.spring.TaskRejectedEvent;
import dev.futures.spring.TaskTimedOutEvent;
import dev.futures.spring.WorkerDiedEvent;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;

/**
 * Publishes what happens in pools as events of the application. Before the context has
 * started, and after it has stopped, nothing is published, as those who listen may not be
 * there yet, or no more, and a thread of a pool must not make them.
 */
final class PoolEventPublisher implements PoolListener, SmartLifecycle {

    private static final Log logger = LogFactory.getLog(PoolEventPublisher.class);

    /** How many are kept until the context starts. */
    private static final int MAX_EARLY = 100;

    private final ApplicationEventPublisher publisher;

    // guarded by this; null from the first start on
    private @Nullable List<PoolEvent> early = new ArrayList<>();

    // volatile: written by the container, read by whoever causes an event
    private volatile boolean running;

    PoolEventPublisher(ApplicationEventPublisher publisher) {
        this.publisher = publisher;
    }

    @Override
    public void taskRejected(String pool, TaskInfo task, RuntimeException rejection) {
        publish(new TaskRejectedEvent(pool, task.name(), rejection));
    }

    @Override
    public void taskTimedOut(String pool, TaskInfo task, TaskTimeoutException failure) {
        publish(new TaskTimedOutEvent(pool, task.id(), task.name(), failure));
    }

    @Override
    public void workerDied(String pool, String worker, BrokenExecutorException death) {
        publish(new WorkerDiedEvent(pool, worker, death));
    }

    @Override
    public void poolBroken(String pool, Throwable cause) {
        publish(new PoolBrokenEvent(pool, cause));
    }

    @Override
    public void poolHealed(String pool) {
        publish(new PoolHealedEvent(pool));
    }

    private void publish(PoolEvent event) {
        if (this.running || !keep(event)) {
            publishIfRunning(event);
        }
    }

    /** Returns whether the event was kept, or forgotten for being one too many. */
    private synchronized boolean keep(PoolEvent event) {
        if (this.running || this.early == null) {
            return false;
        }
        if (this.early.size() < MAX_EARLY) {
            this.early.add(event);
        }
        return true;
    }

    private void publishIfRunning(PoolEvent event) {
        if (this.running) {
            this.publisher.publishEvent(event);
        }
    }

    @Override
    public void start() {
        List<PoolEvent> before;
        synchronized (this) {
            this.running = true;
            before = this.early;
            this.early = null;
        }
        if (before != null) {
            before.forEach(this::publishEarly);
        }
    }

    /** Nothing that listens may keep the application from starting. */
    private void publishEarly(PoolEvent event) {
        try {
            this.publisher.publishEvent(event);
        }
        catch (RuntimeException | LinkageError | AssertionError ex) {
            logger.warn("a listener failed on a " + event.getClass().getSimpleName() + " of pool '" + event.getPool()
                    + "' from before the start; the others are published all the same", ex);
        }
    }

    @Override
    public void stop() {
        this.running = false;
    }

    @Override
    public boolean isRunning() {
        return this.running;
    }

    /** Stopped when the pools have come to rest, before what listens is closed. */
    @Override
    public int getPhase() {
        return PoolLifecycle.PHASE - 1;
    }

}
