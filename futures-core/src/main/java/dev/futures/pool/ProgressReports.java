// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import dev.futures.TaskProgress;
import org.jspecify.annotations.Nullable;

/**
 * What a task has reported of its progress, and who wants to know. Safe for use by
 * multiple threads.
 */
final class ProgressReports {

    private static final Logger logger = System.getLogger("dev.futures");

    private final List<Consumer<? super TaskProgress>> listeners = new CopyOnWriteArrayList<>();

    // volatile: written by the thread that receives a report, read by anybody
    private volatile @Nullable TaskProgress latest;

    void addListener(Consumer<? super TaskProgress> listener) {
        this.listeners.add(Objects.requireNonNull(listener, "listener"));
    }

    void accept(TaskProgress progress) {
        this.latest = progress;
        for (Consumer<? super TaskProgress> listener : this.listeners) {
            try {
                listener.accept(progress);
            }
            catch (Throwable ex) {
                logger.log(Level.ERROR, "exception in progress listener " + listener.getClass().getName(), ex);
            }
        }
    }

    @Nullable TaskProgress latest() {
        return this.latest;
    }

}
