// SPDX-License-Identifier: Apache-2.0

package dev.futures.thread;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import dev.futures.Future;
import dev.futures.TaskContext;
import dev.futures.TaskOptions;
import dev.futures.TaskProgress;
import dev.futures.pool.QueueFullPolicy;
import dev.futures.support.Await;
import dev.futures.support.Gate;
import dev.futures.support.LeakCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tasks that run in the thread of somebody else, and workers that have nothing to do.
 */
@ExtendWith(LeakCheck.class)
class NestedContextTests {

    @TempDir
    private Path directory;

    @Test
    void aTaskThatItsCallerRunsDoesNotSpeakForTheCaller() throws Exception {
        Gate gate = Gate.in(this.directory);
        try (ThreadPoolExecutor outer = new ThreadPoolExecutor(1);
                ThreadPoolExecutor inner = ThreadPoolExecutor.builder()
                    .maxWorkers(1)
                    .queueCapacity(0)
                    .queueFullPolicy(QueueFullPolicy.CALLER_RUNS)
                    .build()) {
            Future<Integer> busy = inner.submit(() -> gate.pass(1));
            gate.awaitEntered(1);
            Future<List<Object>> future = outer.submit(() -> {
                Thread here = Thread.currentThread();
                TaskContext.current().progress("outer");
                Future<List<Object>> within = inner.submit(() -> {
                    TaskContext.current().progress("inner");
                    return List.of(TaskContext.current().taskName(), Thread.currentThread() == here);
                }, TaskOptions.named("inner"));
                return List.of(within.result(), within.progress(), TaskContext.current().taskName());
            }, TaskOptions.named("outer"));
            assertThat(future.result(Await.PATIENCE)).containsExactly(List.of("inner", true),
                    new TaskProgress(null, "inner"), "outer");
            assertThat(future.progress()).isEqualTo(new TaskProgress(null, "outer"));
            gate.letPass();
            assertThat(busy.result(Await.PATIENCE)).isEqualTo(1);
        }
    }

    @Test
    void aWorkerThatMustStayThoughItIsIdleDoesNotSpin() throws Exception {
        Duration keepAlive = Duration.ofMillis(50);
        try (ThreadPoolExecutor pool = ThreadPoolExecutor.builder()
            .maxWorkers(1)
            .minWorkers(1)
            .keepAlive(keepAlive)
            .build()) {
            Thread worker = pool.submit(Thread::currentThread).result(Await.PATIENCE);
            assertThat(Await.happens(keepAlive.multipliedBy(4), () -> pool.statistics().liveWorkers() == 0)).isFalse();
            Await.until("it waits", () -> worker.getState() == Thread.State.TIMED_WAITING);
            assertThat(pool.submit(Thread::currentThread).result(Await.PATIENCE)).isSameAs(worker);
        }
    }

}
