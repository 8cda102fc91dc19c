// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Consumer;

import dev.futures.ContextCapture;
import dev.futures.Future;
import dev.futures.Outcome;
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
public final class WorkItem<T extends @Nullable Object> extends WaitingItem<T> implements TaskInfo {

    private static final VarHandle TASK = Fields.of(MethodHandles.lookup(), "task", Object.class);

    private static final VarHandle STOPPER = Fields.of(MethodHandles.lookup(), "stopper", Consumer.class);

    private static final VarHandle EXTRAS = Fields.of(MethodHandles.lookup(), "extras", ItemExtras.class);

    private final ItemOwner owner;

    private final TaskOptions options;

    // volatile: the task, and its name when the outcome is known
    private volatile Object task;

    // volatile: written by the thread that takes the item, read by whoever stops it
    private volatile @Nullable Consumer<WorkItem<?>> stopper;

    // volatile: made by whoever needs them first
    private volatile @Nullable ItemExtras extras;

    /** Written before the item is marked as running. */
    private long startedAt;

    /** Written with the pool's lock held, before a worker is given the item. */
    private long id;

    WorkItem(ItemOwner owner, Task<T> task, TaskOptions options) {
        this.owner = owner;
        this.task = task;
        this.options = options;
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
                complete);
        if (settings.logUnobservedFailures()) {
            item.ensureExtras().watch = FailureWatch.of(item);
        }
        return item;
    }

    @Override
    public long id() {
        if (this.id == 0) {
            this.owner.collect();
        }
        return this.id;
    }

    @Override
    public String name() {
        Object present = this.task;
        return (present instanceof Task<?> unended) ? ItemNames.of(unended, this.options) : (String) present;
    }

    @Override
    public TaskOptions options() {
        return this.options;
    }

    /**
     * Returns the task.
     * @return the task, or {@code null} once the outcome is known
     */
    @SuppressWarnings("unchecked") // as it was given one
    public @Nullable Task<T> task() {
        return (this.task instanceof Task<?> unended) ? (Task<T>) unended : null;
    }

    private ItemExtras ensureExtras() {
        ItemExtras present = this.extras;
        if (present != null) {
            return present;
        }
        ItemExtras made = new ItemExtras();
        ItemExtras before = (ItemExtras) EXTRAS.compareAndExchange(this, null, made);
        return (before != null) ? before : made;
    }

    private @Nullable ItemListeners listeners() {
        ItemExtras present = this.extras;
        return (present != null) ? present.listeners : null;
    }

    /**
     * Tells those who listen that the task is about to be started. To be called without
     * any lock.
     * @param worker what runs it, or {@code null} if the calling thread does
     */
    public void starts(@Nullable Worker worker) {
        ItemListeners listeners = listeners();
        if (listeners != null) {
            listeners.started(worker);
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
     * @param result what the task returned, for {@link #conclude}
     */
    public void returned(T result) {
        if (!(result instanceof PendingResult pendingResult)) {
            return;
        }
        this.stopper = (item) -> pendingResult.cancel();
        // first: whoever ends the item after it was added must see that it was
        ItemExtras present = ensureExtras();
        present.pending = pendingResult;
        if (!this.owner.pending().add(this)) {
            present.pending = null;
            this.stopper = null;
        }
    }

    /**
     * Completes the future with what the task returned, or has it wait for that.
     * @param result what {@link #returned} was given
     * @return whether this call completed the future
     */
    public boolean conclude(T result) {
        if (!(result instanceof PendingResult pendingResult)) {
            return complete(result);
        }
        // it may have ended before
        if (isEnding()) {
            pendingResult.cancel();
        }
        pendingResult.complete(this);
        return false;
    }

    /** Returns what the future is to end as, while that is still to come. */
    @Nullable Future<?> awaitedResult() {
        PendingResult present = pending();
        return (present != null) ? present.future() : null;
    }

    private @Nullable PendingResult pending() {
        ItemExtras present = this.extras;
        return (present != null) ? present.pending : null;
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
        ProgressReports present = (this.extras != null) ? this.extras.reports() : null;
        return (present != null) ? present.latest() : null;
    }

    @Override
    public void addProgressListener(Consumer<? super TaskProgress> listener) {
        reports().addListener(listener);
    }

    private ProgressReports reports() {
        ProgressReports present = ensureExtras().ensureReports();
        // whoever ends the item looks for them after that
        if (isEnding()) {
            present.close();
        }
        return present;
    }

    /**
     * Returns how long the task, which has been begun, may still run.
     * @return the time, or {@code null} if it has no limit
     */
    public @Nullable Duration remaining() {
        ItemExtras present = this.extras;
        return (this.options.timeLimit() != null && present != null) ? present.remaining() : null;
    }

    /** Whether the outcome is decided, even if nobody sees it yet. */
    boolean isDecided() {
        return isEnding();
    }

    /** Whether the limit that counts at this moment ends it. */
    boolean hasTimeLimit() {
        return ((place() == Place.QUEUED) ? this.options.queueTimeLimit() : this.options.timeLimit()) != null;
    }

    /**
     * Takes note that the pool has the item. The pool's lock must be held.
     * @param number that of the item in the pool
     * @return how it has ended already, if it has
     */
    @Nullable Outcome accept(long number) {
        this.id = number;
        return (this.extras != null) ? this.extras.endedEarly : null;
    }

    /** Takes note of the outcome, with the lock; returns whether the pool has it. */
    boolean endedAs(Outcome outcome) {
        if (this.id > 0) {
            return true;
        }
        ensureExtras().endedEarly = outcome;
        return false;
    }

    /** To be called before the item is submitted. */
    void listeners(@Nullable ItemListeners itemListeners) {
        if (itemListeners != null) {
            ensureExtras().listeners = itemListeners;
        }
    }

    void rejected(RuntimeException rejection) {
        ItemListeners listeners = listeners();
        if (listeners != null && this.id == 0 && !isDecided()) {
            listeners.rejected(rejection);
        }
    }

    TaskStatistics statistics(TaskStatistics.State state, @Nullable Worker worker, Instant now, long nanoTime) {
        ItemListeners listeners = listeners();
        return new TaskStatistics(this.id, name(), state, priority(),
                (listeners != null) ? listeners.since(state, now, nanoTime) : null,
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

    void armQueueTimeLimit() {
        Duration queueTimeLimit = this.options.queueTimeLimit();
        if (queueTimeLimit != null) {
            arm(queueTimeLimit, false, "waited for a worker", "queue time limit");
        }
    }

    private void arm(Duration duration, boolean whileRunning, String what, String which) {
        ensureExtras().limit(this.owner.schedule(duration, () -> expire(whileRunning, "task '" + name() + "' " + what
                + " longer than its " + which + " of " + duration + " in pool '" + this.owner.name() + "'")));
        if (isEnding()) {
            disarm();
        }
    }

    void disarm() {
        ItemExtras present = this.extras;
        if (present != null) {
            present.disarm();
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
        TASK.setRelease(this, name());
        ItemExtras present = this.extras;
        if (present != null) {
            ending(present, outcome);
        }
        this.owner.ended(this, wasRunning, outcome);
        if (present != null && present.pending != null) {
            this.owner.pending().ending(this);
        }
        Consumer<WorkItem<?>> itemStopper = this.stopper;
        STOPPER.setRelease(this, null);
        if (wasRunning && itemStopper != null && (outcome == Outcome.CANCELLED || outcome == Outcome.TIMED_OUT)) {
            itemStopper.accept(this);
        }
    }

    private void ending(ItemExtras present, Outcome outcome) {
        // whoever sees the future done has seen the last report
        ProgressReports reports = present.reports();
        if (reports != null) {
            reports.close();
        }
        present.disarm();
        Throwable thrown = failure();
        if (present.watch != null && thrown != null) {
            present.watch.failed(thrown);
        }
        if (present.listeners != null) {
            present.listeners.ended(outcome, thrown);
        }
    }

    @Override
    protected void concluded() {
        ItemExtras present = this.extras;
        if (present != null && present.pending != null) {
            this.owner.pending().ended(this);
            // whoever keeps this future must not keep the other one
            present.pending = null;
        }
    }

    @Override
    protected void observed() {
        ItemExtras present = this.extras;
        if (present != null && present.watch != null) {
            present.watch.observed();
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
