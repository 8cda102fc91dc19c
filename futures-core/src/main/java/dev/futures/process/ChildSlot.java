// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import dev.futures.pool.WorkItem;
import dev.futures.serial.Parcel;
import org.jspecify.annotations.Nullable;

/**
 * What the threads that deal with a worker have to agree on: which child it has, and
 * which item that child has. An item is claimed by the thread that is going to send it,
 * encoded without the lock, and sent with the lock if the child is still the same one;
 * once it is answered the worker's thread decodes the answer, again without the lock.
 */
final class ChildSlot {

    private final ReentrantLock lock = new ReentrantLock();

    private final Condition stopping = this.lock.newCondition();

    /** null -> starting -> ready -> null. */
    // volatile: written with the lock held, read for statistics
    private volatile @Nullable WorkerProcess child;

    @GuardedBy("lock")
    private boolean ready;

    @GuardedBy("lock")
    private @Nullable WorkItem<?> item;

    @GuardedBy("lock")
    private ItemPhase phase = ItemPhase.NONE;

    /** The thread that encodes the item. */
    @GuardedBy("lock")
    private @Nullable Thread claimer;

    @GuardedBy("lock")
    private long lastId;

    /** The item that the child was asked to stop, and so may send a stack of. */
    @GuardedBy("lock")
    private long stackWanted;

    @GuardedBy("lock")
    private boolean stopped;

    /** A process has been started; from now on it can be killed. */
    void starting(WorkerProcess process) {
        boolean late;
        this.lock.lock();
        try {
            this.child = process;
            late = this.stopped;
        }
        finally {
            this.lock.unlock();
        }
        if (late) {
            process.doom();
            process.kill();
        }
    }

    void ready() {
        this.lock.lock();
        try {
            this.ready = true;
        }
        finally {
            this.lock.unlock();
        }
    }

    /** There is no child any more. */
    void clear() {
        WorkItem<?> unused = lose();
    }

    /** There is no child any more. Returns the item that it was sent, if any. */
    @Nullable WorkItem<?> lose() {
        this.lock.lock();
        try {
            WorkItem<?> lost = (this.phase == ItemPhase.SENT) ? this.item : null;
            this.child = null;
            this.ready = false;
            enter(ItemPhase.NONE, null);
            return lost;
        }
        finally {
            this.lock.unlock();
        }
    }

    @GuardedBy("lock")
    private void enter(ItemPhase next, @Nullable WorkItem<?> nextItem) {
        this.phase = next;
        this.item = nextItem;
        this.claimer = (next == ItemPhase.CLAIMED) ? Thread.currentThread() : null;
    }

    @GuardedBy("lock")
    private boolean isIn(ItemPhase expected, WorkItem<?> expectedItem) {
        return this.phase == expected && this.item == expectedItem;
    }

    /**
     * Claims an item for the child.
     * @param wanted whether the item is still the worker's: the caller may come late
     * @return the child, or {@code null} if another thread has the claim, or there is no
     * child that could take an item
     */
    @Nullable WorkerProcess claim(WorkItem<?> wantedItem, BooleanSupplier wanted) {
        this.lock.lock();
        try {
            boolean free = this.ready && this.phase == ItemPhase.NONE && wanted.getAsBoolean();
            if (!free || this.child == null || this.child.isDoomed()) {
                return null;
            }
            enter(ItemPhase.CLAIMED, wantedItem);
            return this.child;
        }
        finally {
            this.lock.unlock();
        }
    }

    /**
     * Sends a claimed item. Does nothing if the child has died since it was claimed: then
     * the worker's thread claims it for the next one.
     * @param begin marks the item as running, or says that it must not run
     * @return {@code false} if it must not run
     * @throws IOException if the child is dead, which the worker's thread is about to see
     */
    boolean send(WorkItem<?> claimed, Parcel payload, WorkerProcess process, BooleanSupplier begin) throws IOException {
        this.lock.lock();
        try {
            if (this.child != process || !isIn(ItemPhase.CLAIMED, claimed) || process.isDoomed()) {
                return true;
            }
            if (!begin.getAsBoolean()) {
                return false;
            }
            enter(ItemPhase.SENT, claimed);
            this.lastId++;
            process.send(
                    new Frame(Frame.Kind.ABOUT, this.lastId, new About(claimed.name(), claimed.remaining()).toBytes()),
                    new Frame(Frame.Kind.TASK, this.lastId, payload));
            return true;
        }
        finally {
            this.lock.unlock();
        }
    }

    /**
     * Gives up a claim.
     * @param end takes the item from the worker, so that nobody claims it again
     * @return {@code false} if the child has died since, and the claim with it
     */
    boolean release(WorkItem<?> claimed, WorkerProcess process, Runnable end) {
        this.lock.lock();
        try {
            if (this.child != process || !isIn(ItemPhase.CLAIMED, claimed)) {
                return false;
            }
            end.run();
            enter(ItemPhase.NONE, null);
            return true;
        }
        finally {
            this.lock.unlock();
        }
    }

