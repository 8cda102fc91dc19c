// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * A {@link Future} together with its write side: what PEP 3148 calls the methods for use
 * by executor implementations and unit tests. Hand it out as a {@code Future}.
 * <p>
 * The {@link CompletableFuture} it extends contributes waiting and the
 * {@link java.util.concurrent.CompletionStage} methods. Stages derived from it are plain
 * {@code CompletableFuture}s, and {@link #complete} and {@link #completeExceptionally}
 * are {@link #setResult} and {@link #setException} for a caller who does not mind being
 * late.
 *
 * @param <T> the type of the result
 */
public class Promise<T extends @Nullable Object> extends StageFuture<T> implements Future<T> {

    private static final Logger logger = System.getLogger("dev.futures");

    @SuppressWarnings("rawtypes")
    private static final AtomicReferenceFieldUpdater<Promise, State> STATE = AtomicReferenceFieldUpdater
        .newUpdater(Promise.class, State.class, "state");

    @SuppressWarnings("rawtypes")
    private static final AtomicReferenceFieldUpdater<Promise, Listeners> LISTENERS = AtomicReferenceFieldUpdater
        .newUpdater(Promise.class, Listeners.class, "listeners");

    /**
     * Decides who completes the future. PENDING -> RUNNING -> FINISHED | CANCELLED, and
     * PENDING -> FINISHED | CANCELLED. Nothing leaves FINISHED or CANCELLED. The
     * inherited result is published right after the change, so observers ask
     * {@code super.isDone()} first.
     */
    private volatile State state = State.PENDING;

    private volatile Listeners listeners = Listeners.NONE;

    /**
     * Written by whoever changes the state to FINISHED, before the result is published.
     */
    private @Nullable Throwable failure;

    /**
     * Creates a pending promise.
     */
    public Promise() {
    }

    /**
     * Marks the task as running, unless the future was cancelled. An executor calls this
     * before it runs the task.
     * @return {@code false} if the future was cancelled and the task must not run
     * @throws InvalidStateException if the future is running or finished
     */
    public final boolean setRunningOrNotifyCancel() {
        if (tryStart()) {
            return true;
        }
        State current = this.state;
        if (current == State.CANCELLED) {
            return false;
        }
        throw new InvalidStateException("future in unexpected state: " + current + ": " + this);
    }

    /**
     * Completes the future with a result and runs the callbacks.
     * @param result the result
     * @throws InvalidStateException if the future is done; it keeps its first outcome
     */
    public final void setResult(T result) {
        if (!complete(result)) {
            throw new InvalidStateException(this.state + ": " + this);
        }
    }

    /**
     * Completes the future with an exception and runs the callbacks.
     * @param exception what the task threw
     * @throws InvalidStateException if the future is done; it keeps its first outcome
     */
    public final void setException(Throwable exception) {
        if (!completeExceptionally(exception)) {
            throw new InvalidStateException(this.state + ": " + this);
        }
    }

    @Override
    public final boolean complete(T value) {
        State before = moveTo(State.FINISHED, true);
        if (before == null) {
            return false;
        }
        try {
            ending(before == State.RUNNING, Outcome.SUCCEEDED);
        }
        finally {
            super.complete(value);
            published(Outcome.SUCCEEDED, false);
        }
        return true;
    }

    @Override
    public final boolean completeExceptionally(Throwable exception) {
        return completeExceptionally(exception, Outcome.FAILED, true);
    }

    /**
     * Completes the future with an exception of the executor's making, unless it is done.
     * @param exception the exception
     * @param outcome what it means
     * @param evenIfRunning whether to do so when the task has been started
     * @return whether this call completed the future
     */
    protected final boolean completeExceptionally(Throwable exception, Outcome outcome, boolean evenIfRunning) {
        Objects.requireNonNull(exception, "exception");
        State before = moveTo(State.FINISHED, evenIfRunning);
        if (before == null) {
            return false;
        }
        this.failure = exception;
        try {
            ending(before == State.RUNNING, outcome);
        }
        finally {
            super.completeExceptionally(Throwables.unmistakable(exception));
            published(outcome, false);
        }
        return true;
    }

    @Override
    public final boolean cancel(boolean mayInterruptIfRunning) {
        if (tryCancel(State.PENDING, mayInterruptIfRunning)
                || (mayInterruptIfRunning && tryCancel(State.RUNNING, true))) {
            return true;
        }
        if (this.state != State.CANCELLED) {
            return false;
        }
        // by another thread, perhaps just now: whoever is told so finds the future done
        awaitDone();
        return true;
    }

    /** Cancels the future if it is pending; returns whether this call did so. */
    final boolean cancelIfPending() {
        return tryCancel(State.PENDING, false);
    }

    private boolean tryCancel(State from, boolean mayInterruptIfRunning) {
        if (!STATE.compareAndSet(this, from, State.CANCELLED)) {
            return false;
        }
        try {
            ending(from == State.RUNNING, Outcome.CANCELLED);
        }
        finally {
            super.cancel(false);
            published(Outcome.CANCELLED, mayInterruptIfRunning);
        }
        return true;
    }

    /**
     * Returns whether the outcome is decided, which others see a moment later.
     * @return {@code true} if so
     */
    protected final boolean isEnding() {
        return this.state.isEnd();
    }

    /**
     * Marks the task as running if the future is pending.
     * @return whether this call did so
     */
    protected final boolean tryStart() {
        return STATE.compareAndSet(this, State.PENDING, State.RUNNING);
    }

    /**
     * Called once, when the outcome is decided and before anybody can see it, by the
     * thread that decided it. Must neither block nor throw.
     * @param wasRunning whether the task had been started
     * @param outcome how the future ends
     */
    protected void ending(boolean wasRunning, Outcome outcome) {
    }

    /**
     * Returns what the task threw.
     * @return the exception, or {@code null} if it has not failed
     */
    @Override
    protected final @Nullable Throwable failure() {
        return this.failure;
    }

    private @Nullable State moveTo(State end, boolean evenIfRunning) {
        State before = this.state;
        while (before == State.PENDING || (evenIfRunning && before == State.RUNNING)) {
            if (STATE.compareAndSet(this, before, end)) {
                return before;
            }
            before = this.state;
        }
        return null;
    }

    @Override
    public final T result() throws Exception {
        try {
            return get();
        }
        catch (ExecutionException | RuntimeException ex) {
            throw Throwables.asException(failureOr(ex));
        }
    }

    @Override
    public final T result(Duration timeout) throws Exception {
        try {
            return get(Deadline.nanos(timeout), TimeUnit.NANOSECONDS);
        }
        catch (ExecutionException | RuntimeException ex) {
            throw Throwables.asException(failureOr(ex));
        }
    }

    @Override
    public final @Nullable Throwable exception() throws InterruptedException {
        try {
            get();
            return null;
        }
        catch (ExecutionException | RuntimeException ex) {
            return thrownFailure(ex);
        }
    }

    @Override
    public final @Nullable Throwable exception(Duration timeout) throws InterruptedException, TimeoutException {
        try {
            get(Deadline.nanos(timeout), TimeUnit.NANOSECONDS);
            return null;
        }
        catch (ExecutionException | RuntimeException ex) {
            return thrownFailure(ex);
        }
    }

    private Throwable failureOr(Exception fromSuper) {
        return (this.failure != null) ? this.failure : fromSuper;
    }

    private Throwable thrownFailure(Exception fromSuper) {
        Throwable thrown = failureOr(fromSuper);
        if (thrown == fromSuper) {
            throw Throwables.unchecked(fromSuper);
        }
        return thrown;
    }

    @Override
    public final boolean cancelled() {
        return super.isDone() && this.state == State.CANCELLED;
    }

    @Override
    public final boolean isCancelled() {
        return cancelled();
    }

    @Override
    public final boolean running() {
        return this.state == State.RUNNING;
    }

    @Override
    public final boolean done() {
        return super.isDone();
    }

    @Override
    public final void addDoneCallback(Consumer<? super Future<T>> callback) {
        Objects.requireNonNull(callback, "callback");
        observed();
        if (!addListener(new Listeners.Node(() -> call(callback), false))) {
            call(callback);
        }
    }

    private void call(Consumer<? super Future<T>> callback) {
        try {
            callback.accept(this);
        }
        catch (Throwable ex) {
            logger.log(Level.ERROR, () -> "exception calling callback for " + this, ex);
        }
    }

    /** Registers a waiter or callback; returns false if the future is done already. */
    final boolean addListener(Listeners.Node node) {
        Listeners current = this.listeners;
        while (current != Listeners.CLOSED && !super.isDone()) {
            if (LISTENERS.compareAndSet(this, current, current.with(node))) {
                // whoever has published the outcome meanwhile may not have seen it
                return !super.isDone() || !removeListener(node);
            }
            current = this.listeners;
        }
        return false;
    }

    /** Returns whether nobody is going to call it. */
    final boolean removeListener(Listeners.Node node) {
        Listeners current = this.listeners;
        while (current != Listeners.CLOSED && !LISTENERS.compareAndSet(this, current, current.without(node))) {
            current = this.listeners;
        }
        return current != Listeners.CLOSED;
    }

    private void published(Outcome outcome, boolean mayInterruptIfRunning) {
        try {
            ended(outcome, mayInterruptIfRunning);
        }
        finally {
            // nearly always there are none; whoever adds one now looks for the outcome
            Listeners present = this.listeners;
            conclude((present != Listeners.NONE) ? LISTENERS.getAndSet(this, Listeners.CLOSED) : present);
        }
    }

    /**
     * Called once, when everybody can see the outcome, by the thread that decided it and
     * before callbacks run.
     * @param outcome how the future ended
     * @param mayInterruptIfRunning what {@link #cancel(boolean)} was told
     */
    void ended(Outcome outcome, boolean mayInterruptIfRunning) {
    }

    /**
     * Returns whether completing the future may run code of a user: a callback, or a
     * stage derived from it.
     * @return {@code true} if so
     */
    protected final boolean hasCallbacks() {
        return hasStages() || this.listeners.hasCallbacks();
    }

    /**
     * Describes the state and the type of the outcome, never its value.
     */
    @Override
    public String toString() {
        return "Future@" + Integer.toHexString(System.identityHashCode(this)) + "[state=" + describe() + "]";
    }

    private String describe() {
        if (this.state != State.FINISHED || !super.isDone()) {
            return this.state.toString().toLowerCase(Locale.ROOT);
        }
        Throwable thrown = this.failure;
        if (thrown != null) {
            return "finished raised " + thrown.getClass().getSimpleName();
        }
        Object value = super.join();
        return "finished returned " + ((value != null) ? value.getClass().getSimpleName() : "null");
    }

    private enum State {

        PENDING, RUNNING, CANCELLED, FINISHED;

        boolean isEnd() {
            return this == CANCELLED || this == FINISHED;
        }

    }

}
