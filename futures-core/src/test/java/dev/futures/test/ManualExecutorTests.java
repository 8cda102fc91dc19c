// SPDX-License-Identifier: Apache-2.0

package dev.futures.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.futures.CloseableIterator;
import dev.futures.ExecutorShutdownException;
import dev.futures.Future;
import dev.futures.MapOptions;
import dev.futures.PoolState;
import dev.futures.PoolStatistics;
import dev.futures.TaskOptions;
import dev.futures.TaskTimeoutException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class ManualExecutorTests {

    private final ManualExecutor executor = new ManualExecutor("manual");

    private final List<String> ran = new ArrayList<>();

    private Future<Boolean> submit(String name) {
        return submit(TaskOptions.named(name));
    }

    private Future<Boolean> submit(TaskOptions options) {
        return this.executor.submit(() -> this.ran.add(options.name()), options);
    }

    private static List<String> names(List<SubmittedTask> tasks) {
        return tasks.stream().map(SubmittedTask::name).toList();
    }

    @Test
    void aTaskWaitsUntilItIsToldToRun() throws Exception {
        Future<Boolean> first = submit("first");
        Future<Boolean> second = submit("second");
        assertThat(this.executor.statistics().queueDepth()).isEqualTo(2);
        assertThat(this.executor.runNext()).isTrue();
        assertThat(first.result(Duration.ZERO)).isTrue();
        assertThat(second.done()).isFalse();
        assertThat(names(this.executor.waiting())).containsExactly("second");
        assertThat(this.executor.runNext()).isTrue();
        assertThat(this.executor.runNext()).isFalse();
        assertThat(this.ran).containsExactly("first", "second");
        assertThat(names(this.executor.submitted())).containsExactly("first", "second");
        assertThat(this.executor.statistics().tasks()).isEqualTo(new PoolStatistics.TaskCounts(2, 2, 0, 0, 0, 0));
    }

    @Test
    void whatWaitsIsInTheOrderInWhichItRuns() {
        submit(TaskOptions.named("a"));
        submit(TaskOptions.named("low").withPriority(-1));
        submit(TaskOptions.named("high").withPriority(10));
        submit(TaskOptions.named("b"));
        assertThat(names(this.executor.waiting())).containsExactly("high", "a", "b", "low");
        assertThat(names(this.executor.submitted())).containsExactly("a", "low", "high", "b");
        assertThat(this.executor.runAll()).isEqualTo(4);
        assertThat(this.ran).containsExactly("high", "a", "b", "low");
    }

    @Test
    void theOptionsAndTheFutureOfWhatWaitsAreVisible() {
        TaskOptions options = TaskOptions.named("a").withTimeLimit(Duration.ofSeconds(5)).withPriority(3);
        Future<Boolean> future = submit(options);
        assertThat(this.executor.waiting()).containsExactly(new SubmittedTask("a", options, future));
    }

    @Test
    void aTestMayChooseWhatRuns() {
        submit("first");
        Future<Boolean> second = submit("second");
        this.executor.run(second);
        assertThat(this.ran).containsExactly("second");
        assertThatIllegalArgumentException().isThrownBy(() -> this.executor.run(second))
            .withMessageStartingWith("no task of Future@")
            .withMessageContaining("waits in executor 'manual'; those that do are [SubmittedTask[name=first,");
    }

    @Test
    void runAllAlsoRunsWhatIsSubmittedMeanwhile() {
        this.executor.submit(() -> submit("inner"));
        assertThat(this.executor.runAll()).isEqualTo(2);
        assertThat(this.ran).containsExactly("inner");
    }

    @Test
    void runAllGivesUpWhenThereIsNoEnd() {
        submitItselfAgain();
        assertThatIllegalStateException().isThrownBy(this.executor::runAll)
            .withMessageStartingWith("executor 'manual' has run 100000 tasks and more wait: [")
            .withMessageEndingWith("; does a task submit itself again?");
    }

    private void submitItselfAgain() {
        this.executor.submit(() -> submitItselfAgain());
    }

    @Test
    void whatWasCancelledDoesNotWaitAndNeverRuns() {
        Future<Boolean> future = submit("cancelled");
        submit("other");
        assertThat(future.cancel()).isTrue();
        assertThat(names(this.executor.waiting())).containsExactly("other");
        assertThat(this.executor.runAll()).isEqualTo(1);
        submit("another");
        this.executor.cancelAll();
        assertThat(this.executor.runAll()).isZero();
        assertThat(this.ran).containsExactly("other");
        assertThat(this.executor.statistics().tasks().cancelled()).isEqualTo(2);
    }

    @Test
    void aQueueTimeLimitGoesByTheClockOfTheTest() throws Exception {
        Future<Boolean> patient = submit(TaskOptions.named("patient").withQueueTimeLimit(Duration.ofSeconds(10)));
        Future<Boolean> hasty = submit(TaskOptions.named("hasty").withQueueTimeLimit(Duration.ofSeconds(5)));
        Future<Boolean> early = submit(TaskOptions.named("early").withQueueTimeLimit(Duration.ofSeconds(5)));
        this.executor.advance(Duration.ofSeconds(4));
        this.executor.run(early);
        assertThat(hasty.done()).isFalse();
        this.executor.advance(Duration.ofSeconds(1));
        assertThat(hasty.exception(Duration.ZERO)).isInstanceOf(TaskTimeoutException.class)
            .hasMessage("task 'hasty' waited for a worker longer than its queue time limit of PT5S in pool 'manual'");
        assertThat(names(this.executor.waiting())).containsExactly("patient");
        this.executor.runAll();
        this.executor.advance(Duration.ofSeconds(Long.MAX_VALUE));
        this.executor.advance(Duration.ofSeconds(Long.MAX_VALUE));
        assertThat(patient.result(Duration.ZERO)).isTrue();
        assertThat(early.result(Duration.ZERO)).isTrue();
        assertThatIllegalArgumentException().isThrownBy(() -> this.executor.advance(Duration.ofNanos(-1)))
            .withMessage("duration must not be negative but was PT-0.000000001S");
    }

    @Test
    void whatIsDueEarlierEndsEarlier() {
        List<String> ended = new ArrayList<>();
        for (int seconds : new int[] { 3, 1, 2, 1 }) {
            String name = seconds + "s " + ended.size();
            submit(TaskOptions.named(name).withQueueTimeLimit(Duration.ofSeconds(seconds)))
                .addDoneCallback((done) -> ended.add(seconds + "s"));
        }
        this.executor.advance(Duration.ofMinutes(1));
        assertThat(ended).containsExactly("1s", "1s", "2s", "3s");
    }

    @Test
    void closingRunsWhatIsLeft() throws Exception {
        Future<Boolean> future = submit("left");
        this.executor.close();
        assertThat(future.result(Duration.ZERO)).isTrue();
        assertThat(this.executor.statistics().state()).isEqualTo(PoolState.TERMINATED);
        assertThatExceptionOfType(ExecutorShutdownException.class).isThrownBy(() -> submit("late"));
        assertThat(names(this.executor.submitted())).containsExactly("left");
    }

    @Test
    void shutdownWithoutWaitingLeavesItToTheTest() throws Exception {
        Future<Boolean> future = submit("left");
        this.executor.shutdown(false, false);
        assertThat(future.done()).isFalse();
        assertThat(this.executor.awaitTermination(Duration.ZERO)).isFalse();
        assertThat(this.executor.awaitQuiescence(Duration.ZERO)).isFalse();
        assertThat(this.executor.runAll()).isEqualTo(1);
        assertThat(this.executor.awaitTermination(Duration.ZERO)).isTrue();
        assertThat(this.executor.awaitQuiescence(Duration.ZERO)).isTrue();
        assertThat(this.executor.close(Duration.ZERO)).isTrue();
    }

    @Test
    void shutdownCancelsWhatWaitsIfItIsToldTo() {
        Future<Boolean> future = submit("left");
        this.executor.shutdown(true, true);
        assertThat(future.cancelled()).isTrue();
        assertThat(this.ran).isEmpty();
    }

    @Test
    void closingWithPatienceRunsWhatIsLeft() throws Exception {
        Future<Boolean> future = submit("left");
        assertThat(this.executor.close(Duration.ZERO)).isTrue();
        assertThat(future.result(Duration.ZERO)).isTrue();
    }

    @Test
    void mapSubmitsAsManyAsItsBufferHolds() {
        CloseableIterator<Integer> results = this.executor.map((Integer each) -> each * each, List.of(1, 2, 3),
                MapOptions.defaults().withBufferSize(2));
        assertThat(this.executor.waiting()).hasSize(2);
        this.executor.runNext();
        assertThat(results.next()).isEqualTo(1);
        assertThat(this.executor.waiting()).hasSize(2);
        results.close();
        assertThat(this.executor.waiting()).isEmpty();
    }

    @Test
    void resettingCancelsWhatWaitsAndForgetsEverything() {
        Future<Boolean> future = submit("before");
        this.executor.reset();
        assertThat(future.cancelled()).isTrue();
        assertThat(this.executor.waiting()).isEmpty();
        assertThat(this.executor.submitted()).isEmpty();
        submit("after");
        assertThat(names(this.executor.waiting())).containsExactly("after");
    }

    @Test
    void aTaskMayRunAnother() throws Exception {
        Future<Integer> outer = this.executor.submit(() -> {
            Future<Integer> inner = this.executor.submit(() -> 1);
            this.executor.run(inner);
            return 1 + inner.result();
        });
        this.executor.runNext();
        assertThat(outer.result(Duration.ZERO)).isEqualTo(2);
    }

}
