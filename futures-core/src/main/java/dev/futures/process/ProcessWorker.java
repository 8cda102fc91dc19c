// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.futures.BrokenExecutorException;
import dev.futures.ProcessStatistics;
import dev.futures.pool.Seat;
import dev.futures.pool.WorkItem;
import dev.futures.pool.Worker;
import dev.futures.serial.Parcel;
import org.jspecify.annotations.Nullable;

/**
 * A worker that has its tasks run in a child JVM. Its thread starts the child, listens to
 * it and, when it dies, starts another. Whoever hands a task to this worker while it is
 * idle writes it to the child directly, which saves waking the thread.
 */
final class ProcessWorker extends Worker {

    private static final Logger logger = System.getLogger("dev.futures");

    /** How long reading and writing an item may go on in this JVM once it has ended. */
    private static final Duration HELD_UP = Duration.ofMillis(500);

    private final ProcessPoolExecutor pool;

    private final ChildSlot slot = new ChildSlot();

    /** The item that a child had not begun when it died. Worker's thread only. */
    private final Unstarted unstarted = new Unstarted();

    private final ChildStarter starter;

    private final WearAndTear wear;

    /** Since when there was no task, however many children. Worker's thread only. */
    private long idleSince = System.nanoTime();

    private final ProgressInbox progress = new ProgressInbox();

    private final AtomicBoolean left = new AtomicBoolean();

    private final Answers answers;

    private final TaskEncoder encoder;

    ProcessWorker(Seat seat, ProcessPoolExecutor pool) {
        super(seat);
        this.pool = pool;
        this.starter = new ChildStarter(pool, name(), this.slot, this::retireIfUnneeded, this::breakPool);
        this.wear = new WearAndTear(pool.settings().recycling());
        this.encoder = new TaskEncoder(pool.payloads());
        this.answers = new Answers(pool.name(), pool.payloads(), pool.settings().name("serialFilter"));
    }

    @Override
    protected void work() {
        this.pool.spares().workerCame();
        try {
            while (!retireIfUnneeded()) {
                WorkerProcess child = this.starter.start();
                if (child == null) {
                    return;
                }
                boolean sentOff = false;
                try {
                    this.wear.renew(child.readySince());
                    this.pool.spares().refill();
                    sentOff = serve(child);
                }
                finally {
                    this.slot.clear();
                    if (!sentOff) {
                        child.close();
                    }
                }
            }
        }
        finally {
            leave();
        }
    }

    /**
     * Runs tasks in a child until it dies, is worn out, or is not needed.
     * @return whether somebody else sees to its end
     */
    private boolean serve(WorkerProcess child) {
        try {
            while (hasFurtherUse()) {
                Frame frame = awaitFrame(child);
                if (frame != null) {
                    accept(frame, child);
                }
            }
            starting();
            if (!isRetired() && this.pool.spares().sendOff(child)) {
                return true;
            }
            child.farewell();
        }
        catch (IOException ex) {
            died(child, ex);
        }
        return false;
    }

    /**
     * Waits for an answer, or for anything else to do; retires if it is idle too long.
     */
    private @Nullable Frame awaitFrame(WorkerProcess child) throws IOException {
        long keepAlive = keepAliveNanos();
        if (assigned() != null || (keepAlive == Long.MAX_VALUE && this.wear.nanosLeft() == Long.MAX_VALUE)) {
            this.progress.passOnIfDue();
            return child.awaitFrame(this.progress.millisLeft());
        }
        long idle = System.nanoTime() - this.idleSince;
        long patience = Math.max(0, Math.min(keepAlive - idle, this.wear.nanosLeft()));
        Frame frame = child.awaitFrame(TimeUnit.NANOSECONDS.toMillis(patience) + 1);
        this.wear.wasIdle();
        if (frame == null && System.nanoTime() - this.idleSince >= keepAlive && !retireIfIdle()) {
            // one of those that are to be there
            this.idleSince = System.nanoTime();
        }
        return frame;
    }

    /** Sees to it that the child has an item, or that this worker is idle. */
    private boolean hasFurtherUse() {
        WorkItem<?> item = assigned();
        if (item == null) {
            if (isRetired() || (this.wear.isDue() && leaveIdleLine())) {
                return false;
            }
            item = take();
        }
        if (item != null) {
            this.idleSince = System.nanoTime();
            dispatch(item);
        }
        return item != null || !isRetired();
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
            Parcel payload = this.encoder.encode(item);
            item.starts(this);
            if (!this.slot.send(item, payload, child, () -> begin(item, this.unstarted.is(item)))) {
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
            if (this.slot.release(item, child, this::end)) {
                item.completeExceptionally(ex);
                child.wakeUp();
            }
            else if (this.slot.isSent(item)) {
                // nobody knows what it was sent
                child.kill();
                child.wakeUp();
            }
        }
    }

    /** A claimed item will not run: the worker takes another one. */
    private void release(WorkItem<?> item, WorkerProcess child) {
        if (this.unstarted.is(item)) {
            this.unstarted.forget();
        }
        if (this.slot.release(item, child, this::end)) {
            child.wakeUp();
        }
    }

