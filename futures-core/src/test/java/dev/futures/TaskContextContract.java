// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import dev.futures.support.Await;
import dev.futures.support.LogCapture;
import dev.futures.support.Work;
import dev.futures.thread.DirectExecutor;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/**
 * What a task learns from its context and says through it, wherever it runs.
 */
interface TaskContextContract extends ExecutorFixture {

    /** What one task leaves behind for the next one in the same place. */
    AtomicReference<TaskContext> LEFT_BEHIND = new AtomicReference<>();

    @Test
    default void theLastReportStaysWithTheFuture() throws Exception {
        try (Executor executor = executor()) {
            Future<Integer> future = executor.submit(() -> {
                TaskContext.current().progress("begins");
                TaskContext.current().progress(0.5);
                TaskContext.current().progress(1, "ends");
                return 1;
            });
            assertThat(future.result(Await.PATIENCE)).isEqualTo(1);
            assertThat(future.progress()).isEqualTo(new TaskProgress(1.0, "ends"));
            Future<Integer> next = executor.submit(() -> 2);
            assertThat(next.result(Await.PATIENCE)).isEqualTo(2);
            assertThat(next.progress()).as("it has reported nothing").isNull();
        }
    }

    @Test
    default void aReportMayLackANumberOrAText() throws Exception {
        try (Executor executor = executor()) {
            Future<?> number = executor.submit((TaskAction) () -> TaskContext.current().progress(0.25));
            Future<?> text = executor.submit((TaskAction) () -> TaskContext.current().progress("page \u00fc"));
            Future<?> empty = executor
                .submit((TaskAction) () -> TaskContext.current().progress(new TaskProgress(null, "")));
            assertThat(number.exception(Await.PATIENCE)).isNull();
            assertThat(text.exception(Await.PATIENCE)).isNull();
            assertThat(empty.exception(Await.PATIENCE)).isNull();
            assertThat(number.progress()).isEqualTo(new TaskProgress(0.25, null));
            assertThat(text.progress()).isEqualTo(new TaskProgress(null, "page \u00fc"));
            assertThat(empty.progress()).isEqualTo(new TaskProgress(null, ""));
        }
    }

    @Test
    default void aTaskThatFailsKeepsItsLastReport() throws Exception {
        try (Executor executor = executor()) {
            Future<?> future = executor.submit(() -> {
                TaskContext.current().progress(0.75, "page 3");
                throw new IOException("no page 4");
            });
            assertThat(future.exception(Await.PATIENCE)).isExactlyInstanceOf(IOException.class);
            assertThat(future.progress()).isEqualTo(new TaskProgress(0.75, "page 3"));
        }
    }

    @Test
    default void whatIsOutOfRangeIsRefusedInTheTask() throws Exception {
        try (Executor executor = executor()) {
            Future<String> future = executor.submit(() -> refused(-0.1) + "; " + refused(1.5) + "; "
                    + refused(Double.NaN) + "; " + refused(Double.POSITIVE_INFINITY));
            assertThat(future.result(Await.PATIENCE)).isEqualTo("fraction must be in [0, 1] but was -0.1; "
                    + "fraction must be in [0, 1] but was 1.5; fraction must be in [0, 1] but was NaN; "
                    + "fraction must be in [0, 1] but was Infinity");
            assertThat(future.progress()).isNull();
        }
    }

    @Test
    default void aRoundingErrorIsNotOutOfRange() throws Exception {
        try (Executor executor = executor()) {
            assertThat(reported(executor, 1.0000001)).isEqualTo(1);
            assertThat(reported(executor, -0.0000001)).isZero();
            Future<String> future = executor.submit(() -> refused(1.00001) + "; " + refused(-0.00001));
            assertThat(future.result(Await.PATIENCE))
                .isEqualTo("fraction must be in [0, 1] but was 1.00001; fraction must be in [0, 1] but was -1.0E-5");
        }
    }

