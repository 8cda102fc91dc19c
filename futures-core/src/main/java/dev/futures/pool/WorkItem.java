// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ScheduledFuture;

import dev.futures.Outcome;
import dev.futures.Promise;
import dev.futures.Task;
import dev.futures.TaskOptions;
import dev.futures.TaskTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A submitted task, and its future. Workers start it, run it somewhere and complete it;
 * the task itself is let go as soon as the outcome is known.
 *
 * @param <T> the type of the result
 */
public final class WorkItem<T extends @Nullable Object> extends Promise<T> {

    private final Dispatcher dispatcher;

    private final TaskOptions options;

    private final String name;

    // volatile: cleared when the outcome is known, read by the worker
    private volatile @Nullable Task<T> task;

    // volatile: written by the worker that takes the item, read by whoever stops it
    private volatile @Nullable Worker worker;

    /** Guarded by the dispatcher's lock. */
    private Place place = Place.ELSEWHERE;

    // volatile: written by the thread that arms a limit, read by the one that ends the
    // item
    private volatile @Nullable ScheduledFuture<?> limit;

    WorkItem(Dispatcher dispatcher, Task<T> task, TaskOptions options) {
        this.dispatcher = dispatcher;
        this.task = Objects.requireNonNull(task, "task");
        this.options = options;
        this.name = (options.name() != null) ? options.name() : TaskOptions.defaultName(task.getClass());
    }

    /**
     * Returns what messages and statistics call the task.
     * @return the name
     */
    public String name() {
        return this.name;
    }

    /**
     * Returns the task.
     * @return the task, or {@code null} once the outcome is known
     */
    public @Nullable Task<T> task() {
        return this.task;
    }

    /**
     * Marks the task as running in the given worker and arms its time limit. To be called
     * right before the task is run.
     * @param runner the worker
     * @return {@code false} if the future has ended meanwhile and the task must not run
     */
    public boolean start(Worker runner) {
        this.worker = runner;
        if (!tryStart()) {
            return false;
        }
        Duration timeLimit = this.options.timeLimit();
        disarm();
        if (timeLimit != null) {
            arm(timeLimit, true, "ran", "time limit");
        }
        return true;
    }

    boolean runsCallbacks() {
        return hasCallbacks();
    }

    Place place() {
        return this.place;
    }

    void place(Place place) {
        this.place = place;
    }

    void armQueueTimeLimit() {
        Duration queueTimeLimit = this.options.queueTimeLimit();
        if (queueTimeLimit != null) {
            arm(queueTimeLimit, false, "waited for a worker", "queue time limit");
        }
    }

    private void arm(Duration duration, boolean whileRunning, String what, String which) {
        this.limit = TaskTimer.schedule(duration, () -> expire(whileRunning, "task '" + this.name + "' " + what
                + " longer than its " + which + " of " + duration + " in pool '" + this.dispatcher.name() + "'"));
        if (isEnding()) {
            disarm();
        }
    }

    void disarm() {
        ScheduledFuture<?> armed = this.limit;
        if (armed != null) {
            armed.cancel(false);
        }
    }

    /** A worker may start the task just as it has waited too long: the first one wins. */
    private void expire(boolean whileRunning, String message) {
        if (whileRunning || tryStart()) {
            completeExceptionally(new TaskTimeoutException(message), Outcome.TIMED_OUT);
        }
    }

    @Override
    protected void ending(boolean wasRunning, Outcome outcome) {
        this.task = null;
        disarm();
        this.dispatcher.ended(this, wasRunning, outcome);
        Worker runner = this.worker;
        if (wasRunning && runner != null && (outcome == Outcome.CANCELLED || outcome == Outcome.TIMED_OUT)) {
            runner.stop(this);
        }
    }

    /** Where the item is: ELSEWHERE -> QUEUED -> DEAD_IN_QUEUE | ELSEWHERE. */
    enum Place {

        /** Not in the queue, or not any more. */
        ELSEWHERE,
        /** In the queue, waiting for a worker. */
        QUEUED,
        /** In the queue, but its future has ended. */
        DEAD_IN_QUEUE

    }

}
