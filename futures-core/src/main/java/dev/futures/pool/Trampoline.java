// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;

import org.jspecify.annotations.Nullable;

/**
 * Runs actions that lead to actions of their kind in the same thread: one after the other
 * rather than one inside the other, so that no chain is too long for the stack. Safe for
 * use by multiple threads, which have nothing to do with each other here.
 */
final class Trampoline {

    private static final Logger logger = System.getLogger("dev.futures");

    @SuppressWarnings("ThreadLocalUsage") // trampolines are few and themselves static
    private final ThreadLocal<@Nullable Deque<Runnable>> waiting = new ThreadLocal<>();

    /**
     * Runs an action now, or, if this thread is running one already, after that. What it
     * throws is logged: those that follow belong to others.
     */
    void run(Runnable action) {
        Deque<Runnable> outer = this.waiting.get();
        if (outer != null) {
            outer.add(action);
            return;
        }
        Deque<Runnable> following = new ArrayDeque<>();
        this.waiting.set(following);
        try {
            for (Runnable next = action; next != null; next = following.poll()) {
                runLogging(next);
            }
        }
        finally {
            this.waiting.remove();
        }
    }

    private static void runLogging(Runnable action) {
        try {
            action.run();
        }
        catch (Throwable ex) {
            logger.log(Level.ERROR, "what follows from a pending result failed", ex);
        }
    }

}
