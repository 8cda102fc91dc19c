// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

import dev.futures.Future;
import dev.futures.TaskOptions;
import dev.futures.support.Await;
import dev.futures.support.Gate;
import dev.futures.support.Work;

/**
 * A fault while a task goes to a process, runs, or comes back, or between two tasks.
 */
final class TaskFaultCell extends FaultCell {

    private final PoolShelf shelf;

    private final ProcessPoolExecutor pool;

    TaskFaultCell(FaultStep step, FaultKind kind, PoolShape shape, PoolShelf shelf) {
        super(step, kind, shape, shelf.policy());
        this.shelf = shelf;
        this.pool = shelf.get(shape);
    }

    @Override
    void happen() throws Exception {
        boolean whole = false;
        try {
            if (step() == FaultStep.IDLE) {
                strikeBetweenTasks();
            }
            else {
                strikeInATask();
            }
            assertCountersAddUp(this.pool);
            whole = true;
        }
        finally {
            // a planted loop would go on for ever
            if (!whole || (step() == FaultStep.IDLE && kind() == FaultKind.ENDLESS_LOOP) || row().broken()) {
                this.shelf.discard(shape());
            }
        }
    }

    private void strikeInATask() throws Exception {
        if (shape() == PoolShape.SEVERAL_WORKERS) {
            submitOther(this.pool);
        }
        long victim = plant();
        if (shape() == PoolShape.WITH_A_BACKLOG) {
            submitForerunner(this.pool);
        }
        FutureTask<Future<Object>> submission = new FutureTask<>(
                () -> watch(this.pool.submit(new FaultyTask(charge(victim)), options())));
        Thread submitter = new Thread(submission, "matrix-submitter");
        long timedOut = this.pool.statistics().tasks().timedOut();
        submitter.start();
        boolean submitterHangs = hangsInSubmitter();
        if (submitterHangs) {
            Await.until("the time limit", () -> this.pool.statistics().tasks().timedOut() > timedOut);
        }
        else {
            submission.get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        if (shape() == PoolShape.WITH_A_BACKLOG) {
            submitBacklog(this.pool, optionsOfNext());
            gate().letPass();
        }
        String failure = submitterHangs ? null : row().task().check(submission.get(), kind());
        if (row().broken()) {
            assertBroken(this.pool);
        }
        else {
            goOn(victim);
        }
        release().letPass();
        if (failure == null) {
            failure = row().task().check(submission.get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS), kind());
        }
        submitter.join(Await.PATIENCE.toMillis());
        assertOthersEnd();
        assertSaid(failure, this.pool, victim);
    }

    /** Whatever happened, the other tasks are done. */
    private void goOn(long victim) throws Exception {
        if (shape() != PoolShape.WITH_A_BACKLOG) {
            submitBacklog(this.pool, optionsOfNext());
        }
        assertNextEnds(lastButBacklog());
        gate().letPass();
        assertOthersEnd();
        assertWorks(this.pool, victim);
    }

    private void strikeBetweenTasks() throws Exception {
        if (shape() == PoolShape.SEVERAL_WORKERS) {
            submitOther(this.pool);
        }
        long restarts = this.pool.statistics().restarts();
        long victim = plant();
        fuse().awaitEntered(1);
        fuse().letPass();
        if (row().broken()) {
            assertBroken(this.pool);
        }
        else {
            if (kind().isDeath()) {
                Await.until("the death is seen", () -> this.pool.statistics().restarts() > restarts);
            }
            else if (kind() == FaultKind.SIGSTOP) {
                Await.until("the process is stopped", () -> Charge.isDown(victim));
            }
            submitBacklog(this.pool, optionsOfNext());
            assertNextEnds(lastButBacklog());
            gate().letPass();
            assertWorks(this.pool, victim);
        }
        assertOthersEnd();
        assertSaid("", this.pool, victim);
    }

    /** Finds out which process the task will get, and mines it if need be. */
    private long plant() throws Exception {
        Gate fuse = fuse();
        FaultKind kind = kind();
        boolean inParent = step() == FaultStep.TASK_ENCODE || step() == FaultStep.RESULT_DECODE;
        boolean inChild = kind == FaultKind.SIGSTOP || (kind.isDeath() && kind != FaultKind.HEAP_EXHAUSTED);
        boolean mined = step() == FaultStep.IDLE || (inParent && inChild);
        Future<Long> pid = mined ? this.pool.submit(() -> Charge.plant(fuse, kind)) : this.pool.submit(Work::pid);
        return watch(pid).result(Await.PATIENCE);
    }

    private TaskOptions options() {
        TaskOptions options = TaskOptions.named("faulty");
        if (row().task() != Ending.TIMED_OUT) {
            return options;
        }
        boolean waits = step() == FaultStep.TASK_ENCODE && kind() == FaultKind.ENDLESS_LOOP;
        return waits ? options.withQueueTimeLimit(SHORT) : options.withTimeLimit(SHORT);
    }

    /** A task for an idle worker is written by whoever submits it. */
    private boolean hangsInSubmitter() {
        return step() == FaultStep.TASK_ENCODE && kind() == FaultKind.ENDLESS_LOOP
                && shape() != PoolShape.WITH_A_BACKLOG;
    }

}
