// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

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

    @Nullable ClassLoader contextClassLoader() {
        return this.contextClassLoader;
    }

    Dispatcher dispatcher() {
        return this.dispatcher;
    }

    String name() {
        return this.name;
    }

}
