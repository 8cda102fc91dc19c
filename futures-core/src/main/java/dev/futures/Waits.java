// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.util.Collection;

/**
 * Waits without a time limit, which may turn out never to end.
 */
final class Waits {

    static final Runnable NO_WAIT = () -> {
    };

    private Waits() {
    }

    /**
     * Says that the calling thread is about to wait.
     * @param futures what it waits for
     * @param all whether it needs all of them rather than any one
     * @return what to call when it no longer waits
     * @throws DeadlockException if the wait could never end
     */
    static Runnable begin(Collection<? extends Future<?>> futures, boolean all) {
        for (Future<?> future : futures) {
            if (future instanceof Promise<?> promise && !future.done()) {
                Runnable end = promise.beforeWaiting(futures, all);
                if (end != null) {
                    return end;
                }
            }
        }
        return NO_WAIT;
    }

}
