// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.util.concurrent.locks.ReentrantLock;

import com.google.errorprone.annotations.concurrent.GuardedBy;

/**
 * A thread of a child that can be interrupted only while it runs code of a task, if it
 * does that at all. Otherwise it uses the channel or the life line, and an interrupt
 * there, from a task that interrupts every thread it finds, would close them and so end
 * the child.
 */
final class RunnerThread extends Thread {

    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private boolean interruptible;

    RunnerThread(Runnable action, String name) {
        super(null, action, name, 0, false);
    }

    /** What the calling thread does from now on may be interrupted. */
    static void allowInterrupts() {
        set(true);
    }

    /** What the calling thread does from now on may not be interrupted, and is not. */
    static void preventInterrupts() {
        set(false);
        Thread.interrupted();
    }

    private static void set(boolean interruptible) {
        if (Thread.currentThread() instanceof RunnerThread thread) {
            thread.lock.lock();
            try {
                thread.interruptible = interruptible;
            }
            finally {
                thread.lock.unlock();
            }
        }
    }

    @Override
    public void interrupt() {
        this.lock.lock();
        try {
            // a task that has just ended is not to leave an interrupt behind
            if (this.interruptible) {
                super.interrupt();
            }
        }
        finally {
            this.lock.unlock();
        }
    }

}
