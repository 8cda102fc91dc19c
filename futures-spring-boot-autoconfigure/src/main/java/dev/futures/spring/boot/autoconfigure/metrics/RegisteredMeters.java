// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure.metrics;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import dev.futures.Outcome;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

/**
 * The meters of one pool in one registry. Timers are registered when they are first
 * needed, so a pool that is not used has none.
 */
final class RegisteredMeters {

    private final MeterRegistry registry;

    private final Tags tags;

    private final List<Meter> registered = new CopyOnWriteArrayList<>();

    private final LateTimer waiting;

    private final Map<Outcome, LateTimer> running = new EnumMap<>(Outcome.class);

    // volatile: written by whoever removes the meters, read by whoever registers one
    private volatile boolean removed;

    RegisteredMeters(MeterRegistry registry, Tags tags) {
        this.registry = registry;
        this.tags = tags;
        this.waiting = new LateTimer(Timer.builder("futures.tasks.wait")
            .tags(tags)
            .description("How long tasks have waited for a worker before they were started"));
        for (Outcome outcome : Outcome.values()) {
            this.running.put(outcome,
                    new LateTimer(Timer.builder("futures.tasks")
                        .tags(tags.and("outcome", tag(outcome)))
                        .description("How long tasks have run, from their start until their outcome was decided")));
        }
    }

    /** Named as Spring names outcomes. */
    private static String tag(Outcome outcome) {
        return switch (outcome) {
            case SUCCEEDED -> "SUCCESS";
            case FAILED -> "ERROR";
            case CANCELLED -> "CANCELLED";
            case TIMED_OUT -> "TIMEOUT";
        };
    }

    void register(String pool, String kind, int minWorkers, Snapshot snapshot) {
        PoolGauges gauges = new PoolGauges(this.registry, snapshot, this.tags, this.registered);
        gauges.registerAsExecutor(pool, minWorkers);
        gauges.registerOwn();
        if (kind.equals("process")) {
            gauges.registerProcesses();
        }
        removeIfTooLate();
    }

    void waited(long nanos) {
        this.waiting.record(nanos);
    }

    void ran(Outcome outcome, long nanos) {
        LateTimer timer = this.running.get(outcome);
        if (timer != null) {
            timer.record(nanos);
        }
    }

    void remove() {
        this.removed = true;
        this.registered.forEach(this.registry::remove);
    }

    // the pool may have ended while its meters were registered
    private void removeIfTooLate() {
        if (this.removed) {
            remove();
        }
    }

    /** A timer that is registered with the first time. */
    private final class LateTimer {

        private final Timer.Builder builder;

        // volatile: whoever finds none registers it, and gets what all others get
        private volatile @Nullable Timer timer;

        LateTimer(Timer.Builder builder) {
            this.builder = builder;
        }

        void record(long nanos) {
            Timer current = this.timer;
            if (current == null) {
                if (RegisteredMeters.this.removed) {
                    return;
                }
                current = this.builder.register(RegisteredMeters.this.registry);
                this.timer = current;
                RegisteredMeters.this.registered.add(current);
                removeIfTooLate();
            }
            current.record(nanos, TimeUnit.NANOSECONDS);
        }

    }

}
