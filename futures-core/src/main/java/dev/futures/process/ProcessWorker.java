// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;

import dev.futures.BrokenExecutorException;
import dev.futures.Task;
import dev.futures.TaskSerializationException;
import dev.futures.pool.WorkItem;
import dev.futures.pool.Worker;
import dev.futures.serial.Failure;
import dev.futures.serial.Parcel;
import org.jspecify.annotations.Nullable;

/**
 * A worker that has its tasks run in a child JVM. Its thread starts the child, listens to
 * it and, when it dies, starts another. Whoever hands a task to this worker while it is
 * idle writes it to the child directly, which saves waking the thread.
 */
final class ProcessWorker extends Worker {

    private static final Logger logger = System.getLogger("dev.futures");

    private static final long FIRST_BACKOFF_MILLIS = 100;

    private final ProcessPoolExecutor pool;

    private final ChildSlot slot = new ChildSlot();

    /** How many processes in a row did not get ready. Worker's thread only. */
    private int failedStarts;

    /** Processes that were lost in a row, ready or not. Worker's thread only. */
    private final Losses losses = new Losses();

    /** How many tasks the child has run. Worker's thread only. */
    private int tasksOfChild;

    ProcessWorker(Seat seat, ProcessPoolExecutor pool) {
        super(seat);
        this.pool = pool;
    }

    @Override
    protected void work() {
        while (!retireIfUnneeded()) {
            WorkerProcess child = launch();
            if (child == null) {
                return;
            }
            try {
                serve(child);
            }
            finally {
                this.slot.clear();
                child.close();
            }
        }
    }

    /** Starts a child, again and again with pauses; null if that is hopeless. */
    private @Nullable WorkerProcess launch() {
        while (this.losses.count() == 0 || mayTryAgain()) {
            // a callback may have left this thread interrupted
            Thread.interrupted();
            try {
                WorkerProcess child = this.pool.launcher().launch(name(), this.slot::starting);
                this.tasksOfChild = 0;
                this.failedStarts = 0;
                this.pool.noteReady();
                this.slot.ready();
                return child;
            }
            catch (WorkerStartException.InitializerFailed ex) {
                this.slot.clear();
                logger.log(Level.ERROR, "exception in initializer of " + name(), ex.failure());
                if (!this.pool.hasBeenReady()) {
                    breakPool("a process initializer failed, the process pool is not usable anymore", ex.failure());
                    return null;
                }
                note(ex);
            }
            catch (IOException | RuntimeException ex) {
                this.slot.clear();
                note(ex);
            }
        }
        return null;
    }

    /** Takes note of a process that did not get ready. */
    private void note(Exception failure) {
        this.losses.add();
        if (this.slot.isStopped()) {
            return;
        }
        this.failedStarts++;
        if (this.failedStarts >= this.pool.settings().restartLimit()) {
            breakPool(
                    "a worker process could not be started, " + this.failedStarts
                            + " times in a row; the process pool is not usable anymore: " + failure.getMessage(),
                    failure);
            return;
        }
        logger.log(Level.WARNING,
                "starting a process for " + name() + " failed, trying again: " + failure.getMessage());
    }

    private boolean mayTryAgain() {
        long millis = FIRST_BACKOFF_MILLIS << Math.max(0, Math.min(this.losses.count() - 1, 6));
        return !retireIfUnneeded() && this.slot.pause(millis) && !retireIfUnneeded();
    }

    /** Runs tasks in a child until it dies, is worn out, or is not needed. */
    private void serve(WorkerProcess child) {
        try {
            while (hasFurtherUse()) {
                Frame frame = awaitFrame(child);
                if (frame != null) {
                    accept(frame, child);
                }
            }
            child.farewell();
            starting();
        }
        catch (IOException ex) {
            died(child, ex);
        }
    }

    /**
     * Waits for an answer, or for anything else to do; retires if it is idle too long.
     */
    private @Nullable Frame awaitFrame(WorkerProcess child) throws IOException {
        long keepAlive = keepAliveNanos();
        if (assigned() != null || keepAlive == Long.MAX_VALUE) {
            return child.awaitFrame(0);
        }
        long idleSince = System.nanoTime();
        Frame frame = child.awaitFrame(TimeUnit.NANOSECONDS.toMillis(keepAlive) + 1);
        if (frame == null && System.nanoTime() - idleSince >= keepAlive) {
            boolean unused = retireIfIdle();
        }
        return frame;
    }

    /** Sees to it that the child has an item, or that this worker is idle. */
    private boolean hasFurtherUse() {
        WorkItem<?> item = assigned();
        if (item == null) {
            if (isWornOut() || isRetired()) {
                return false;
            }
            item = take();
        }
        if (item != null) {
            dispatch(item);
        }
        return item != null || !isRetired();
    }

    private boolean isWornOut() {
        int limit = this.pool.settings().maxTasksPerChild();
        return limit > 0 && this.tasksOfChild >= limit;
    }

