// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.actuate;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.futures.PoolStatistics;
import dev.futures.ProcessStatistics;
import dev.futures.TaskProgress;
import dev.futures.TaskStatistics;
import dev.futures.WorkerStatistics;
import dev.futures.spring.boot.actuate.RecentFailures.FailureDescriptor;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * A pool, as {@link FuturesEndpoint} shows it.
 *
 * @param kind the kind of its workers
 * @param state its state
 * @param operations whether it can be steered
 * @param queueDepth how many tasks wait for a worker
 * @param queueCapacity how many may wait, or {@code null} for any number
 * @param oldestWaitingSince since when the task has waited that has waited longest, or
 * {@code null}
 * @param workerCounts how many workers there are
 * @param restarts how many workers died or were killed and were replaced
 * @param tasks what became of the tasks
 * @param brokenBy why the pool is broken, with the causes, or {@code null} if it is not
 * @param workers the workers
 * @param waiting the first of the tasks that wait, or {@code null} without detail
 * @param running the tasks that run with none of the workers shown: in a caller, with a
 * worker that the pool has let go, or with a result that is still to come; or
 * {@code null} without detail
 * @param failures what failed lately, or {@code null} without detail
 * @param configuration the settings by the names of their properties, or {@code null}
 * without detail
 */
public record PoolDescriptor(String kind, String state, boolean operations, int queueDepth,
        @Nullable Integer queueCapacity, @Nullable Instant oldestWaitingSince, WorkerCounts workerCounts, long restarts,
        PoolStatistics.TaskCounts tasks, @Nullable String brokenBy, List<WorkerDescriptor> workers,
        @Nullable List<WaitingTask> waiting, @Nullable List<RunningTask> running,
        @Nullable List<FailureDescriptor> failures,
        @Nullable Map<String, Object> configuration) implements OperationResponseBody {

    static PoolDescriptor of(PoolStatistics pool, boolean operations) {
        return new PoolDescriptor(pool.kind(), lowerCase(pool.state()), operations, pool.queueDepth(),
                (pool.queueCapacity() == Integer.MAX_VALUE) ? null : Integer.valueOf(pool.queueCapacity()),
                pool.oldestWaitingSince(),
                new WorkerCounts(pool.liveWorkers(), pool.busyWorkers(), pool.idleWorkers(), pool.maxWorkers()),
                pool.restarts(), pool.tasks(), (pool.brokenBy() != null) ? BoundedText.messages(pool.brokenBy()) : null,
                pool.workers().stream().map(WorkerDescriptor::of).toList(), null, null, null, null);
    }

    PoolDescriptor with(List<WaitingTask> waiting, List<RunningTask> running, List<FailureDescriptor> failures,
            Map<String, Object> configuration) {
        return new PoolDescriptor(this.kind, this.state, this.operations, this.queueDepth, this.queueCapacity,
                this.oldestWaitingSince, this.workerCounts, this.restarts, this.tasks, this.brokenBy, this.workers,
                waiting, running, failures, configuration);
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
     * @param since since when it has been in this state
     * @param startedAt since when there has been its process or, without one, its thread
     * @param task the task that it runs, or {@code null}
     * @param tasksDone how many tasks its process or, without one, its thread has run
     * @param tasksLimit after how many its process is replaced, or {@code null}
     * @param restarts how often its process died or was killed
     * @param memory what its process takes, or {@code null} without one
     */
    public record WorkerDescriptor(String name, String thread, @Nullable Long pid, String state, Instant since,
            Instant startedAt, @Nullable WorkersTask task, long tasksDone, @Nullable Integer tasksLimit, long restarts,
            @Nullable Memory memory) {

        static WorkerDescriptor of(WorkerStatistics worker) {
            ProcessStatistics process = worker.process();
            String state = lowerCase(worker.state());
            WorkersTask task = WorkersTask.of(worker);
            if (process == null) {
                return new WorkerDescriptor(worker.name(), worker.name(), null, state, worker.since(),
                        worker.startedAt(), task, worker.tasksDone(), null, worker.restarts(), null);
            }
            return new WorkerDescriptor(worker.name(), worker.name(), process.pid(), state, worker.since(),
                    process.startedAt(), task, process.tasksDone(),
                    (process.maxTasks() > 0) ? Integer.valueOf(process.maxTasks()) : null, worker.restarts(),
                    new Memory(process.residentMemory(), process.heapUsed(), process.heapMax()));
        }

    }

    /**
     * The task that a worker runs.
     *
     * @param id its number
     * @param name its name
     * @param progress what it last reported, or {@code null}
     */
    public record WorkersTask(long id, String name, @Nullable Progress progress) {

        static @Nullable WorkersTask of(WorkerStatistics worker) {
            if (worker.taskId() == null || worker.task() == null) {
                return null;
            }
            TaskProgress progress = worker.progress();
            return new WorkersTask(worker.taskId(), BoundedText.name(worker.task()),
                    (progress != null) ? new Progress(progress.fraction(), progress.text()) : null);
        }

    }

    /**
     * How far a task has come.
     *
     * @param fraction how much is done, from 0 to 1, or {@code null}
     * @param message what it is doing, or {@code null}
     */
    public record Progress(@Nullable Double fraction, @Nullable String message) {

    }

    /**
     * What the process of a worker takes, in bytes.
     *
     * @param resident how much memory it occupies, or {@code null}
     * @param heapUsed how much of its heap was in use at the end of its last task, or
     * {@code null}
     * @param heapMax how large its heap may become, or {@code null}
     */
    public record Memory(@Nullable Long resident, @Nullable Long heapUsed, @Nullable Long heapMax) {

    }

    /**
     * A task that waits for a worker.
     *
     * @param id its number
     * @param name its name
     * @param priority its priority
     * @param since since when it waits, or {@code null}
     */
    public record WaitingTask(long id, String name, int priority, @Nullable Instant since) {

        static WaitingTask of(TaskStatistics task) {
            return new WaitingTask(task.id(), BoundedText.name(task.name()), task.priority(), task.since());
        }

    }

    /**
     * A task that runs with none of the workers shown.
     *
     * @param id its number
     * @param name its name
     * @param since since when it runs, or {@code null}
     */
    public record RunningTask(long id, String name, @Nullable Instant since) {

        static RunningTask of(TaskStatistics task) {
            return new RunningTask(task.id(), BoundedText.name(task.name()), task.since());
        }

    }

}
