// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import dev.futures.TaskProgress;
import org.jspecify.annotations.Nullable;

/**
 * Sends what a task reports of its progress, from a thread of its own and at most ten
 * times a second, so that a task which reports often is not held up. The last report is
 * sent before the outcome.
 */
final class ProgressOutbox implements Assignment.Outbox {

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Connection connection;

    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = this.lock.newCondition();

    @GuardedBy("lock")
    private @Nullable Frame pending;

    @GuardedBy("lock")
    private boolean started;

    /** So that no report can follow the outcome. */
    private final ReentrantLock sending = new ReentrantLock();

    ProgressOutbox(Connection connection) {
        this.connection = connection;
    }

    @Override
    public void offer(Frame frame) {
        try {
            boolean unused = this.connection.trySend(frame);
        }
        catch (IOException ex) {
            // the parent is gone, which the main thread is about to see
            return;
        }
    }

    @Override
    public void progress(long id, TaskProgress progress) {
        byte[] payload = ProgressFormat.toBytes(progress);
        this.lock.lock();
        try {
            // a thread that an ended task has left behind may come late
            if (this.pending != null && this.pending.id() > id) {
                return;
            }
            this.pending = new Frame(Frame.Kind.PROGRESS, id, payload);
            if (!this.started) {
                start();
                this.started = true;
            }
            this.changed.signalAll();
        }
        finally {
            this.lock.unlock();
        }
    }

    /** The thread must not keep what belongs to the task that happens to start it. */
    private void start() {
        Thread thread = new RunnerThread(this::run, "futures-progress");
        thread.setDaemon(true);
        thread.setContextClassLoader(ProgressOutbox.class.getClassLoader());
        thread.start();
    }

    private void run() {
        boolean open = true;
        while (open) {
            awaitPending();
            open = sendPending();
            LockSupport.parkNanos(this, PAUSE.toNanos());
        }
    }

    private void awaitPending() {
        this.lock.lock();
        try {
            while (this.pending == null) {
                this.changed.awaitUninterruptibly();
            }
        }
        finally {
            this.lock.unlock();
        }
    }

    @Override
    public void flushProgress() {
        boolean unused = sendPending();
    }

    /** Returns whether there is anybody to send it to. */
    private boolean sendPending() {
        this.sending.lock();
        try {
            Frame frame = takePending();
            if (frame != null) {
                boolean unused = this.connection.send(frame);
            }
            return true;
        }
        catch (IOException ex) {
            // the parent is gone, which the main thread is about to see
            return false;
        }
        finally {
            this.sending.unlock();
        }
    }

    private @Nullable Frame takePending() {
        this.lock.lock();
        try {
            Frame frame = this.pending;
            this.pending = null;
            return frame;
        }
        finally {
            this.lock.unlock();
        }
    }

}
