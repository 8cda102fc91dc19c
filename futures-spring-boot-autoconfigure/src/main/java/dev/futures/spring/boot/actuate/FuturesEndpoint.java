// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.actuate;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

import dev.futures.Executor;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/**
 * {@link Endpoint} that shows every pool: what waits, what runs where and since when.
 */
@Endpoint(id = "futures", defaultAccess = Access.READ_ONLY)
public class FuturesEndpoint {

    private final Supplier<? extends Collection<? extends Executor>> executors;

    /**
     * Creates an endpoint.
     * @param executors the executors to show
     */
    public FuturesEndpoint(Supplier<? extends Collection<? extends Executor>> executors) {
        this.executors = executors;
    }

    /**
     * Shows all pools.
     * @return the pools by name
     */
    @ReadOperation
    public PoolsDescriptor pools() {
        Map<String, PoolDescriptor> pools = new TreeMap<>();
        this.executors.get().forEach((each) -> pools.put(each.name(), PoolDescriptor.of(each.statistics())));
        return new PoolsDescriptor(pools);
    }

    /**
     * Shows one pool.
     * @param name the name of the pool
     * @return the pool, or {@code null} if there is none of that name
     */
    @ReadOperation
    public @Nullable PoolDescriptor pool(@Selector String name) {
        return this.executors.get()
            .stream()
            .filter((each) -> each.name().equals(name))
            .findFirst()
            .map((each) -> PoolDescriptor.of(each.statistics()))
            .orElse(null);
    }

    /**
     * All pools.
     *
     * @param pools the pools by name
     */
    public record PoolsDescriptor(Map<String, PoolDescriptor> pools) implements OperationResponseBody {

    }

}
