// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import dev.futures.ContextCapture;
import dev.futures.Future;
import dev.futures.Outcome;
import dev.futures.Promise;
import dev.futures.Task;
import dev.futures.TaskInfo;
import dev.futures.TaskOptions;
import dev.futures.TaskProgress;
import dev.futures.TaskStatistics;
import dev.futures.TaskTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A submitted task, and its future. Workers start it, run it somewhere and complete it;
 * the task itself is let go as soon as the outcome is known.
 *
 * @param <T> the type of the result
 */
public final class WorkItem<T extends @Nullable Object> extends Promise<T> implements TaskInfo {

    private static final VarHandle TASK = Fields.of(MethodHandles.lookup(), "task", Task.class);

    private static final VarHandle STOPPER = Fields.of(MethodHandles.lookup(), "stopper", Consumer.class);

    private static final VarHandle REPORTS = Fields.of(MethodHandles.lookup(), "reports", ProgressReports.class);

    private final ItemOwner owner;

    private final TaskOptions options;

    private final String name;

    // volatile: cleared when the outcome is known, read by the worker
    private volatile @Nullable Task<T> task;

    // volatile: written by the thread that takes the item, read by whoever stops it
    private volatile @Nullable Consumer<WorkItem<?>> stopper;

    // volatile: written by the thread that ran the task, read by the one that ends the
    // item
    private volatile @Nullable PendingResult pending;

    /** Written before the item is marked as running. */
    private long startedAt;

    /** Guarded by the pool's lock. */
    private Place place = Place.ELSEWHERE;

    /** Written with the pool's lock held, before a worker is given the item. */
    private long id;

    /** Written before the item is submitted. */
    private @Nullable ItemListeners listeners;

    /** Guarded by the pool's lock. */
    private boolean accepted;

    /** Guarded by the pool's lock. */
    private @Nullable Outcome endedEarly;

    // volatile: written by the thread that arms a limit, read by the one that ends the
    // item
    private volatile @Nullable ScheduledFuture<?> limit;

    /** Written before the item is submitted. */
    private @Nullable FailureWatch watch;

    // volatile: made by whoever needs it first
    private volatile @Nullable ProgressReports reports;

    WorkItem(ItemOwner owner, Task<T> task, String name, TaskOptions options) {
        this.owner = owner;
        this.task = task;
        this.options = options;
        this.name = name;
    }

    /** Creates an item in the submitting thread, whose context it may capture. */
    static <T extends @Nullable Object> WorkItem<T> create(ItemOwner owner, Task<T> task, TaskOptions options,
            PoolSettings settings) {
        Objects.requireNonNull(task, "task");
        TaskOptions complete = options.orElse(settings.taskDefaults());
        ContextCapture capture = settings.contextCapture();
        WorkItem<T> item = new WorkItem<>(owner,
                (capture != null) ? new ContextTask<>(
                        Objects.requireNonNull(capture.capture(), "capture() of the contextCapture returned null"),
                        task) : task,
                ItemNames.of(task, complete), complete);
        if (settings.logUnobservedFailures()) {
            item.watch = FailureWatch.of(item);
        }
        return item;
    }

    @Override
    public long id() {
        return this.id;
    }

    @Override
    public String name() {
        return this.name;
    }

    @Override
    public TaskOptions options() {
        return this.options;
    }

    /**
     * Returns the task.
     * @return the task, or {@code null} once the outcome is known
     */
    public @Nullable Task<T> task() {
        return this.task;
    }

    /**
     * Tells those who listen that the task is about to be started. To be called without
     * any lock.
     * @param worker what runs it, or {@code null} if the calling thread does
     */
    public void starts(@Nullable Worker worker) {
        if (this.listeners != null) {
            this.listeners.started(worker);
        }
    }

    /**
     * Marks the task as running and arms its time limit. To be called right before the
     * task is run.
     * @param itemStopper stops the task if its future ends while it runs
     * @return {@code false} if the future has ended meanwhile and the task must not run
     */
    boolean start(Consumer<WorkItem<?>> itemStopper) {
        // both are seen by whoever sees it running
        STOPPER.setRelease(this, itemStopper);
        this.startedAt = System.nanoTime();
        if (!tryStart()) {
            this.stopper = null;
            return false;
        }
        disarm();
        Duration timeLimit = this.options.timeLimit();
        if (timeLimit != null) {
            arm(timeLimit, true, "ran", "time limit");
        }
        return true;
    }

    /**
     * Takes note of what the task returned. If that is still to come, the item is from
     * now on one that its owner waits for though nobody runs it, so this must be called
     * before the work on it is ended.
     * @param result what the task returned
     * @return what completes the future, or has it wait for that
     */
    public Runnable returned(T result) {
        if (!(result instanceof PendingResult pendingResult)) {
            return () -> complete(result);
        }
        this.stopper = (item) -> pendingResult.cancel();
        // first: whoever ends the item after it was added must see that it was
        this.pending = pendingResult;
        if (!this.owner.pending().add(this)) {
            this.pending = null;
            this.stopper = null;
        }
        return () -> {
            // it may have ended before
            if (isEnding()) {
                pendingResult.cancel();
            }
            pendingResult.complete(this);
        };
    }

