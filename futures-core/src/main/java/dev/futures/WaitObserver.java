// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.util.Collection;

/**
 * Told by a thread that it is about to wait for futures, so that an executor can see that
 * its own thread would wait for ever. For executors; see {@link Promise}.
 */
@FunctionalInterface
public interface WaitObserver {

    /**
     * Called by the thread that is about to wait. The futures may be done by now.
     * @param futures what it waits for; not to be read any more once it has stopped
     * waiting
     * @param all whether it needs all of them rather than any one
     * @return what the thread calls when it has stopped waiting
     * @throws DeadlockException if the wait could never end
     */
    Runnable beforeWaiting(Collection<? extends Future<?>> futures, boolean all);

}
