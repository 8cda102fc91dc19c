// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.actuate;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;

import dev.futures.Future;
import dev.futures.Outcome;
import dev.futures.PoolListener;
import dev.futures.TaskInfo;
import dev.futures.TaskOptions;
import dev.futures.TaskTimeoutException;
import dev.futures.spring.boot.actuate.RecentFailures.FailureDescriptor;
import dev.futures.thread.ThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link RecentFailures}.
 */
class RecentFailuresTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final RecentFailures failures = new RecentFailures(null);

    private final ThreadPoolExecutor pool = ThreadPoolExecutor.builder()
        .name("reports")
        .maxWorkers(1)
        .queueCapacity(1000)
        .listener(this.failures)
        .build();

    @AfterEach
    void close() {
        this.pool.close(Duration.ofSeconds(10));
    }

    private void fail(Exception failure, String name) throws Exception {
        Future<?> future = this.pool.submit(() -> {
            throw failure;
        }, TaskOptions.named(name));
        assertThat(future.exception(PATIENCE)).isSameAs(failure);
    }

    @Test
    void aFailureIsKeptWithItsTaskAndWhatRanIt() throws Exception {
        fail(new IllegalStateException("torn", new ArithmeticException("zero")), "render");
        assertThat(this.failures.of("reports")).singleElement().satisfies((failure) -> {
            assertThat(failure.id()).isPositive();
            assertThat(failure.task()).isEqualTo("render");
            assertThat(failure.outcome()).isEqualTo("failed");
            assertThat(failure.worker()).isEqualTo("reports_0");
            assertThat(failure.pid()).isNull();
            assertThat(failure.exception()).isEqualTo("java.lang.IllegalStateException");
            assertThat(failure.message()).isEqualTo("torn");
            assertThat(failure.stackTrace()).startsWith("java.lang.IllegalStateException: torn")
                .contains("Caused by: java.lang.ArithmeticException: zero");
        });
    }

    @Test
    void ofAFloodTheNewestAreKept() throws Exception {
        List<Future<Object>> futures = IntStream.range(0, 500).mapToObj((i) -> this.pool.submit(() -> {
            throw new IllegalStateException("torn " + i);
        })).toList();
        for (Future<Object> each : futures) {
            assertThat(each.exception(PATIENCE)).isNotNull();
        }
        assertThat(this.failures.of("reports")).extracting(FailureDescriptor::message)
            .containsExactlyElementsOf(IntStream.range(450, 500).mapToObj((i) -> "torn " + (949 - i)).toList());
    }

    @Test
    void textIsCutAndNoCharacterTornApart() throws Exception {
        String grin = "\uD83D\uDE00";
        fail(new IllegalStateException("a" + grin.repeat(100_000)), grin.repeat(1000));
        FailureDescriptor failure = this.failures.of("reports").get(0);
        assertThat(failure.message()).isEqualTo("a" + grin.repeat(4 * 1024 - 1));
        assertThat(failure.stackTrace().length()).isBetween(32 * 1024 - 1, 32 * 1024);
        assertThat(Character.isHighSurrogate(failure.stackTrace().charAt(failure.stackTrace().length() - 1))).isFalse();
        assertThat(failure.task()).isEqualTo(grin.repeat(250));
    }

    @Test
    void anExceptionThatCannotBeReadIsKeptAllTheSame() throws Exception {
        fail(new Hostile(), "render");
        assertThat(this.failures.of("reports")).singleElement().satisfies((failure) -> {
            assertThat(failure.message()).endsWith("Hostile, which cannot be read");
            assertThat(failure.stackTrace()).endsWith("Hostile, which cannot be read");
        });
    }

    @Test
    void anExceptionWithoutMessageIsSaidByItsClass() throws Exception {
        fail(new ArithmeticException(), "render");
        assertThat(this.failures.of("reports").get(0).message()).isEqualTo("java.lang.ArithmeticException");
    }

    @Test
    void tasksThatRunOutOfTimeOrAreRejectedAreFailuresAndCancelledOnesAreNot() throws Exception {
        Future<?> tooLong = this.pool.submit(() -> new CountDownLatch(1).await(),
                TaskOptions.named("long").withTimeLimit(Duration.ofMillis(20)));
        assertThat(tooLong.exception(PATIENCE)).isNotNull();
        this.pool.pause();
        assertThat(this.pool.submit(() -> 1).cancel(true)).isTrue();
        this.pool.shutdown();
        assertThatThrownBy(() -> this.pool.submit(() -> 1, TaskOptions.named("late"))).isNotNull();
        assertThat(this.failures.of("reports")).extracting((each) -> each.outcome() + " " + each.task())
            .containsExactly("rejected late", "timed_out long");
        assertThat(this.failures.of("reports").get(0).id()).isZero();
        assertThat(this.failures.of("reports").get(0).worker()).isNull();
    }

    @Test
    void ofARejectionNoMoreThanTheFirstFramesAreRendered() {
        RejectedExecutionException rejection = new RejectedExecutionException("full", new ArithmeticException("zero"));
        StackTraceElement[] frames = IntStream.range(0, 1000)
            .mapToObj((i) -> new StackTraceElement("Caller", "call" + i, "Caller.java", i))
            .toArray(StackTraceElement[]::new);
        rejection.setStackTrace(frames);
        this.failures.taskSubmitted("reports", new Submitted()).rejected(rejection);
        String stackTrace = this.failures.of("reports").get(0).stackTrace();
        assertThat(stackTrace.lines()).hasSize(21)
            .startsWith("java.util.concurrent.RejectedExecutionException: full", "\tat Caller.call0(Caller.java:0)")
            .endsWith("\tat Caller.call19(Caller.java:19)");
        rejection.setStackTrace(Arrays.copyOf(frames, 12));
        this.failures.taskSubmitted("reports", new Submitted()).rejected(rejection);
        assertThat(this.failures.of("reports").get(0).stackTrace().lines().filter((line) -> line.startsWith("\tat")))
            .hasSize(20);
    }

    @Test
    void ofAFailureAllFramesAreRendered() throws Exception {
        IllegalStateException failure = new IllegalStateException("torn");
        failure.setStackTrace(IntStream.range(0, 100)
            .mapToObj((i) -> new StackTraceElement("Caller", "call" + i, "Caller.java", i))
            .toArray(StackTraceElement[]::new));
        fail(failure, "render");
        assertThat(this.failures.of("reports").get(0).stackTrace().lines()).hasSize(101);
    }

    @Test
    void aTaskThatEndsAndIsThenRejectedIsOneFailure() {
        PoolListener.TaskListener listener = this.failures.taskSubmitted("reports", new Submitted());
        listener.ended(Outcome.TIMED_OUT, new TaskTimeoutException("waited too long"));
        listener.rejected(new RejectedExecutionException("full"));
        assertThat(this.failures.of("reports")).extracting(FailureDescriptor::outcome).containsExactly("timed_out");
        PoolListener.TaskListener ofCancelled = this.failures.taskSubmitted("reports", new Submitted());
        ofCancelled.ended(Outcome.CANCELLED, null);
        ofCancelled.rejected(new RejectedExecutionException("full"));
        assertThat(this.failures.of("reports")).extracting(FailureDescriptor::outcome)
            .containsExactly("rejected", "timed_out");
    }

    @Test
    void ofPoolsThatAreNotKnownHereTheParentIsAsked() throws Exception {
        fail(new IllegalStateException("torn"), "render");
        RecentFailures child = new RecentFailures(this.failures);
        assertThat(child.of("reports")).hasSize(1);
        assertThat(child.of("mail")).isEmpty();
    }

    private record Submitted() implements TaskInfo {

        @Override
        public long id() {
            return 0;
        }

        @Override
        public String name() {
            return "render";
        }

        @Override
        public TaskOptions options() {
            return TaskOptions.none();
        }

    }

    /** Throws whatever it is asked. */
    @SuppressWarnings("serial")
    static class Hostile extends Exception {

        @Override
        public String getMessage() {
            throw new IllegalStateException("no message");
        }

        @Override
        public void printStackTrace(PrintWriter writer) {
            throw new StackOverflowError();
        }

    }

}
