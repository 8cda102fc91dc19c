// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the inputs of a map whose tasks have ended and tells a listener. Nobody waits
 * for the listener: a thread that comes while another one is calling it leaves its number
 * to that one.
 */
final class MapProgress {

    private static final Logger logger = System.getLogger("dev.futures");

    private final ProgressListener listener;

    private final String name;

    private final AtomicLong done = new AtomicLong();

    /** How many additions the caller of the listener has to look at; 0: there is none. */
    private final AtomicInteger unseen = new AtomicInteger();

    /** Touched only by the thread that calls the listener. */
    private long told;

    MapProgress(ProgressListener listener, String name) {
        this.listener = listener;
        this.name = name;
    }

    void watch(Future<?> task, int inputs) {
        task.addDoneCallback((ended) -> {
            if (!ended.cancelled()) {
                add(inputs);
            }
        });
    }

    void add(int inputs) {
        this.done.addAndGet(inputs);
        // somebody may add just as the last call returns: then there is one more call
        if (this.unseen.getAndIncrement() == 0) {
            int seen = 1;
            while (seen != 0) {
                tell(this.done.get());
                seen = this.unseen.addAndGet(-seen);
            }
        }
    }

    private void tell(long now) {
        if (now == this.told) {
            return;
        }
        this.told = now;
        try {
            this.listener.progressed(now);
        }
        catch (Throwable ex) {
            logger.log(Level.ERROR, "exception calling the progress listener of map '" + this.name + "' with " + now,
                    ex);
        }
    }

}