    private void accept(Frame frame, WorkerProcess child) throws IOException {
        WorkItem<?> item = this.slot.answered(frame);
        if (item == null) {
            return;
        }
        switch (frame.kind()) {
            case PROGRESS -> this.progress.accept(item, ProgressFormat.fromBytes(frame.payload()));
            case STACK -> this.answers.logStack(item, frame, child.pid());
            case HEAP -> child.history().heapUse(HeapUse.fromBytes(frame.payload()));
            case NOT_BEGUN -> throw new NotBegunException(child.pid());
            default -> finish(item, frame, child);
        }
    }

    private void finish(WorkItem<?> item, Frame frame, WorkerProcess child) {
        this.progress.passOn();
        Runnable completion = this.answers.completion(item, frame, child.pid());
        this.slot.decoded();
        this.unstarted.forget();
        this.starter.useful();
        this.idleSince = System.nanoTime();
        this.wear.taskDone(child.pid());
        child.history().taskDone();
        if (this.wear.isDue()) {
            comesBack();
            finishLast(completion);
        }
        else {
            finish(item, completion);
        }
    }

    /** The child is dead, or does not follow the rules and has to be. */
    private void died(WorkerProcess child, IOException reason) {
        Thread.interrupted(); // a callback may have left it
        this.progress.passOn();
        WorkItem<?> sent = this.slot.lose();
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
        boolean again = sent != null && !sent.done() && isToBeSentAgain(sent, child, reason);
        WorkerDeath death = new WorkerDeath(this.pool, child, unruly ? reason.getMessage() : null, sent, again,
                this.unstarted.isHopeless());
        if (sent == null || again) {
            mourn(death, child, true);
            return;
        }
        // whoever sees the future failed finds a strict pool broken
        conclude(() -> {
            this.unstarted.forget();
            mourn(death, child, false);
            sent.completeExceptionally(death.asException());
        });
    }

    /**
     * A task that has not been begun is not lost, but may not cost a process for ever.
     */
    private boolean isToBeSentAgain(WorkItem<?> sent, WorkerProcess child, IOException reason) {
        if (this.pool.settings().isStrict() || child.isDoomed() || !child.hasIgnoredWhatItWasSent(reason)) {
            return false;
        }
        this.unstarted.add(sent);
        return !this.unstarted.isHopeless();
    }

    /** Takes note of a death, of which nobody wanted to know who has caused it. */
    private void mourn(WorkerDeath death, WorkerProcess child, boolean idle) {
        if (child.isDoomed()) {
            return;
        }
        logger.log(Level.WARNING, death.message());
        this.pool.mourn(name(), death);
        if (this.pool.settings().isStrict()) {
            breakPool("a worker process ended abruptly, the process pool is not usable anymore", death.asException());
        }
        else if (idle) {
            this.starter.lost();
        }
    }

    @Override
    protected void wakeUp() {
        this.slot.wakeUp();
    }

    /** First the task is asked to end, then it is made to. */
    @Override
    protected void stop(WorkItem<?> item) {
        Duration grace = this.pool.settings().stopGrace();
        if (grace.isZero()) {
            kill(item);
        }
        else {
            this.slot.requestStop(item);
            later(grace, () -> kill(item));
        }
        later(HELD_UP, () -> goOnWithoutThread(item));
    }

    @Override
    protected void withdrawn(WorkItem<?> item) {
        if (!this.slot.withdraw(item, thread(), this::end)) {
            later(HELD_UP, () -> goOnWithoutThread(item));
        }
    }

    private void kill(WorkItem<?> item) {
        WorkerProcess killed = this.slot.stop(item);
        if (killed != null) {
            logger.log(Level.DEBUG, () -> "worker process " + killed.pid() + " of pool '" + this.pool.name()
                    + "' was killed because task '" + item.name() + "' did not stop");
        }
    }

    /** Nobody waits for the item any more, and its own code has had its time. */
    private void goOnWithoutThread(WorkItem<?> item) {
        boolean heldUp = this.progress.isTelling(item) || this.slot.isHeldUp(item, thread());
        if (heldUp && abandon(item)) {
            this.slot.end(true);
            leave();
            logger.log(Level.WARNING, "task '" + item.name() + "' of pool '" + this.pool.name()
                    + "' has ended, but its own code, which"
                    + " reads or writes what it consists of, or listens to its progress, still occupies thread '"
                    + name() + "' of this JVM; another worker takes over, and the thread ends when that code does");
        }
    }

    /** Once, whether or not the thread comes to its end. */
    private void leave() {
        if (this.left.compareAndSet(false, true)) {
            this.pool.spares().workerLeft();
        }
    }

    @Override
    protected void stopNow() {
        end(true);
    }

    @Override
    protected void poolBroke(BrokenExecutorException failure) {
        if (!this.pool.settings().isStrict() && this.slot.isAtWork()) {
            // a process that cannot be started does no harm to one that can
            wakeUp();
            return;
        }
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
        end(force);
    }

    /** A process that is asked may not listen, and this worker's thread be held up. */
    private void end(boolean force) {
        WorkItem<?> item = assigned();
        this.slot.end(force);
        if (!force) {
            later(WorkerProcess.EXIT_PATIENCE, () -> this.slot.end(true));
        }
        if (item != null) {
            later(HELD_UP, () -> goOnWithoutThread(item));
        }
    }

    @Override
    protected @Nullable ProcessStatistics process() {
        WorkerProcess child = this.slot.child();
        return (child != null) ? child.history().statistics(child.pid(), this.wear.maxTasks()) : null;
    }

}
