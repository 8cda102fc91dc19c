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

    private final transient @Nullable TaskAction next;

    /**
     * Creates an initializer.
     * @param settings asked for each worker that is started
     * @param next what the application wants to be run after that, or {@code null}
     */
    public WorkerInitializer(Supplier<WorkerSettings> settings, @Nullable TaskAction next) {
        this.settings = settings;
        this.next = next;
    }

    /**
     * Called only where it was made, by a pool that runs its tasks inline: the context is
     * that of the application.
     */
    @Override
    public void run() throws Exception {
        if (this.next != null) {
            this.next.run();
        }
    }

    private WorkerSettings settings() {
        return (this.settings != null) ? this.settings.get() : WorkerSettings.NONE;
    }

    private TaskAction travelling() {
        return (this.next != null) ? new Sequence(settings(), this.next) : settings();
    }

    private Object writeReplace() {
        return travelling();
    }

    private record Sequence(WorkerSettings settings, TaskAction next) implements TaskAction {

        @Override
        public void run() throws Exception {
            this.settings.run();
            this.next.run();
        }

    }

}