    private static Double reported(Executor executor, double fraction) throws Exception {
        Future<Integer> future = executor.submit(() -> {
            TaskContext.current().progress(fraction);
            return 1;
        });
        assertThat(future.result(Await.PATIENCE)).isEqualTo(1);
        TaskProgress progress = future.progress();
        return (progress != null) ? progress.fraction() : null;
    }

    private static String refused(double fraction) {
        try {
            TaskContext.current().progress(fraction, "too far");
            return "accepted";
        }
        catch (IllegalArgumentException ex) {
            return ex.getMessage();
        }
    }

    @Test
    default void aLongTextIsCut() throws Exception {
        String smile = "\ud83d\ude00";
        try (Executor executor = executor()) {
            Future<?> plain = executor.submit((TaskAction) () -> TaskContext.current().progress("x".repeat(1_000_000)));
            Future<?> split = executor
                .submit((TaskAction) () -> TaskContext.current().progress("x".repeat(499) + smile + "y"));
            assertThat(plain.exception(Await.PATIENCE)).isNull();
            assertThat(split.exception(Await.PATIENCE)).isNull();
            assertThat(plain.progress()).isEqualTo(new TaskProgress(null, "x".repeat(TaskProgress.MAX_TEXT)));
            assertThat(split.progress()).as("half a character is none")
                .isEqualTo(new TaskProgress(null, "x".repeat(499)));
        }
    }

    @Test
    default void whereNoTaskRunsThereIsNobodyToTell() throws Exception {
        try (Executor executor = executor()) {
            assertThat(executor.submit(() -> TaskContext.current().taskName(), TaskOptions.named("a task"))
                .result(Await.PATIENCE)).isEqualTo("a task");
            TaskContext here = TaskContext.current();
            here.progress(0.5, "nobody");
            assertThat(here.taskName()).isEmpty();
            assertThat(here.isCancelled()).isFalse();
            assertThat(here.remaining()).isNull();
        }
    }

    @Test
    default void aTaskKnowsItsName() throws Exception {
        try (Executor executor = executor()) {
            Task<String> task = () -> TaskContext.current().taskName();
            assertThat(executor.submit(task, TaskOptions.named("import")).result(Await.PATIENCE)).isEqualTo("import");
            assertThat(executor.submit(task).result(Await.PATIENCE)).isEqualTo("lambda in TaskContextContract");
        }
    }

    @Test
    default void aTaskKnowsHowMuchTimeIsLeft() throws Exception {
        Duration limit = Duration.ofMinutes(10);
        Task<List<Duration>> task = () -> {
            List<Duration> left = new ArrayList<>();
            left.add(TaskContext.current().remaining());
            Duration first = left.get(0);
            Await.until("some time has passed",
                    () -> first == null || TaskContext.current().remaining().compareTo(first) < 0);
            left.add(TaskContext.current().remaining());
            return left;
        };
        try (Executor executor = executor()) {
            assertThat(executor.submit(task).result(Await.PATIENCE)).containsExactly(null, null);
            assertThat(executor.submit(task, TaskOptions.none().withQueueTimeLimit(limit)).result(Await.PATIENCE))
                .as("that of the queue does not count")
                .containsExactly(null, null);
            List<Duration> left = executor.submit(task, TaskOptions.none().withTimeLimit(limit)).result(Await.PATIENCE);
            assertThat(left.get(0)).isPositive().isLessThanOrEqualTo(limit);
            assertThat(left.get(1)).isPositive().isLessThan(left.get(0));
        }
    }

    @Test
    default void aTaskThatIgnoresInterruptsSeesThatItIsLate() throws Exception {
        TaskAction deaf = () -> {
            while (!TaskContext.current().isCancelled()) {
                Thread.onSpinWait();
            }
        };
        try (LogCapture log = new LogCapture("dev.futures"); Executor executor = executor()) {
            Future<?> future = executor.submit(deaf, TaskOptions.none().withTimeLimit(Duration.ofMillis(200)));
            assertThat(future.exception(Await.PATIENCE)).isInstanceOf(TaskTimeoutException.class);
            assertThat(executor.submit(() -> 1).result(Await.PATIENCE)).isEqualTo(1);
            // that of a process says where the task was
            assertThat(log.messages()).noneMatch((message) -> message.contains("exception"));
        }
    }

