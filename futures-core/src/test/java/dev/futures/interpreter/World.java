// SPDX-License-Identifier: Apache-2.0

package dev.futures.interpreter;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A class with state, of which each interpreter has its own; and how often it was
 * initialised in all of them together, which the JVM has once.
 */
final class World {

    private static final String INITIALIZED = "dev.futures.test.worlds";

    static final AtomicInteger COUNT = new AtomicInteger();

    static volatile String name = "unnamed";

    /** What a task leaves for later ones. */
    static final AtomicReference<Object> KEPT = new AtomicReference<>();

    static {
        System.getProperties().compute(INITIALIZED, (key, value) -> String.valueOf(1 + number(value)));
    }

    private World() {
    }

    private static int number(Object value) {
        return (value != null) ? Integer.parseInt((String) value) : 0;
    }

    static int initialized() {
        return number(System.getProperty(INITIALIZED));
    }

    /** Whether the caller's classes are those of the application. */
    static boolean isOutside() {
        return World.class.getClassLoader() == ClassLoader.getSystemClassLoader();
    }

}
