// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

import dev.futures.Future;
import dev.futures.TaskOptions;
import dev.futures.support.Await;
import dev.futures.support.LeakCheck;
import dev.futures.support.LogCapture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever a child sends, its parent loses a process and a task at most.
 */
@ExtendWith(LeakCheck.class)
class HostileChildTests {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(names = { "SENDS_NOISE", "CLAIMS_MORE_THAN_IT_MAY", "ANSWERS_ANOTHER", "SAYS_HELLO_AGAIN",
            "REPORTS_WRONG_PROGRESS" })
    void aChildThatBreaksTheRulesIsKilled(StubWorker.Manner manner) throws Exception {
        try (LogCapture log = new LogCapture("dev.futures");
                ProcessPoolExecutor pool = StubWorker.builder(this.directory, manner).build()) {
            for (int i = 0; i < 2; i++) {
                Future<?> future = pool.submit(() -> 1, TaskOptions.named("task " + i));
                assertThat(future.exception(Await.PATIENCE)).isInstanceOf(WorkerDiedException.class)
                    .hasMessageContaining("was killed because it broke the protocol: ")
                    .hasMessageContaining("while running task 'task " + i + "'; only this task is lost");
            }
            assertThat(log.messages()).hasSize(2);
        }
    }

    @Test
    void anAnswerThatIsCutIsNone() throws Exception {
        try (LogCapture log = new LogCapture("dev.futures");
                ProcessPoolExecutor pool = StubWorker.builder(this.directory, StubWorker.Manner.STOPS_IN_THE_MIDDLE)
                    .build()) {
            assertThat(pool.submit(() -> 1).exception(Await.PATIENCE)).isInstanceOf(WorkerDiedException.class)
                .hasMessageContaining("exited with status 7 while running");
            assertThat(log.messages()).hasSize(1);
        }
    }

    @Test
    void aSecondAnswerIsNotTakenForThatToTheNextTask() throws Exception {
        try (LogCapture log = new LogCapture("dev.futures");
                ProcessPoolExecutor pool = StubWorker.builder(this.directory, StubWorker.Manner.ANSWERS_TWICE)
                    .build()) {
            Future<Object> first = pool.submit(() -> "mine");
            assertThat(first.result(Await.PATIENCE)).isEqualTo("answer");
            Await.until("it is killed",
                    () -> log.messages().stream().anyMatch((message) -> message.contains("it broke the protocol")));
        }
    }

    @Test
    void aFloodOfReportsIsOnlyLate() throws Exception {
        try (ProcessPoolExecutor pool = StubWorker.builder(this.directory, StubWorker.Manner.FLOODS_WITH_PROGRESS)
            .build()) {
            AtomicInteger heard = new AtomicInteger();
            pool.pause();
            Future<Object> future = pool.submit(() -> "mine");
            future.addProgressListener((progress) -> heard.incrementAndGet());
            long begin = System.nanoTime();
            pool.resume();
            assertThat(future.result(Await.PATIENCE)).isEqualTo("answer");
            long pauses = (System.nanoTime() - begin) / ProgressInbox.PAUSE_NANOS;
            assertThat(future.progress().text()).isEqualTo("x199999");
            assertThat(heard.get()).as("with pauses between them").isBetween(1, 2 + (int) pauses);
        }
    }

}
