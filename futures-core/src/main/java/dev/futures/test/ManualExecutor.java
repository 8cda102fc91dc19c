// SPDX-License-Identifier: Apache-2.0

package dev.futures.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.locks.ReentrantLock;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import dev.futures.Future;
import dev.futures.pool.UnpooledExecutor;
import dev.futures.pool.WorkItem;
import org.jspecify.annotations.Nullable;

/**
 * Runs a task when a test says so, in the thread of the test: for tests of what happens
 * between submitting and running, and in which order. Until then the task waits, and can
 * be looked at and cancelled.
 *
 * <pre>
 * ManualExecutor executor = new ManualExecutor();
 * Future&lt;Invoice&gt; invoice = new Billing(executor).invoice(order);
 * assertThat(executor.waiting()).extracting(SubmittedTask::name).containsExactly("invoice");
 * executor.runNext();
 * assertThat(invoice.result()).isEqualTo(expected);
 * </pre>
 *
 * Time limits go by a clock of its own, which only {@link #advance(Duration)} moves.
 * <p>
 * Nobody but the test runs anything: whoever waits for a task without having run it, with
 * {@code result()}, {@code next()} of a {@code map}, or {@code invokeAll} of the view for
 * the JDK, waits for as long as he said. Only {@code close} and a {@code shutdown} that
 * waits first run what is left, in the calling thread. Safe for use by multiple threads.
 */
public final class ManualExecutor extends UnpooledExecutor {

    /** As many as no test has, but a task that submits itself again. */
    private static final int ENDLESS = 100_000;

    private final VirtualClock clock = new VirtualClock();

    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private final List<SubmittedTask> submitted = new ArrayList<>();

    /** The most urgent first, and in the order of submission. */
    @GuardedBy("lock")
    private final List<Waiting> waiting = new ArrayList<>();

    /**
     * Creates an executor called {@code ManualExecutor}.
     */
    public ManualExecutor() {
        this("ManualExecutor");
    }

    /**
     * Creates an executor.
     * @param name its name
     */
    public ManualExecutor(String name) {
        super(name, "manual");
    }

    /**
     * Returns all tasks that were submitted, in that order, whatever became of them.
     * @return a copy
     */
    public List<SubmittedTask> submitted() {
        this.lock.lock();
        try {
            return List.copyOf(this.submitted);
        }
        finally {
            this.lock.unlock();
        }
    }

    /**
     * Returns the tasks that wait, in the order in which they would run: that of a pool,
     * the highest priority first.
     * @return a copy
     */
    public List<SubmittedTask> waiting() {
        this.lock.lock();
        try {
            sweep();
            return this.waiting.stream().map(Waiting::task).toList();
        }
        finally {
            this.lock.unlock();
        }
    }

    /**
     * Runs the next task in the calling thread, until its future is done and callbacks
     * have run, or until it has returned a {@link dev.futures.pool.PendingResult}.
     * @return {@code false} if no task waits
     */
    public boolean runNext() {
        Waiting next = take(null);
        if (next != null) {
            next.run().run();
        }
        return next != null;
    }

    /**
     * Runs a certain task that waits, be it its turn or not, in the calling thread.
     * @param future the future of the task
     * @throws IllegalArgumentException if that task does not wait here
     */
    public void run(Future<?> future) {
        Waiting chosen = take(future);
        if (chosen == null) {
            throw new IllegalArgumentException(
                    "no task of " + future + " waits in executor '" + name() + "'; those that do are " + waiting());
        }
        chosen.run().run();
    }

    /**
     * Runs all tasks that wait in the calling thread, also those that are submitted
     * meanwhile.
     * @return how many were run
     * @throws IllegalStateException if there seems to be no end of them
     */
    public int runAll() {
        int count = 0;
        while (runNext()) {
            count++;
            if (count == ENDLESS) {
                throw new IllegalStateException("executor '" + name() + "' has run " + count + " tasks and more wait: "
                        + waiting() + "; does a task submit itself again?");
            }
        }
        return count;
    }

    /**
     * Has time pass: limits that are exceeded end their tasks, those that run included,
     * in the calling thread. No task is run.
     * @param duration how much time, which is not really waited
     * @throws IllegalArgumentException if it is negative
     */
    public void advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("duration must not be negative but was " + duration);
        }
        this.clock.advance(duration);
    }

    /**
     * Cancels everything, as {@link #cancelAll()} does, and forgets what was submitted:
     * for tests that share an executor. The clock stays.
     */
    public void reset() {
        cancelAll();
        this.lock.lock();
        try {
            this.submitted.clear();
            sweep();
        }
        finally {
            this.lock.unlock();
        }
    }

    private @Nullable Waiting take(@Nullable Future<?> future) {
        this.lock.lock();
        try {
            sweep();
            for (Waiting each : this.waiting) {
                if (future == null || each.task().future() == future) {
                    this.waiting.remove(each);
                    return each;
                }
            }
            return null;
        }
        finally {
            this.lock.unlock();
        }
    }

    /** What was cancelled, or has waited too long, waits no more. */
    @GuardedBy("lock")
    private void sweep() {
        this.waiting.removeIf((each) -> each.task().future().done());
    }

    @Override
    protected void execute(WorkItem<?> item, Runnable run) {
        SubmittedTask task = new SubmittedTask(item.name(), item.options(), item);
        this.lock.lock();
        try {
            this.submitted.add(task);
            this.waiting.add(new Waiting(task, run));
            // stable: equal ones stay in their order
            this.waiting.sort(Comparator.comparingInt(Waiting::priority).reversed());
        }
        finally {
            this.lock.unlock();
        }
    }

    @Override
    protected void execute(Runnable run) {
        throw new UnsupportedOperationException("tasks are only run together with their items");
    }

    @Override
    protected ScheduledFuture<?> schedule(Duration delay, Runnable action) {
        return this.clock.schedule(delay, action);
    }

    @Override
    protected void beforeWaitingForAll() {
        runAll();
    }

    @Override
    protected void shutdownLender() {
    }

    @Override
    protected boolean awaitLender(Duration timeout) {
        return true;
    }

    private record Waiting(SubmittedTask task, Runnable run) {

        int priority() {
            Integer priority = this.task.options().priority();
            return (priority != null) ? priority : 0;
        }

    }

}
