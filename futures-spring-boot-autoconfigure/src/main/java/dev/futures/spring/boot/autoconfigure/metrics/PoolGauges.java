// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

import dev.futures.PoolState;
import dev.futures.PoolStatistics;
import dev.futures.ProcessStatistics;
import dev.futures.WorkerStatistics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.BaseUnits;
import org.jspecify.annotations.Nullable;

/**
 * The meters that read the statistics of a pool. They refer weakly to their snapshot, so
 * whoever registers them has to keep it.
 */
final class PoolGauges {

    private final MeterRegistry registry;

    private final Snapshot snapshot;

    private final Tags tags;

    private final List<Meter> registered;

    /**
     * Creates gauges that are not registered yet.
     * @param tags those of {@code futures.*}
     * @param registered to which each meter is added
     */
    PoolGauges(MeterRegistry registry, Snapshot snapshot, Tags tags, List<Meter> registered) {
        this.registry = registry;
        this.snapshot = snapshot;
        this.tags = tags;
        this.registered = registered;
    }

    /**
     * Registers what the JDK's executors have too, with the same units and descriptions.
     * A further tag would clash with theirs in Prometheus.
     */
    void registerAsExecutor(String pool, int minWorkers) {
        Tags name = Tags.of("name", pool);
        gauge("executor.pool.size", name, BaseUnits.THREADS, "The current number of threads in the pool",
                PoolStatistics::liveWorkers);
        gauge("executor.pool.core", name, BaseUnits.THREADS, "The core number of threads for the pool",
                (statistics) -> minWorkers);
        gauge("executor.pool.max", name, BaseUnits.THREADS, "The maximum allowed number of threads in the pool",
                PoolStatistics::maxWorkers);
        gauge("executor.active", name, BaseUnits.THREADS,
                "The approximate number of threads that are actively executing tasks", PoolStatistics::busyWorkers);
        gauge("executor.queued", name, BaseUnits.TASKS, "The approximate number of tasks that are queued for execution",
                PoolStatistics::queueDepth);
        gauge("executor.queue.remaining", name, BaseUnits.TASKS,
                "The number of additional elements that this queue can ideally accept without blocking",
                (statistics) -> Math.max(0, statistics.queueCapacity() - statistics.queueDepth()));
        counter("executor.completed", name, BaseUnits.TASKS,
                "The approximate total number of tasks that have completed execution", PoolGauges::completed);
    }

    /** Registers what all kinds of pool have. */
    void registerOwn() {
        for (WorkerStatistics.State state : WorkerStatistics.State.values()) {
            gauge("futures.workers", this.tags.and("state", state.name().toLowerCase(Locale.ROOT)), "workers",
                    "Workers by what they do",
                    (statistics) -> statistics.workers().stream().filter((worker) -> worker.state() == state).count());
        }
        counter("futures.workers.restarts", this.tags, null, "Workers that died or were killed and were replaced",
                PoolStatistics::restarts);
        gauge("futures.pool.broken", this.tags, null, "Whether the pool is broken and accepts no tasks",
                (statistics) -> (statistics.state() == PoolState.BROKEN) ? 1 : 0);
        this.registered.add(TimeGauge
            .builder("futures.queue.age", this.snapshot, TimeUnit.NANOSECONDS, (each) -> queueAge(each.get()))
            .tags(this.tags)
            .description("Since when the task has waited that has waited longest")
            .register(this.registry));
        counter("futures.tasks.rejected", this.tags, null, "Tasks that the pool did not accept",
                (statistics) -> statistics.tasks().rejected());
        counter("futures.tasks.cancelled", this.tags, null, "Tasks that were cancelled, begun or not",
                (statistics) -> statistics.tasks().cancelled());
        counter("futures.tasks.timeouts", this.tags, null, "Tasks that exceeded a time limit, begun or not",
                (statistics) -> statistics.tasks().timedOut());
    }

    /** Registers what pools with processes have. Not by process: these come and go. */
    void registerProcesses() {
        memory("futures.workers.memory.resident", "Memory that the processes occupy",
                ProcessStatistics::residentMemory);
        memory("futures.workers.memory.heap", "Heap in use in the processes, garbage included",
                ProcessStatistics::heapUsed);
    }

    private void memory(String name, String description, Function<ProcessStatistics, @Nullable Long> amount) {
        gauge(name, this.tags, BaseUnits.BYTES, description + ", in all",
                (statistics) -> amounts(statistics, amount, false));
        gauge(name + ".largest", this.tags, BaseUnits.BYTES, description + ", of the largest one",
                (statistics) -> amounts(statistics, amount, true));
    }

    private static double amounts(PoolStatistics statistics, Function<ProcessStatistics, @Nullable Long> amount,
            boolean largest) {
        List<ProcessStatistics> processes = statistics.workers()
            .stream()
            .map(WorkerStatistics::process)
            .filter(Objects::nonNull)
            .toList();
        long[] known = processes.stream().map(amount).filter(Objects::nonNull).mapToLong(Long::longValue).toArray();
        if (known.length == 0 && !processes.isEmpty()) {
            return Double.NaN;
        }
        long result = 0;
        for (long each : known) {
            result = largest ? Math.max(result, each) : result + each;
        }
        return result;
    }

    private static double queueAge(PoolStatistics statistics) {
        Instant since = statistics.oldestWaitingSince();
        if (since == null) {
            // without a listener a pool does not know
            return (statistics.queueDepth() > 0) ? Double.NaN : 0;
        }
        return Math.max(0, Duration.between(since, Instant.now()).toNanos());
    }

    private static double completed(PoolStatistics statistics) {
        PoolStatistics.TaskCounts tasks = statistics.tasks();
        return tasks.succeeded() + tasks.failed() + tasks.cancelled() + tasks.timedOut();
    }

    private void gauge(String name, Tags tags, @Nullable String unit, String description,
            ToDoubleFunction<PoolStatistics> value) {
        this.registered.add(Gauge.builder(name, this.snapshot, (each) -> value.applyAsDouble(each.get()))
            .tags(tags)
            .baseUnit(unit)
            .description(description)
            .register(this.registry));
    }

    private void counter(String name, Tags tags, @Nullable String unit, String description,
            ToDoubleFunction<PoolStatistics> value) {
        this.registered.add(FunctionCounter.builder(name, this.snapshot, (each) -> value.applyAsDouble(each.get()))
            .tags(tags)
            .baseUnit(unit)
            .description(description)
            .register(this.registry));
    }

}
