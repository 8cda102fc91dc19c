// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.actuate;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.futures.PoolStatistics;
import dev.futures.TaskStatistics;
import dev.futures.WorkerStatistics;
import dev.futures.pool.PoolExecutor;
import dev.futures.spring.boot.actuate.PoolDescriptor.RunningTask;
import dev.futures.spring.boot.actuate.PoolDescriptor.WaitingTask;
import dev.futures.spring.boot.actuate.RecentFailures.FailureDescriptor;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;

/**
 * Finds out what there is to know about one pool.
 */
final class PoolDetails {

    private static final int MAX_WAITING = 100;

    private PoolDetails() {
    }

    static PoolDescriptor of(PoolExecutor pool, List<FailureDescriptor> failures, boolean operations) {
        // first: a worker that is let go in between takes its task along, and one that is
        // hired in between has none of these
        List<TaskStatistics> tasks = pool.tasks(MAX_WAITING);
        PoolStatistics statistics = pool.statistics();
        return PoolDescriptor.of(statistics, operations)
            .with(tasks.stream()
                .filter((each) -> each.state() == TaskStatistics.State.WAITING)
                .map(WaitingTask::of)
                .toList(), runningElsewhere(tasks, statistics), failures, configuration(pool));
    }

    /** Returns the tasks that run with none of the workers of the statistics. */
    static List<RunningTask> runningElsewhere(List<TaskStatistics> tasks, PoolStatistics statistics) {
        Set<String> workers = statistics.workers().stream().map(WorkerStatistics::name).collect(Collectors.toSet());
        return tasks.stream()
            .filter((each) -> each.state() == TaskStatistics.State.RUNNING
                    && (each.worker() == null || !workers.contains(each.worker())))
            .map(RunningTask::of)
            .toList();
    }

    private static Map<String, Object> configuration(PoolExecutor pool) {
        Map<String, Object> properties = new LinkedHashMap<>();
        pool.configuration()
            .forEach((setting, value) -> properties.put(DataObjectPropertyName.toDashedForm(setting), simple(value)));
        return properties;
    }

    /** Whatever writes it need not know how properties are written. */
    private static Object simple(Object value) {
        if (value instanceof Number || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
        if (value instanceof Collection<?> values) {
            return values.stream().map(String::valueOf).toList();
        }
        return value.toString();
    }

}
