// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.util.concurrent.ThreadFactory;

import org.jspecify.annotations.Nullable;

/**
 * The place of one worker in its pool.
 */
public final class Seat {

    private final Dispatcher dispatcher;

    private final String name;

    private final @Nullable ClassLoader contextClassLoader;

    Seat(Dispatcher dispatcher, String name, @Nullable ClassLoader contextClassLoader) {
        this.dispatcher = dispatcher;
        this.name = name;
        this.contextClassLoader = contextClassLoader;
    }

    /** Returns a new thread for whoever takes this seat. */
    Thread thread(ThreadFactory threads, Runnable action) {
        Thread thread = threads.newThread(action);
        thread.setName(this.name);
        thread.setContextClassLoader(this.contextClassLoader);
        return thread;
    }

    static Thread platformThread(Runnable action) {
        // what the submitter has in inheritable thread-locals is none of the worker's
        // business
        Thread thread = new Thread(null, action, "", 0, false);
        thread.setDaemon(false);
        return thread;
    }

    Dispatcher dispatcher() {
        return this.dispatcher;
    }

    String name() {
        return this.name;
    }

}
