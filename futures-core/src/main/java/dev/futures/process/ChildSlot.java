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
 * encoded without the lock, and sent with the lock if the child is still the same one.
 */
final class ChildSlot {

    private final ReentrantLock lock = new ReentrantLock();

    private final Condition stopping = this.lock.newCondition();

    /** null -> starting -> ready -> null. */
    @GuardedBy("lock")
    private @Nullable WorkerProcess child;

    @GuardedBy("lock")
    private boolean ready;

    /** null -> claimed -> sent -> null. */
    @GuardedBy("lock")
    private @Nullable WorkItem<?> claimed;

    @GuardedBy("lock")
    private boolean sent;

    @GuardedBy("lock")
    private long lastId;

    @GuardedBy("lock")
    private boolean stopped;

    /** A process has been started; from now on it can be killed. */
    void starting(WorkerProcess process) {
        this.lock.lock();
        try {
            this.child = process;
            if (this.stopped) {
                process.doom();
                process.kill();
            }
        }
        finally {
            this.lock.unlock();
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

    /** There is no child any more. Returns the item that was running in it, if any. */
    @Nullable WorkItem<?> lose() {
        this.lock.lock();
        try {
            WorkItem<?> lost = this.sent ? this.claimed : null;
            this.child = null;
            this.ready = false;
            this.claimed = null;
            this.sent = false;
            return lost;
        }
        finally {
            this.lock.unlock();
        }
    }

    /**
     * Claims an item for the child.
     * @param wanted whether the item is still the worker's: the caller may come late
     * @return the child, or {@code null} if another thread has the claim, or there is no
     * child that could take an item
     */
    @Nullable WorkerProcess claim(WorkItem<?> item, BooleanSupplier wanted) {
        this.lock.lock();
        try {
            boolean free = this.ready && this.claimed == null && wanted.getAsBoolean();
            if (!free || this.child == null || this.child.isDoomed()) {
                return null;
            }
            this.claimed = item;
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
    boolean send(WorkItem<?> item, Parcel payload, WorkerProcess process, BooleanSupplier begin) throws IOException {
        this.lock.lock();
        try {
            if (this.child != process || this.claimed != item || process.isDoomed()) {
                return true;
            }
            if (!begin.getAsBoolean()) {
                return false;
            }
            this.sent = true;
            process.send(new Frame(Frame.Kind.TASK, ++this.lastId, payload));
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
    boolean release(WorkItem<?> item, WorkerProcess process, Runnable end) {
        this.lock.lock();
        try {
            if (this.child != process || this.claimed != item) {
                return false;
            }
            end.run();
            this.claimed = null;
            return true;
        }
        finally {
            this.lock.unlock();
        }
    }

    /** Returns the item that the given frame answers. */
    WorkItem<?> answered(Frame frame) throws ProtocolException {
        this.lock.lock();
        try {
            WorkItem<?> item = this.claimed;
            boolean answer = frame.kind() == Frame.Kind.RESULT || frame.kind() == Frame.Kind.FAILURE;
            if (!answer || item == null || !this.sent || frame.id() != this.lastId) {
                throw new ProtocolException(
                        "it broke the protocol: unexpected frame from a child: " + frame.kind() + " " + frame.id());
            }
            this.claimed = null;
            this.sent = false;
            return item;
        }
        finally {
            this.lock.unlock();
        }
    }

    /** Kills the child if the given item is running in it. */
    void stop(WorkItem<?> item) {
        WorkerProcess condemned = null;
        this.lock.lock();
        try {
            if (this.claimed == item && this.sent && this.child != null) {
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
    }

    /** Ends the child, and any that is started later. */
    void end(boolean force) {
        this.lock.lock();
        try {
            this.stopped = true;
            this.stopping.signalAll();
            if (this.child != null) {
                this.child.doom();
                this.child.end(force);
            }
        }
        finally {
            this.lock.unlock();
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

    /**
     * Waits, at most until somebody wakes the worker, who may be needed no more.
     * @return whether {@link #end} was not called
     */
    @SuppressWarnings("WaitNotInLoop") // waking early does no harm
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

    @Nullable Long pid() {
        this.lock.lock();
        try {
            return (this.child != null) ? this.child.pid() : null;
        }
        finally {
            this.lock.unlock();
        }
    }

}
