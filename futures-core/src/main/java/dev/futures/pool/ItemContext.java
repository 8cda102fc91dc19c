// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.time.Duration;
import java.util.function.Supplier;

import dev.futures.TaskContext;
import dev.futures.TaskProgress;
import org.jspecify.annotations.Nullable;

/**
 * The context of a task that runs in this JVM.
 */
final class ItemContext extends TaskContext {

    private final WorkItem<?> item;

    private ItemContext(WorkItem<?> item) {
        this.item = item;
    }

    /** For the whole life of a worker's thread; made only when a task asks. */
    static void installFor(Worker worker) {
        install(() -> {
            // callbacks of one item must not find the context of the next
            WorkItem<?> item = worker.desk().isConcluding() ? null : worker.assigned();
            return (item != null) ? new ItemContext(item) : null;
        });
    }

    /** For one task; returns what to restore after it. */
    static @Nullable Supplier<? extends @Nullable TaskContext> installFor(WorkItem<?> item) {
        ItemContext context = new ItemContext(item);
        return install(() -> context);
    }

    static void restore(@Nullable Supplier<? extends @Nullable TaskContext> before) {
        Supplier<? extends @Nullable TaskContext> unused = install(before);
    }

    @Override
    public String taskName() {
        return this.item.name();
    }

    @Override
    public boolean isCancelled() {
        return this.item.isDecided();
    }

    @Override
    public @Nullable Duration remaining() {
        return this.item.remaining();
    }

    @Override
    public void progress(TaskProgress progress) {
        this.item.report(progress);
    }

}
