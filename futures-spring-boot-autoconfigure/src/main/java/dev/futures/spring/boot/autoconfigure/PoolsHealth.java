// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.futures.PoolStatistics;
import dev.futures.pool.PoolExecutor;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.util.StringUtils;

/**
 * The health of each pool that has been made. A pool that is broken is down; one that
 * starts no tasks, because somebody has paused it or it ends, is out of service; one that
 * has much to do is up, and says so in its details.
 */
final class PoolsHealth implements CompositeHealthContributor {

    private final Supplier<? extends Collection<? extends PoolExecutor>> pools;

    PoolsHealth(Supplier<? extends Collection<? extends PoolExecutor>> pools) {
        this.pools = pools;
    }

    @Override
    public @Nullable HealthContributor getContributor(String name) {
        return contributors().get(name);
    }

    @Override
    public Stream<HealthContributors.Entry> stream() {
        return contributors().entrySet()
            .stream()
            .map((each) -> new HealthContributors.Entry(each.getKey(), each.getValue()));
    }

    private Map<String, HealthIndicator> contributors() {
        Map<String, HealthIndicator> contributors = new TreeMap<>();
        for (PoolExecutor pool : this.pools.get()) {
            if (StringUtils.hasText(pool.name())) {
                contributors.putIfAbsent(pool.name(), () -> health(pool.statistics()));
            }
        }
        return contributors;
    }

    /** The first exception often says only that it is broken. */
    private static String reason(@Nullable Throwable brokenBy) {
        if (brokenBy == null) {
            return "unknown";
        }
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(brokenBy);
        return (cause != brokenBy) ? brokenBy.getMessage() + ": " + cause : String.valueOf(brokenBy.getMessage());
    }

    private static Health health(PoolStatistics pool) {
        Health.Builder health = switch (pool.state()) {
            case RUNNING -> Health.up();
            case PAUSED, SHUTTING_DOWN, TERMINATED -> Health.outOfService();
            case BROKEN -> Health.down().withDetail("error", reason(pool.brokenBy()));
        };
        health.withDetail("kind", pool.kind())
            .withDetail("state", pool.state().name().toLowerCase(Locale.ROOT))
            .withDetail("queueDepth", pool.queueDepth())
            .withDetail("busyWorkers", pool.busyWorkers())
            .withDetail("maxWorkers", pool.maxWorkers())
            .withDetail("saturated",
                    pool.queueDepth() >= pool.queueCapacity() || pool.busyWorkers() >= pool.maxWorkers());
        if (pool.queueCapacity() < Integer.MAX_VALUE) {
            health.withDetail("queueCapacity", pool.queueCapacity());
        }
        return health.build();
    }

}