    /**
     * Takes a claim from a submitter whose task will not run; it may take for ever to
     * encode it.
     * @param worker the worker's own thread, which would have to be given up itself
     * @param end takes the item from the worker, so that nobody claims it again
     * @return whether it was taken
     */
    boolean withdraw(WorkItem<?> unwanted, Thread worker, Runnable end) {
        this.lock.lock();
        try {
            if (!isIn(ItemPhase.CLAIMED, unwanted) || this.claimer == worker) {
                return false;
            }
            end.run();
            enter(ItemPhase.NONE, null);
            if (this.child != null) {
                this.child.wakeUp();
            }
            return true;
        }
        finally {
            this.lock.unlock();
        }
    }

    /**
     * Returns the item that the given frame is about, or {@code null} if it comes too
     * late to be of interest. From an outcome on, the item is being decoded.
     */
    @Nullable WorkItem<?> answered(Frame frame) throws ProtocolException {
        this.lock.lock();
        try {
            boolean outcome = frame.kind().isOutcome();
            boolean remark = frame.kind().isRemark();
            boolean current = this.phase == ItemPhase.SENT && frame.id() == this.lastId;
            if (remark && !current && frame.id() >= 0 && frame.id() <= this.lastId) {
                return null;
            }
            boolean unasked = frame.kind() == Frame.Kind.STACK && frame.id() != this.stackWanted;
            if (!current || unasked || !(outcome || remark)) {
                throw new ProtocolException(
                        "it broke the protocol: unexpected frame from a child: " + frame.kind() + " " + frame.id());
            }
            WorkItem<?> about = this.item;
            if (outcome) {
                enter(ItemPhase.DECODED, about);
            }
            else if (frame.kind() == Frame.Kind.STACK) {
                this.stackWanted = 0;
            }
            return about;
        }
        finally {
            this.lock.unlock();
        }
    }

    /** Whether the child has the given item. */
    boolean isSent(WorkItem<?> sent) {
        this.lock.lock();
        try {
            return isIn(ItemPhase.SENT, sent);
        }
        finally {
            this.lock.unlock();
        }
    }

    /** Whether the child has an item, or has answered one. */
    boolean isAtWork() {
        this.lock.lock();
        try {
            return this.phase == ItemPhase.SENT || this.phase == ItemPhase.DECODED;
        }
        finally {
            this.lock.unlock();
        }
    }

    /** The answer has been decoded. */
    void decoded() {
        this.lock.lock();
        try {
            enter(ItemPhase.NONE, null);
        }
        finally {
            this.lock.unlock();
        }
    }

    /** Asks the child to stop the given item if it is running there. */
    void requestStop(WorkItem<?> unwanted) {
        WorkerProcess running;
        long id;
        this.lock.lock();
        try {
            id = this.lastId;
            running = isIn(ItemPhase.SENT, unwanted) ? this.child : null;
            this.stackWanted = (running != null) ? id : this.stackWanted;
        }
        finally {
            this.lock.unlock();
        }
        if (running != null) {
            running.requestStop(id);
        }
    }

    /**
     * Kills the child if the given item is running in it.
     * @return the child if so
     */
    @Nullable WorkerProcess stop(WorkItem<?> unwanted) {
        WorkerProcess condemned = null;
        this.lock.lock();
        try {
            if (isIn(ItemPhase.SENT, unwanted) && this.child != null) {
                // from now on it gets no other item, so that the kill cannot hit one
                this.child.doom();
                condemned = this.child;
            }
        }
        finally {
            this.lock.unlock();
        }
        if (condemned != null) {
            condemned.kill();
        }
        return condemned;
    }

    /**
     * Returns whether the worker's thread is in the hands of somebody else's code, which
     * encodes or decodes the given item.
     */
    boolean isHeldUp(WorkItem<?> unwanted, Thread worker) {
        this.lock.lock();
        try {
            return isIn(ItemPhase.DECODED, unwanted) || (isIn(ItemPhase.CLAIMED, unwanted) && this.claimer == worker);
        }
        finally {
            this.lock.unlock();
        }
    }

    /** Ends the child, and any that is started later. */
    void end(boolean force) {
        WorkerProcess condemned;
        this.lock.lock();
        try {
            this.stopped = true;
            this.stopping.signalAll();
            condemned = this.child;
            if (condemned != null) {
                condemned.doom();
            }
        }
        finally {
            this.lock.unlock();
        }
        // that takes time, and who waits for this lock may hold that of the pool
        if (condemned != null) {
            condemned.end(force);
        }
    }

    boolean isStopped() {
        this.lock.lock();
        try {
            return this.stopped;
        }
        finally {
            this.lock.unlock();
        }
    }

    /** Waits until somebody wakes the worker at most; returns whether that was no end. */
    @SuppressWarnings("WaitNotInLoop") // no harm
    boolean pause(long millis) {
        this.lock.lock();
        try {
            boolean unused = this.stopped || this.stopping.await(millis, TimeUnit.MILLISECONDS);
            return !this.stopped;
        }
        catch (InterruptedException ex) {
            return true;
        }
        finally {
            this.lock.unlock();
        }
    }

    void wakeUp() {
        this.lock.lock();
        try {
            this.stopping.signalAll();
            if (this.child != null) {
                this.child.wakeUp();
            }
        }
        finally {
            this.lock.unlock();
        }
    }

    /** Without the lock: whoever asks may have that of the pool. */
    @Nullable WorkerProcess child() {
        return this.child;
    }

}
