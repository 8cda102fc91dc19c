// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.actuate;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import dev.futures.Future;
import dev.futures.PoolListener;
import dev.futures.PoolStatistics;
import dev.futures.TaskContext;
import dev.futures.TaskInfo;
import dev.futures.TaskOptions;
import dev.futures.pool.PendingResult;
import dev.futures.pool.PoolExecutor;
import dev.futures.pool.QueueFullPolicy;
import dev.futures.process.ProcessPoolExecutor;
import dev.futures.spring.boot.actuate.PoolDescriptor.WaitingTask;
import dev.futures.spring.boot.actuate.PoolDescriptor.WorkerDescriptor;
import dev.futures.thread.ThreadPoolExecutor;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PoolDetails}.
 */
class PoolDetailsTests {

    private static final PoolListener EACH_TASK = new PoolListener() {

        @Override
        public TaskListener taskSubmitted(String pool, TaskInfo task) {
            return new TaskListener() {
            };
        }

    };

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static PoolDescriptor details(PoolExecutor pool) {
        return PoolDetails.of(pool, List.of(), false);
    }

    @Test
    void aWorkersTaskHasItsProgress() throws Exception {
        CountDownLatch reported = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (ThreadPoolExecutor pool = ThreadPoolExecutor.builder().maxWorkers(1).listener(EACH_TASK).build()) {
            pool.submit(() -> {
                TaskContext.current().progress(0.3, "page 30");
                reported.countDown();
                return release.await(60, TimeUnit.SECONDS);
            }, TaskOptions.named("render"));
            assertThat(reported.await(60, TimeUnit.SECONDS)).isTrue();
            List<Future<Integer>> waiting = IntStream.range(0, 120)
                .mapToObj((i) -> pool.submit(() -> i, TaskOptions.named("task " + i)))
                .toList();
            PoolDescriptor details = details(pool);
            WorkerDescriptor worker = details.workers().get(0);
            assertThat(worker.task()).isNotNull();
            assertThat(worker.task().name()).isEqualTo("render");
            assertThat(worker.task().progress()).isEqualTo(new PoolDescriptor.Progress(0.3, "page 30"));
            assertThat(worker.memory()).isNull();
            assertThat(details.running()).isEmpty();
            assertThat(details.waiting()).extracting(WaitingTask::name)
                .containsExactlyElementsOf(IntStream.range(0, 100).mapToObj((i) -> "task " + i).toList());
            assertThat(details.waiting()).extracting(WaitingTask::since).doesNotContainNull();
            assertThat(details.oldestWaitingSince()).isNotNull();
            release.countDown();
            assertThat(waiting.get(119).result(PATIENCE)).isEqualTo(119);
        }
    }

    @Test
    void aProcessIsShownWithItsMemoryAndItsLimit() throws Exception {
        try (ProcessPoolExecutor pool = ProcessPoolExecutor.builder()
            .maxWorkers(1)
            .maxHeap(64 << 20)
            .maxTasksPerChild(100)
            .environment(Map.of("PASSWORD", "hush"))
            .build()) {
            assertThat(pool.submit(() -> 1).result(PATIENCE)).isOne();
            assertThat(pool.submit(() -> 2).result(PATIENCE)).isEqualTo(2);
            PoolDescriptor details = details(pool);
            WorkerDescriptor worker = details.workers().get(0);
            assertThat(worker.pid()).isPositive();
            assertThat(worker.tasksDone()).isBetween(1L, 2L);
            assertThat(worker.tasksLimit()).isEqualTo(100);
            assertThat(worker.memory()).isNotNull();
            assertThat(worker.memory().heapMax()).isPositive();
            assertThat(details.configuration()).containsEntry("max-workers", 1)
                .containsEntry("max-tasks-per-child", 100)
                .containsEntry("death-policy", "heal")
                .containsEntry("max-heap", (long) (64 << 20))
                .containsEntry("environment", List.of("PASSWORD"));
            assertThat(details.toString()).doesNotContain("hush");
        }
    }

    @Test
    void settingsAreThoseOfThePropertiesAsTheyAreWritten() {
        try (ThreadPoolExecutor pool = ThreadPoolExecutor.builder()
            .maxWorkers(2)
            .queueCapacity(7)
            .keepAlive(Duration.ofMinutes(1))
            .queueFullPolicy(QueueFullPolicy.CALLER_RUNS)
            .build()) {
            pool.resize(5);
            assertThat(details(pool).configuration()).containsEntry("max-workers", 5)
                .containsEntry("queue-capacity", 7)
                .containsEntry("keep-alive", "PT1M")
                .containsEntry("queue-full-policy", "caller-runs");
        }
    }

    @Test
    void readingAPoolThatIsResizedAndRecycledDoesNotFail() throws Exception {
        try (ThreadPoolExecutor pool = ThreadPoolExecutor.builder().maxWorkers(4).build()) {
            Thread operator = new Thread(() -> IntStream.range(0, 500).forEach((i) -> {
                pool.resize(1 + i % 8);
                pool.submit(() -> 1);
                pool.recycle();
            }));
            operator.start();
            while (operator.isAlive()) {
                PoolDescriptor details = details(pool);
                assertThat(details.workerCounts().live()).isEqualTo(details.workers().size());
            }
            assertThat(pool.awaitQuiescence(PATIENCE)).isTrue();
        }
    }

    @Test
    void readingAPoolWhoseProcessesAreKilledDoesNotFail() throws Exception {
        try (ProcessPoolExecutor pool = ProcessPoolExecutor.builder().maxWorkers(1).maxHeap(64 << 20).build()) {
            for (int i = 0; i < 3; i++) {
                long pid = pool.submit(() -> ProcessHandle.current().pid()).result(PATIENCE);
                ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
                assertThat(process.destroyForcibly()).isTrue();
                do {
                    assertThat(details(pool).kind()).isEqualTo("process");
                }
                while (process.isAlive());
            }
        }
    }

    @Test
    void aTaskOfAWorkerThatWasLetGoRunsWithNoneOfThoseShown() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (ThreadPoolExecutor pool = ThreadPoolExecutor.builder().maxWorkers(1).build()) {
            Future<Boolean> task = pool.submit(() -> {
                started.countDown();
                return release.await(60, TimeUnit.SECONDS);
            }, TaskOptions.named("render"));
            assertThat(started.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(details(pool).running()).isEmpty();
            PoolStatistics statistics = pool.statistics();
            assertThat(PoolDetails.runningElsewhere(pool.tasks(1), statistics)).isEmpty();
            assertThat(PoolDetails.runningElsewhere(pool.tasks(1), statistics.withWorkers(List.of())))
                .extracting(PoolDescriptor.RunningTask::name)
                .containsExactly("render");
            release.countDown();
            assertThat(task.result(PATIENCE)).isTrue();
            assertThat(details(pool).running()).isEmpty();
        }
    }

    @Test
    void aTaskWhoseResultIsStillToComeRunsWithoutAWorker() throws Exception {
        CompletableFuture<String> stage = new CompletableFuture<>();
        try (ThreadPoolExecutor pool = ThreadPoolExecutor.builder().maxWorkers(1).build()) {
            Future<?> unfinished = pool.submit(() -> PendingResult.of(stage), TaskOptions.named("merge"));
            assertThat(pool.submit(() -> 1).result(PATIENCE)).isOne();
            assertThat(details(pool).running()).extracting(PoolDescriptor.RunningTask::name).containsExactly("merge");
            stage.complete("done");
            assertThat(unfinished.exception(PATIENCE)).isNull();
            assertThat(details(pool).running()).isEmpty();
        }
    }

}
