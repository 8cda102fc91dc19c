// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import com.google.errorprone.annotations.concurrent.GuardedBy;

/**
 * Tells of the end of a process, in a thread of its own. {@link Process#onExit()} would
 * tell of it in the common pool, which the application may keep busy for as long as it
 * likes, perhaps with waiting for tasks of this very process.
 */
final class ExitWatch {

    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private final List<Runnable> actions = new ArrayList<>();

    @GuardedBy("lock")
    private boolean ended;

    private ExitWatch() {
    }

    static ExitWatch start(Process process, String threadName) {
        ExitWatch watch = new ExitWatch();
        Thread thread = new Thread(null, () -> watch.await(process), threadName, 0, false);
        thread.setDaemon(true);
        thread.start();
        return watch;
    }

    private void await(Process process) {
        while (!hasEnded(process)) {
            // somebody interrupts every thread there is, but the process goes on
            Thread.onSpinWait();
        }
        List<Runnable> due;
        this.lock.lock();
        try {
            this.ended = true;
            due = List.copyOf(this.actions);
            this.actions.clear();
        }
        finally {
            this.lock.unlock();
        }
        due.forEach(Runnable::run);
    }

    private static boolean hasEnded(Process process) {
        try {
            process.waitFor();
            return true;
        }
        catch (InterruptedException ex) {
            return false;
        }
    }

    /**
     * Has an action run once the process has ended, by the thread of this watch, or at
     * once if it has ended.
     * @param action the action, which must neither fail nor block
     */
    void onExit(Runnable action) {
        this.lock.lock();
        try {
            if (!this.ended) {
                this.actions.add(action);
                return;
            }
        }
        finally {
            this.lock.unlock();
        }
        action.run();
    }

}
