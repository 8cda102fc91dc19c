// SPDX-License-Identifier: Apache-2.0

package dev.futures.thread;

import dev.futures.Task;
import dev.futures.TaskAction;
import dev.futures.TaskInfo;
import org.jspecify.annotations.Nullable;

/**
 * The surroundings of whoever made the pool: tasks are simply called.
 */
final class DirectContext implements WorkerContext {

    private final @Nullable TaskAction initializer;

    DirectContext(@Nullable TaskAction initializer) {
        this.initializer = initializer;
    }

    @Override
    public void initialize() throws Exception {
        if (this.initializer != null) {
            this.initializer.run();
        }
    }

    @Override
    public <T extends @Nullable Object> T run(Task<T> task, TaskInfo info) throws Exception {
        return task.call();
    }

    @Override
    public void close() {
        // there is nothing to be freed
    }

}
