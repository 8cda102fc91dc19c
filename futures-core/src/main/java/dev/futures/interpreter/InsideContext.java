// SPDX-License-Identifier: Apache-2.0

package dev.futures.interpreter;

import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.futures.TaskContext;
import dev.futures.TaskProgress;
import org.jspecify.annotations.Nullable;

/**
 * The context of a task inside an interpreter, where this library's own types are others:
 * only types of the JDK cross. The outer one is taken apart there and put together again
 * here.
 */
public final class InsideContext extends TaskContext {

    private final Map<String, Object> parts;

    private InsideContext(Map<String, Object> parts) {
        this.parts = parts;
    }

    /** Called outside: takes apart the context of the task that this thread runs. */
    static Map<String, Object> parts() {
        TaskContext outer = current();
        Consumer<Object[]> progress = (report) -> outer
            .progress(new TaskProgress((Double) report[0], (String) report[1]));
        BooleanSupplier cancelled = outer::isCancelled;
        Supplier<@Nullable Duration> remaining = outer::remaining;
        return Map.of("name", outer.taskName(), "progress", progress, "cancelled", cancelled, "remaining", remaining);
    }

    /**
     * Called inside, by reflection: from now on tasks of the calling thread have the
     * context whose parts these are.
     * @param parts the parts, or {@code null} to have none any more
     */
    public static void enter(@Nullable Map<String, Object> parts) {
        TaskContext context = (parts != null) ? new InsideContext(parts) : null;
        Supplier<? extends @Nullable TaskContext> unused = install((context != null) ? () -> context : null);
    }

    @Override
    public String taskName() {
        return (String) part("name");
    }

    @Override
    public boolean isCancelled() {
        return ((BooleanSupplier) part("cancelled")).getAsBoolean();
    }

    @Override
    public @Nullable Duration remaining() {
        return (Duration) ((Supplier<?>) part("remaining")).get();
    }

    @Override
    @SuppressWarnings("unchecked")
    public void progress(TaskProgress progress) {
        ((Consumer<Object[]>) part("progress")).accept(new Object[] { progress.fraction(), progress.text() });
    }

    private Object part(String name) {
        Object part = this.parts.get(name);
        if (part == null) {
            throw new IllegalStateException("the context has no " + name);
        }
        return part;
    }

}
