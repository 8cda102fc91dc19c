// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.actuate;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

import dev.futures.PoolStatistics;
import dev.futures.WorkerStatistics;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * A pool, as {@link FuturesEndpoint} shows it.
 *
 * @param kind the kind of its workers
 * @param state its state
 * @param queueDepth how many tasks wait for a worker
 * @param queueCapacity how many may wait, or {@code null} for any number
 * @param workerCounts how many workers there are
 * @param restarts how many workers died or were killed and were replaced
 * @param tasks what became of the tasks
 * @param brokenBy why the pool is broken, or {@code null} if it is not
 * @param workers the workers
 */
public record PoolDescriptor(String kind, String state, int queueDepth, @Nullable Integer queueCapacity,
        WorkerCounts workerCounts, long restarts, PoolStatistics.TaskCounts tasks, @Nullable String brokenBy,
        List<WorkerDescriptor> workers) implements OperationResponseBody {

    static PoolDescriptor of(PoolStatistics pool) {
        return new PoolDescriptor(pool.kind(), lowerCase(pool.state()), pool.queueDepth(),
                (pool.queueCapacity() == Integer.MAX_VALUE) ? null : Integer.valueOf(pool.queueCapacity()),
                new WorkerCounts(pool.liveWorkers(), pool.busyWorkers(), pool.idleWorkers(), pool.maxWorkers()),
                pool.restarts(), pool.tasks(), (pool.brokenBy() != null) ? pool.brokenBy().getMessage() : null,
                pool.workers().stream().map(WorkerDescriptor::of).toList());
    }

    private static String lowerCase(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /**
     * How many workers there are.
     *
     * @param live how many there are, starting ones included
     * @param busy how many run a task
     * @param idle how many wait for a task
     * @param maximum how many there may be
     */
    public record WorkerCounts(int live, int busy, int idle, int maximum) {

    }

    /**
     * A worker.
     *
     * @param name its name
     * @param thread its thread in this JVM
     * @param pid the process that its tasks run in, or {@code null} if that is this JVM
     * or not there yet
     * @param state what it does
     * @param task the task that it runs, or {@code null}
     * @param since since when it has been in this state
     * @param tasksDone how many tasks it has run
     * @param restarts how often its process died or was killed
     */
    public record WorkerDescriptor(String name, String thread, @Nullable Long pid, String state, @Nullable String task,
            Instant since, long tasksDone, long restarts) {

        static WorkerDescriptor of(WorkerStatistics worker) {
            return new WorkerDescriptor(worker.name(), worker.name(), worker.pid(), lowerCase(worker.state()),
                    worker.task(), worker.since(), worker.tasksDone(), worker.restarts());
        }

    }

}
