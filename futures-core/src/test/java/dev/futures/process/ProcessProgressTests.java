// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import dev.futures.Future;
import dev.futures.TaskAction;
import dev.futures.TaskContext;
import dev.futures.TaskProgress;
import dev.futures.support.Await;
import dev.futures.support.Gate;
import dev.futures.support.LeakCheck;
import dev.futures.support.LogCapture;
import dev.futures.support.Work;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What comes out of a process while its task goes on.
 */
@ExtendWith(LeakCheck.class)
class ProcessProgressTests {

    @TempDir
    private Path directory;

    @Test
    void ofAMillionReportsAFewAreSentAndTheLastOne() throws Exception {
        int count = 1_000_000;
        Gate gate = Gate.in(this.directory);
        AtomicInteger heard = new AtomicInteger();
        try (ProcessPoolExecutor pool = Pools.builder(1).build()) {
            Future<Integer> future = pool.submit(() -> {
                gate.pass(1);
                for (int i = 1; i <= count; i++) {
                    TaskContext.current().progress((double) i / count, "step " + i);
                }
                return 1;
            });
            future.addProgressListener((progress) -> heard.incrementAndGet());
            gate.letPass();
            assertThat(future.result(Duration.ofSeconds(60))).isEqualTo(1);
            assertThat(future.progress()).isEqualTo(new TaskProgress(1.0, "step " + count));
            assertThat(heard.get()).isBetween(1, count / 100);
        }
    }

    @Test
    void whereATaskHangsIsSeen() throws Exception {
        try (ProcessPoolExecutor pool = Pools.builder(1).stopGrace(Duration.ofMillis(1)).build()) {
            Future<?> future = pool.submit((TaskAction) () -> {
                for (int page = 1; page <= 1000; page++) {
                    TaskContext.current().progress("page " + page);
                }
                Work.spinForEver();
            });
            TaskProgress last = new TaskProgress(null, "page 1000");
            Await.until("the last report has come", () -> last.equals(future.progress()));
            assertThat(pool.statistics().workers().get(0).progress()).isEqualTo(last);
            assertThat(future.cancel(true)).isTrue();
            assertThat(pool.submit(() -> 1).result(Await.PATIENCE)).isEqualTo(1);
            assertThat(future.progress()).as("it tells where the task was").isEqualTo(last);
        }
    }

    @Test
    void theLastWordOfATaskThatKillsItsProcessMayStillCount() throws Exception {
        Gate gate = Gate.in(this.directory);
        try (LogCapture log = new LogCapture("dev.futures"); ProcessPoolExecutor pool = Pools.builder(1).build()) {
            Future<?> future = pool.submit((TaskAction) () -> {
                TaskContext.current().progress("about to crash");
                gate.pass(1);
                Runtime.getRuntime().halt(1);
            });
            Await.until("the report has come", () -> future.progress() != null);
            gate.letPass();
            assertThat(future.exception(Await.PATIENCE)).isInstanceOf(WorkerDiedException.class);
            assertThat(future.progress()).isEqualTo(new TaskProgress(null, "about to crash"));
            assertThat(log.messages()).isNotEmpty();
        }
    }

    @Test
    void aThreadLeftBehindThatReportsDoesNoHarm() throws Exception {
        try (LogCapture log = new LogCapture("dev.futures"); ProcessPoolExecutor pool = Pools.builder(1).build()) {
            Future<Long> first = pool.submit(() -> {
                TaskContext context = TaskContext.current();
                Thread thread = new Thread(() -> {
                    while (true) {
                        context.progress("left behind");
                    }
                });
                thread.setDaemon(true);
                thread.start();
                return Work.pid();
            });
            long pid = first.result(Await.PATIENCE);
            for (int i = 0; i < 100; i++) {
                int number = i;
                Future<Integer> next = pool.submit(() -> {
                    TaskContext.current().progress("number " + number);
                    return number;
                });
                assertThat(next.result(Await.PATIENCE)).isEqualTo(i);
                assertThat(next.progress()).isEqualTo(new TaskProgress(null, "number " + i));
            }
            assertThat(pool.submit(Work::pid).result(Await.PATIENCE)).isEqualTo(pid);
            assertThat(log.messages()).isEmpty();
        }
    }

}
