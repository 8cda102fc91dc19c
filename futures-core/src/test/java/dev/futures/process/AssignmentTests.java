// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import dev.futures.TaskContext;
import dev.futures.TaskProgress;
import dev.futures.support.Await;
import dev.futures.support.LeakCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The orders in which tasks begin and end and are told to stop in a child.
 */
@ExtendWith(LeakCheck.class)
class AssignmentTests {

    private static final About ABOUT = new About("task", null);

    private final Sent sent = new Sent();

    private Assignment assignment;

    /** Made by the thread that the test runs in, which is the runner. */
    private Assignment assignment() {
        if (this.assignment == null) {
            this.assignment = new Assignment(Thread.currentThread(), this.sent);
        }
        return this.assignment;
    }

    private TaskContext context() {
        return Objects.requireNonNull(assignment().context());
    }

    @Test
    void aRunningTaskIsInterrupted() {
        assignment().begin(1, ABOUT);
        assertThat(context().isCancelled()).isFalse();
        assignment().stop(1);
        assertThat(context().isCancelled()).isTrue();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aStopThatIsFasterThanItsTaskIsNotForgotten() {
        assignment().stop(1);
        assertThat(Thread.currentThread().isInterrupted()).as("nothing runs yet").isFalse();
        assignment().begin(1, ABOUT);
        assertThat(context().isCancelled()).isTrue();
        assertThat(Thread.interrupted()).isTrue();
        assignment().end();
        assignment().begin(2, ABOUT);
        assertThat(context().isCancelled()).isFalse();
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void aStopThatComesAfterTheEndDoesNotHitTheNextTask() {
        assignment().begin(1, ABOUT);
        assignment().end();
        assignment().stop(1);
        assertThat(Thread.interrupted()).as("between two tasks").isFalse();
        assignment().begin(2, ABOUT);
        assignment().stop(1);
        assertThat(context().isCancelled()).isFalse();
        assertThat(Thread.interrupted()).as("in the next task").isFalse();
        assertThat(this.sent.frames).isEmpty();
    }

    @Test
    void theInterruptDoesNotOutliveTheTask() {
        assignment().begin(1, ABOUT);
        assignment().stop(1);
        assignment().end();
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void theStackIsThatOfTheTask() throws Exception {
        Assignment tasks = assignment();
        Thread lifeLine = new Thread(() -> tasks.stop(7));
        assignment().begin(7, ABOUT);
        lifeLine.start();
        Await.until("the stop has come", () -> context().isCancelled());
        Thread.interrupted();
        lifeLine.join();
        assertThat(this.sent.frames).hasSize(1);
        Frame stack = this.sent.frames.get(0);
        assertThat(stack.kind()).isEqualTo(Frame.Kind.STACK);
        assertThat(stack.id()).isEqualTo(7);
        assertThat(new String(stack.payload(), StandardCharsets.UTF_8).lines())
            .anyMatch((line) -> line.contains("dev.futures.process.AssignmentTests.theStackIsThatOfTheTask("));
    }

    @Test
    void anEndlessStackIsCut() {
        assignment().begin(1, ABOUT);
        stopFrom(1000);
        assertThat(this.sent.frames.get(0).payload().length).isBetween(32 * 1024, 66 * 1024);
        Thread.interrupted();
    }

    private void stopFrom(int depth) {
        if (depth > 0) {
            stopFrom(depth - 1);
        }
        else {
            assignment().stop(1);
        }
    }

    @Test
    void theLastReportIsSentBeforeTheEndAndNoneAfterIt() {
        assignment().begin(3, ABOUT);
        TaskContext context = context();
        context.progress(0.5, "page 1");
        assignment().end();
        context.progress(1, "page 2");
        assertThat(this.sent.reports).containsExactly("3: " + new TaskProgress(0.5, "page 1"), "flush");
        assertThat(assignment().context()).isNull();
        assertThat(context.isCancelled()).as("nobody waits for it any more").isTrue();
    }

    @Test
    void aTaskIsWhatTheParentSaysItIs() throws Exception {
        assignment().begin(1, About.fromBytes(new About("import", Duration.ofMinutes(5)).toBytes()));
        assertThat(context().taskName()).isEqualTo("import");
        Duration left = context().remaining();
        assertThat(left).isPositive().isLessThanOrEqualTo(Duration.ofMinutes(5));
        Await.until("time passes", () -> context().remaining().compareTo(left) < 0);
        assignment().end();
        assignment().begin(2, About.fromBytes(new About("", Duration.ofNanos(1)).toBytes()));
        Await.until("no time is left", () -> context().remaining().isZero());
        assignment().end();
        assignment().begin(3, About.fromBytes(new About("x".repeat(5000), null).toBytes()));
        assertThat(context().remaining()).isNull();
        assertThat(context().taskName()).isEqualTo("x".repeat(1000));
        assignment().end();
        assignment().begin(4, About.fromBytes(new About("", Duration.ofSeconds(Long.MAX_VALUE)).toBytes()));
        assertThat(context().remaining()).isNull();
    }

    @Test
    void noInterruptLeaksHoweverStopAndEndMeet() throws Exception {
        int rounds = 20_000;
        Assignment tasks = assignment();
        CyclicBarrier barrier = new CyclicBarrier(2);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread lifeLine = new Thread(() -> {
            try {
                for (int id = 1; id <= rounds; id++) {
                    barrier.await(30, TimeUnit.SECONDS);
                    tasks.stop(id);
                }
            }
            catch (Throwable ex) {
                failure.set(ex);
            }
        });
        lifeLine.start();
        int leaks = 0;
        for (int id = 1; id <= rounds; id++) {
            barrier.await(30, TimeUnit.SECONDS);
            assignment().begin(id, ABOUT);
            assignment().end();
            leaks += Thread.interrupted() ? 1 : 0;
        }
        lifeLine.join();
        assertThat(failure).hasValue(null);
        assertThat(leaks).isZero();
    }

    /** What would go to the parent. */
    private static final class Sent implements Assignment.Outbox {

        private final List<Frame> frames = new ArrayList<>();

        private final List<String> reports = new ArrayList<>();

        @Override
        public void offer(Frame frame) {
            this.frames.add(frame);
        }

        @Override
        public void progress(long id, TaskProgress progress) {
            this.reports.add(id + ": " + progress);
        }

        @Override
        public void flushProgress() {
            this.reports.add("flush");
        }

    }

}