    /** Returns what the future is to end as, while that is still to come. */
    @Nullable Future<?> awaitedResult() {
        PendingResult present = this.pending;
        return (present != null) ? present.future() : null;
    }

    /**
     * Takes note of how far the task has come, unless its future has ended. Listeners are
     * called here.
     * @param progress how far
     */
    public void report(TaskProgress progress) {
        reports().accept(Objects.requireNonNull(progress, "progress"));
    }

    @Override
    public @Nullable TaskProgress progress() {
        ProgressReports present = this.reports;
        return (present != null) ? present.latest() : null;
    }

    @Override
    public void addProgressListener(Consumer<? super TaskProgress> listener) {
        reports().addListener(listener);
    }

    private ProgressReports reports() {
        if (this.reports == null) {
            REPORTS.compareAndSet(this, null, new ProgressReports());
        }
        ProgressReports present = Objects.requireNonNull(this.reports);
        // whoever ends the item looks for them after that
        if (isEnding()) {
            present.close();
        }
        return present;
    }

    /** Whoever sees the future done has seen the last report. */
    private void closeReports() {
        if (this.reports != null) {
            this.reports.close();
        }
    }

    /**
     * Returns how long the task, which has been begun, may still run.
     * @return the time, or {@code null} if it has no limit
     */
    public @Nullable Duration remaining() {
        ScheduledFuture<?> armed = this.limit;
        if (this.options.timeLimit() == null || armed == null) {
            return null;
        }
        return Duration.ofNanos(Math.max(0, armed.getDelay(TimeUnit.NANOSECONDS)));
    }

    /** Whether the outcome is decided, even if nobody sees it yet. */
    boolean isDecided() {
        return isEnding();
    }

    /** Whether the limit that counts at this moment ends it. */
    boolean hasTimeLimit() {
        return ((this.place == Place.QUEUED) ? this.options.queueTimeLimit() : this.options.timeLimit()) != null;
    }

    /**
     * Takes note that the pool has the item. The pool's lock must be held.
     * @param number that of the item in the pool
     * @return how it has ended already, if it has
     */
    @Nullable Outcome accept(long number) {
        this.id = number;
        this.accepted = true;
        return this.endedEarly;
    }

    /**
     * Takes note of the outcome. The pool's lock must be held.
     * @return whether the pool has the item; otherwise it learns of it when it accepts it
     */
    boolean endedAs(Outcome outcome) {
        this.endedEarly = outcome;
        return this.accepted;
    }

    /** To be called before the item is submitted. */
    void listeners(@Nullable ItemListeners itemListeners) {
        this.listeners = itemListeners;
    }

    void rejected(RuntimeException rejection) {
        if (this.listeners != null && this.id == 0 && !isDecided()) {
            this.listeners.rejected(rejection);
        }
    }

    TaskStatistics statistics(TaskStatistics.State state, @Nullable Worker worker, Instant now, long nanoTime) {
        return new TaskStatistics(this.id, this.name, state, priority(),
                (this.listeners != null) ? this.listeners.since(state, now, nanoTime) : null,
                (worker != null) ? worker.name() : null);
    }

    /** Returns when it was marked as running, by {@link System#nanoTime()}. */
    long startedAt() {
        return this.startedAt;
    }

    ItemOwner owner() {
        return this.owner;
    }

    int priority() {
        return (this.options.priority() != null) ? this.options.priority() : 0;
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
        this.limit = this.owner.schedule(duration, () -> expire(whileRunning, "task '" + this.name + "' " + what
                + " longer than its " + which + " of " + duration + " in pool '" + this.owner.name() + "'"));
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
    void expire(boolean whileRunning, String message) {
        TaskTimeoutException failure = new TaskTimeoutException(message);
        if (completeExceptionally(failure, Outcome.TIMED_OUT, whileRunning)) {
            this.owner.timedOut(this, failure);
        }
    }

    @Override
    protected void ending(boolean wasRunning, Outcome outcome) {
        TASK.setRelease(this, null);
        closeReports();
        disarm();
        Throwable thrown = failure();
        if (this.watch != null && thrown != null) {
            this.watch.failed(thrown);
        }
        if (this.listeners != null) {
            this.listeners.ended(outcome, thrown);
        }
        this.owner.ended(this, wasRunning, outcome);
        if (this.pending != null) {
            this.owner.pending().ending(this);
        }
        Consumer<WorkItem<?>> itemStopper = this.stopper;
        STOPPER.setRelease(this, null);
        if (wasRunning && itemStopper != null && (outcome == Outcome.CANCELLED || outcome == Outcome.TIMED_OUT)) {
            itemStopper.accept(this);
        }
    }

    @Override
    protected void concluded() {
        if (this.pending != null) {
            this.owner.pending().ended(this);
            // whoever keeps this future must not keep the other one
            this.pending = null;
        }
    }

    @Override
    protected void observed() {
        FailureWatch present = this.watch;
        if (present != null) {
            present.observed();
        }
    }

    /** Has the calling thread, a worker's, tell what it waits for. */
    static void observeWaitsOf(Worker worker) {
        Dispatcher dispatcher = worker.dispatcher();
        observeWaits((futures, all) -> {
            dispatcher.startsToWait(worker, new WaitGraph.Wait(futures, all));
            return () -> dispatcher.endsWaiting(worker);
        });
    }

}
