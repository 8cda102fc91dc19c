// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.worker;

import java.util.function.Supplier;

import dev.futures.TaskAction;
import org.jspecify.annotations.Nullable;

/**
 * The initializer of a process pool of a Spring application. What travels to a worker is
 * the settings as they are when that worker is started: by then it is known whether the
 * pool has beans to run.
 */
public final class WorkerInitializer implements TaskAction {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable Supplier<WorkerSettings> settings;

    /**
     * Creates an initializer.
     * @param settings asked for each worker that is started
     */
    public WorkerInitializer(Supplier<WorkerSettings> settings) {
        this.settings = settings;
    }

    @Override
    public void run() {
        settings().run();
    }

    private WorkerSettings settings() {
        return (this.settings != null) ? this.settings.get() : WorkerSettings.NONE;
    }

    private Object writeReplace() {
        return settings();
    }

}