    @Test
    default void theContextServesOtherThreadsOfTheTask() throws Exception {
        try (Executor executor = executor()) {
            Future<String> future = executor.submit(() -> {
                TaskContext context = TaskContext.current();
                List<String> names = new ArrayList<>();
                Thread helper = new Thread(() -> {
                    names.add(TaskContext.current().taskName());
                    names.add(context.taskName());
                    context.progress(0.5, "by a helper");
                });
                helper.start();
                helper.join();
                return names.get(0) + "/" + names.get(1);
            }, TaskOptions.named("import"));
            assertThat(future.result(Await.PATIENCE)).as("a helper does not run the task").isEqualTo("/import");
            assertThat(future.progress()).isEqualTo(new TaskProgress(0.5, "by a helper"));
        }
    }

    @Test
    default void aContextThatOutlivesItsTaskIsOfNoUse() throws Exception {
        try (Executor executor = executor()) {
            Future<String> first = executor.submit(() -> {
                LEFT_BEHIND.set(TaskContext.current());
                TaskContext.current().progress("first");
                return Work.place();
            });
            String place = first.result(Await.PATIENCE);
            Future<String> second = executor.submit(() -> {
                TaskContext other = LEFT_BEHIND.getAndSet(null);
                other.progress("late");
                return Work.place() + " " + other.isCancelled() + " " + TaskContext.current().isCancelled();
            });
            assertThat(second.result(Await.PATIENCE)).endsWith(" true false");
            assertThat(second.result()).as("idle workers are used again")
                .startsWith(place.substring(0, place.indexOf('/')));
            assertThat(first.progress()).isEqualTo(new TaskProgress(null, "first"));
            assertThat(second.progress()).isNull();
        }
    }

    @Test
    default void aTaskWithinATaskHasAContextOfItsOwn() throws Exception {
        try (Executor executor = executor()) {
            Future<String> future = executor.submit(() -> {
                String before = TaskContext.current().taskName();
                try (DirectExecutor inner = new DirectExecutor()) {
                    Future<String> within = inner.submit(TaskContextContract::reportWithin,
                            TaskOptions.named("inner").withTimeLimit(Duration.ofMinutes(5)));
                    Future<?> failed = inner.submit((TaskAction) () -> {
                        throw new IOException("within");
                    });
                    TaskContext.current().progress(0.5, within.progress() + "" + failed.done());
                    return before + " " + within.result() + " " + TaskContext.current().taskName() + " "
                            + TaskContext.current().remaining();
                }
            }, TaskOptions.named("outer"));
            assertThat(future.result(Await.PATIENCE)).isEqualTo("outer inner true outer null");
            assertThat(future.progress()).isEqualTo(new TaskProgress(0.5, new TaskProgress(0.25, "within") + "true"));
        }
    }

    private static String reportWithin() {
        TaskContext.current().progress(0.25, "within");
        return TaskContext.current().taskName() + " " + (TaskContext.current().remaining() != null);
    }

    @Test
    default void aListenerIsNotNothing() throws Exception {
        try (Executor executor = executor()) {
            Future<Integer> future = executor.submit(() -> 1);
            assertThatNullPointerException().isThrownBy(() -> future.addProgressListener(null));
            assertThat(future.result(Await.PATIENCE)).isEqualTo(1);
            List<TaskProgress> heard = new ArrayList<>();
            future.addProgressListener(heard::add);
            assertThatNullPointerException().isThrownBy(() -> future.addProgressListener(null));
            assertThat(heard).isEmpty();
        }
    }

}
