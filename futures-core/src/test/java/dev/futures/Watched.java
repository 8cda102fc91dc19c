// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.lang.reflect.Field;

/**
 * Whether anybody still waits for a future, which is nobody's business but that of tests.
 */
final class Watched {

    private Watched() {
    }

    static boolean isWatched(Promise<?> promise) {
        try {
            Field listeners = Promise.class.getDeclaredField("listeners");
            listeners.setAccessible(true);
            Object current = listeners.get(promise);
            return current != Listeners.NONE && current != Listeners.CLOSED;
        }
        catch (ReflectiveOperationException ex) {
            throw new AssertionError(ex);
        }
    }

}