    @Override
    protected void handOver(WorkItem<?> item) {
        dispatch(item);
    }

    /** Sends an item to the child, unless another thread does so or there is no child. */
    private <T extends @Nullable Object> void dispatch(WorkItem<T> item) {
        WorkerProcess child = this.slot.claim(item, () -> assigned() == item);
        if (child == null) {
            return;
        }
        try {
            Parcel payload = encode(item);
            if (!this.slot.send(item, payload, child, () -> begin(item))) {
                release(item, child);
            }
        }
        catch (IOException ex) {
            // the child is dead, or half a frame is on its way to it
            logger.log(Level.DEBUG, () -> "sending to worker process " + child.pid() + " failed", ex);
            child.kill();
            child.wakeUp();
        }
        catch (Throwable ex) {
            item.completeExceptionally(ex);
            release(item, child);
        }
    }

    private <T extends @Nullable Object> Parcel encode(WorkItem<T> item) {
        Task<T> task = item.task();
        if (task == null) {
            // its future has ended: it will not be sent
            return Parcel.EMPTY;
        }
        try {
            return this.pool.payloads().pack(task);
        }
        catch (Throwable ex) {
            throw new TaskSerializationException(
                    "task '" + item.name() + "' could not be sent to a worker process: " + Failure.describe(ex), ex);
        }
    }

    /** A claimed item will not run: the worker takes another one. */
    private void release(WorkItem<?> item, WorkerProcess child) {
        if (this.slot.release(item, child, this::end)) {
            child.wakeUp();
        }
    }

    private void accept(Frame frame, WorkerProcess child) throws ProtocolException {
        WorkItem<?> item = this.slot.answered(frame);
        Runnable completion = completion(item, frame, child);
        this.tasksOfChild++;
        this.losses.clear();
        if (isWornOut()) {
            finishLast(completion);
        }
        else {
            finish(item, completion);
        }
    }

    /** Reads an answer, whatever it is; returns what completes the future. */
    @SuppressWarnings({ "unchecked", "NullAway" }) // the task's type says whether its
                                                   // result may be null
    private <T extends @Nullable Object> Runnable completion(WorkItem<T> item, Frame frame, WorkerProcess child) {
        try {
            if (frame.kind() == Frame.Kind.FAILURE) {
                String origin = "worker process " + child.pid() + " of pool '" + this.pool.name() + "', task '"
                        + item.name() + "'";
                Throwable thrown = FailureFormat.fromBytes(frame.payload()).toThrowable(this.pool.payloads(), origin);
                return () -> item.completeExceptionally(thrown);
            }
            T result = (T) this.pool.payloads().unpack(frame.parcel());
            return () -> item.complete(result);
        }
        catch (Throwable ex) {
            return () -> item.completeExceptionally(new TaskSerializationException(
                    "the outcome of task '" + item.name() + "' could not be read: " + Failure.describe(ex), ex));
        }
    }

    /** The child is dead, or does not follow the rules and has to be. */
    private void died(WorkerProcess child, IOException reason) {
        // a callback may have left this thread interrupted
        Thread.interrupted();
        WorkItem<?> victim = this.slot.lose();
        if (this.slot.isStopped()) {
            starting();
        }
        else {
            restarting();
        }
        boolean unruly = reason instanceof ProtocolException;
        if (unruly) {
            child.kill();
        }
        WorkerDeath death = new WorkerDeath(this.pool, child, unruly ? reason.getMessage() : null, victim);
        if (victim == null) {
            mourn(death, child);
            return;
        }
        // whoever sees the future failed finds a strict pool broken
        conclude(() -> {
            mourn(death, child);
            victim.completeExceptionally(death.asException());
        });
    }

    private void mourn(WorkerDeath death, WorkerProcess child) {
        if (child.isDoomed()) {
            return;
        }
        logger.log(Level.WARNING, death.message());
        if (this.pool.settings().deathPolicy() == DeathPolicy.STRICT) {
            breakPool("a worker process ended abruptly, the process pool is not usable anymore", death.asException());
        }
        else if (death.victim() == null) {
            this.losses.add();
        }
    }

    @Override
    protected void wakeUp() {
        this.slot.wakeUp();
    }

    @Override
    protected void stop(WorkItem<?> item) {
        this.slot.stop(item);
    }

    @Override
    protected void stopNow() {
        this.slot.end(true);
    }

    @Override
    protected void poolBroke(BrokenExecutorException failure) {
        endChild(true, failure);
    }

    /**
     * Fails the item of this worker and ends the child for good.
     * @param force whether to kill it rather than to ask it
     * @param failure what fails the item
     */
    void endChild(boolean force, BrokenExecutorException failure) {
        WorkItem<?> item = assigned();
        if (item != null) {
            item.completeExceptionally(failure);
        }
        this.slot.end(force);
    }

    @Override
    protected @Nullable Long pid() {
        return this.slot.pid();
    }

}
