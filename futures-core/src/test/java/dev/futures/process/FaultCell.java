// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.futures.Future;
import dev.futures.PoolState;
import dev.futures.PoolStatistics;
import dev.futures.TaskOptions;
import dev.futures.support.Await;
import dev.futures.support.Gate;
import dev.futures.support.LogCapture;
import dev.futures.support.Work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * One cell of the matrix: has one fault happen at one step, in one pool, and compares
 * with the table.
 */
abstract class FaultCell {

    /** Only what never ends by itself has it, so it may be as short as it likes. */
    static final Duration SHORT = Duration.ofMillis(300);

    static final TaskOptions LIMITED = TaskOptions.none().withTimeLimit(SHORT);

    private final FaultStep step;

    private final FaultKind kind;

    private final PoolShape shape;

    private final FaultTable.Row row;

    private final FutureTally tally;

    private final List<Future<Integer>> others = new ArrayList<>();

    private Future<Integer> forerunner;

    private Gate gate;

    private Gate fuse;

    private Gate release;

    private LogCapture log;

    FaultCell(FaultStep step, FaultKind kind, PoolShape shape, DeathPolicy policy) {
        this.step = step;
        this.kind = kind;
        this.shape = shape;
        this.row = FaultTable.row(step, kind, policy);
        this.tally = new FutureTally((kind.ordinal() + shape.ordinal()) % 2 == 0);
    }

    /** Runs it; files for gates go to the directory. */
    final void run(Path directory) throws Exception {
        this.gate = Gate.in(directory);
        this.fuse = Gate.in(directory);
        this.release = Gate.in(directory);
        try (LogCapture capture = new LogCapture("dev.futures")) {
            this.log = capture;
            happen();
            this.tally.assertAllEndedOnce();
        }
        finally {
            this.gate.letPass();
            this.fuse.letPass();
            this.release.letPass();
        }
    }

    /** Has the fault happen and looks at what becomes of it. */
    abstract void happen() throws Exception;

    final FaultStep step() {
        return this.step;
    }

    final FaultKind kind() {
        return this.kind;
    }

    final PoolShape shape() {
        return this.shape;
    }

    final FaultTable.Row row() {
        return this.row;
    }

    /** Holds up the other tasks. */
    final Gate gate() {
        return this.gate;
    }

    /** Lights a fault that was planted. */
    final Gate fuse() {
        return this.fuse;
    }

    /** Ends what hangs in this process. */
    final Gate release() {
        return this.release;
    }

    final Charge charge(long victim) {
        return new Charge(this.step, this.kind, this.fuse, this.release, victim);
    }

    final <T> Future<T> watch(Future<T> future) {
        return this.tally.add(future);
    }

    /** Has a task wait at the gate, in one of the workers. */
    final void submitOther(ProcessPoolExecutor pool) throws Exception {
        this.others.add(submitToGate(pool));
    }

    /** Has a task wait at the gate, which ends before the fault can happen. */
    final void submitForerunner(ProcessPoolExecutor pool) throws Exception {
        this.forerunner = submitToGate(pool);
    }

    private Future<Integer> submitToGate(ProcessPoolExecutor pool) throws Exception {
        Gate here = this.gate;
        int entered = here.entered();
        Future<Integer> future = watch(pool.submit(() -> here.pass(1)));
        here.awaitEntered(entered + 1);
        return future;
    }

    /** Has tasks wait behind the one with the fault. */
    final void submitBacklog(ProcessPoolExecutor pool, TaskOptions optionsOfFirst) {
        for (int i = 0; i < this.shape.backlog(); i++) {
            try {
                TaskOptions options = (i == 0) ? optionsOfFirst : TaskOptions.none();
                this.others.add(watch(pool.submit(() -> 1, options)));
            }
            catch (BrokenProcessPoolException ex) {
                // it may be broken by now, where it has to be
                assertThat(this.row.broken()).as("broken: " + ex).isTrue();
            }
        }
    }

    /** What the first task after the fault needs so as not to hang. */
    final TaskOptions optionsOfNext() {
        return (this.row.next() == Ending.TIMED_OUT) ? LIMITED : TaskOptions.none();
    }

    final void assertOthersEnd() throws Exception {
        if (this.forerunner != null) {
            assertThat(this.forerunner.result(Await.PATIENCE)).isEqualTo(1);
        }
        for (Future<Integer> other : this.others) {
            boolean succeeds = !this.row.broken();
            (succeeds ? Ending.VALUE : Ending.BROKEN).check(other, this.kind);
            if (succeeds) {
                assertThat(other.result()).isEqualTo(1);
            }
        }
    }

    /** Looks at one of the others before all. */
    final void assertNextEnds(Future<?> next) throws Exception {
        boolean known = this.others.remove(next);
        this.row.next().check(next, this.kind);
        assertThat(known).isTrue();
    }

    final Future<Integer> lastButBacklog() {
        return this.others.get(this.others.size() - this.shape.backlog());
    }

    final void assertSaid(String failure, ProcessPoolExecutor pool, long victim) throws Exception {
        for (String words : this.row.words(pool.name(), victim)) {
            String[] alternatives = words.split(" or ");
            if (failure.isEmpty()) {
                Await.until("the log says '" + words + "'", () -> saysOne(logged(), alternatives));
            }
            else {
                assertThat(failure).matches((text) -> saysOne(text, alternatives), "says '" + words + "'");
            }
        }
    }

    private String logged() {
        return String.join("\n", this.log.messages());
    }

    private static boolean saysOne(String text, String... alternatives) {
        return Stream.of(alternatives).anyMatch(text::contains);
    }

    final void assertBroken(ProcessPoolExecutor pool) throws Exception {
        Await.until("the pool is broken", () -> pool.statistics().state() == PoolState.BROKEN);
        assertThatExceptionOfType(BrokenProcessPoolException.class).isThrownBy(() -> pool.submit(() -> 1))
            .withMessageContaining("not usable anymore");
        assertThat(pool.statistics().brokenBy()).isNotNull();
        assertThat(pool.awaitTermination(Await.PATIENCE)).as("the end of the workers").isTrue();
    }

    /** The pool works, in the same process or in another one. */
    final void assertWorks(ProcessPoolExecutor pool, long victim) throws Exception {
        long pid = watch(pool.submit(Work::pid)).result(Await.PATIENCE);
        if (this.row.child() == FaultTable.Child.LOST) {
            assertThat(pid).as("the process").isNotEqualTo(victim);
            assertGone(victim);
        }
        else if (this.row.child() == FaultTable.Child.KEPT) {
            assertThat(ProcessHandle.of(victim)).as("the process").get().matches(ProcessHandle::isAlive);
        }
    }

    static void assertGone(long pid) throws Exception {
        Await.until("process " + pid + " is dead",
                () -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
    }

    static void assertCountersAddUp(ProcessPoolExecutor pool) throws Exception {
        Await.until("the counters add up", () -> {
            PoolStatistics.TaskCounts tasks = pool.statistics().tasks();
            return tasks.submitted() == tasks.succeeded() + tasks.failed() + tasks.cancelled() + tasks.timedOut();
        });
    }

    @Override
    public String toString() {
        return this.kind + " at " + this.step + ", " + this.shape;
    }

}
