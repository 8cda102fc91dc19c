// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.context;

import java.util.Map;
import java.util.function.Supplier;

import dev.futures.TaskContext;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;

/**
 * The trace in a process that tasks are sent to. If its context has a tracer, a task is a
 * span there, so that what it opens itself has a parent.
 */
final class TraceElement implements ContextElement<Map<String, String>> {

    // volatile: written when the context of this process has started, read by its tasks
    private static volatile @Nullable TraceCarrier carrier;

    /** The span of the task that the thread runs. */
    private static final ThreadLocal<TraceCarrier.@Nullable Joined> current = new ThreadLocal<>();

    private final Supplier<@Nullable Map<String, String>> source;

    private Runnable end = () -> {
    };

    /**
     * Creates an element.
     * @param source what a thread has of it; in another process that is not asked
     */
    TraceElement(Supplier<@Nullable Map<String, String>> source) {
        this.source = source;
    }

    static void continueWith(ListableBeanFactory beans) {
        carrier = TraceCarrier.of(beans);
    }

    /** Takes note that the task that the calling thread runs is about to throw this. */
    static void failed(Throwable failure) {
        TraceCarrier.Joined joined = current.get();
        if (joined != null) {
            joined.failed(failure);
        }
    }

    @Override
    public Object key() {
        return "trace";
    }

    @Override
    public @Nullable Map<String, String> capture() {
        return this.source.get();
    }

    @Override
    public Runnable keep() {
        return () -> this.end.run();
    }

    @Override
    public void set(@Nullable Map<String, String> value) {
        TraceCarrier present = carrier;
        if (present != null && value != null) {
            TraceCarrier.Joined joined = present.join(value, "task " + TaskContext.current().taskName());
            current.set(joined);
            this.end = () -> {
                current.remove();
                joined.end();
            };
        }
    }

}
