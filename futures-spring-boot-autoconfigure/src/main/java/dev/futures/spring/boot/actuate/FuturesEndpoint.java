// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.actuate;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

import dev.futures.pool.PoolExecutor;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * {@link Endpoint} that shows every pool, what waits, what runs where and since when, and
 * what failed lately, and lets an operator steer pools. It shows pools that there are and
 * makes none, and never shows the arguments of tasks.
 */
@Endpoint(id = "futures", defaultAccess = Access.READ_ONLY)
public class FuturesEndpoint {

    private final Supplier<? extends Collection<? extends PoolExecutor>> pools;

    private final RecentFailures failures;

    private final boolean operations;

    /**
     * Creates an endpoint.
     * @param pools the pools to show; of two with one name, the first
     * @param failures what failed lately in these pools
     * @param operations whether to say that pools can be steered; whether they can be is
     * decided by the access to the endpoint
     */
    public FuturesEndpoint(Supplier<? extends Collection<? extends PoolExecutor>> pools, RecentFailures failures,
            boolean operations) {
        this.pools = pools;
        this.failures = failures;
        this.operations = operations;
    }

    /**
     * Shows all pools.
     * @return the pools by name
     */
    @ReadOperation
    public PoolsDescriptor pools() {
        Map<String, PoolDescriptor> descriptors = new TreeMap<>();
        this.pools.get()
            .forEach((each) -> descriptors.computeIfAbsent(each.name(),
                    (name) -> PoolDescriptor.of(each.statistics(), this.operations)));
        return new PoolsDescriptor(descriptors);
    }

    /**
     * Shows one pool in detail.
     * @param pool the name of the pool
     * @return the pool, or {@code null} if there is none of that name
     */
    @ReadOperation
    public @Nullable PoolDescriptor pool(@Selector String pool) {
        PoolExecutor found = find(pool);
        return (found != null) ? PoolDetails.of(found, this.failures.of(pool), this.operations) : null;
    }

    /**
     * Resizes a pool, or does something with it: {@code pause}, {@code resume},
     * {@code recycle} or {@code heal}. Does not block, and has no effect on a pool that
     * is in the wanted state.
     * @param pool the name of the pool
     * @param maxWorkers how many workers there may be from now on, if there is no action
     * @param action what to do, if it is not to be resized
     * @param worker the worker to recycle, or {@code null} for all
     * @throws InvalidEndpointRequestException if there is no such pool or worker, or it
     * is not clear what to do
     */
    @WriteOperation(produces = "application/json")
    public void change(@Selector String pool, @Nullable Integer maxWorkers, @Nullable String action,
            @Nullable String worker) {
        PoolExecutor target = get(pool);
        if ((maxWorkers == null) == (action == null)) {
            throw invalid("either 'maxWorkers' or 'action' must be given, and not both");
        }
        if (worker != null && !"recycle".equals(action)) {
            throw invalid("'worker' can be given only with the action 'recycle'");
        }
        if (maxWorkers != null) {
            resize(target, maxWorkers);
        }
        else if (action != null) {
            act(target, action, worker);
        }
    }

    private static void resize(PoolExecutor pool, int maxWorkers) {
        try {
            pool.resize(maxWorkers);
        }
        catch (IllegalArgumentException ex) {
            throw invalid(String.valueOf(ex.getMessage()));
        }
    }

    private static void act(PoolExecutor pool, String action, @Nullable String worker) {
        switch (action) {
            case "pause" -> pool.pause();
            case "resume" -> pool.resume();
            case "heal" -> pool.heal();
            case "recycle" -> recycle(pool, worker);
            default -> throw invalid("'action' must be 'pause', 'resume', 'recycle' or 'heal' but was '"
                    + BoundedText.name(action) + "'");
        }
    }

    private static void recycle(PoolExecutor pool, @Nullable String worker) {
        if (worker == null) {
            pool.recycle();
        }
        else if (!pool.recycle(worker)) {
            throw new NotFoundException("pool '" + pool.name() + "' has no worker '" + BoundedText.name(worker) + "'");
        }
    }

    /**
     * Cancels a task, and stops it if it is running.
     * @param pool the name of the pool
     * @param taskId the number of the task
     * @throws InvalidEndpointRequestException if there is no such pool or task, or the
     * task has ended
     */
    @DeleteOperation(produces = "application/json")
    public void cancel(@Selector String pool, @Selector long taskId) {
        if (!get(pool).cancel(taskId, true)) {
            throw new NotFoundException("pool '" + pool + "' has no task " + taskId + " that waits or runs");
        }
    }

    private PoolExecutor get(String name) {
        PoolExecutor pool = find(name);
        if (pool == null) {
            throw new NotFoundException("there is no pool '" + BoundedText.name(name) + "'");
        }
        return pool;
    }

    private @Nullable PoolExecutor find(String name) {
        for (PoolExecutor pool : this.pools.get()) {
            if (pool.name().equals(name)) {
                return pool;
            }
        }
        return null;
    }

    private static InvalidEndpointRequestException invalid(String reason) {
        return new InvalidEndpointRequestException(reason, reason);
    }

    /**
     * All pools.
     *
     * @param pools the pools by name
     */
    public record PoolsDescriptor(Map<String, PoolDescriptor> pools) implements OperationResponseBody {

    }

    /** Says that there is nothing that a request could be about. */
    static final class NotFoundException extends InvalidEndpointRequestException {

        private static final long serialVersionUID = 1L;

        NotFoundException(String reason) {
            super(reason, reason);
        }

    }

}
