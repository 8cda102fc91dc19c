// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.ref.Cleaner;

import org.jspecify.annotations.Nullable;

/**
 * Logs the failure of an item if that is garbage before anybody has looked at it.
 */
final class FailureWatch implements Runnable {

    private static final Logger logger = System.getLogger("dev.futures");

    private static final Cleaner cleaner = Cleaner.create();

    private final String task;

    private final String pool;

    // volatile: written by the thread that completes the item
    private volatile @Nullable Throwable failure;

    // volatile: written by whoever looks at the item
    private volatile boolean observed;

    private FailureWatch(String task, String pool) {
        this.task = task;
        this.pool = pool;
    }

    static FailureWatch of(WorkItem<?> item) {
        FailureWatch watch = new FailureWatch(item.name(), item.owner().name());
        cleaner.register(item, watch);
        return watch;
    }

    void failed(Throwable thrown) {
        this.failure = thrown;
    }

    void observed() {
        this.observed = true;
        this.failure = null;
    }

    /** The item is garbage. */
    @Override
    public void run() {
        Throwable unseen = this.failure;
        if (unseen != null && !this.observed) {
            logger.log(Level.WARNING,
                    "task '" + this.task + "' of pool '" + this.pool + "' failed and nobody looked at its future",
                    unseen);
        }
    }

}
