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

    private final Supplier<@Nullable Map<String, String>> source;

    /** The span of the task; this element is made for it alone. */
    private TraceCarrier.@Nullable Joined joined;

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
        return this::end;
    }

    private void end() {
        TraceCarrier.Joined ending = this.joined;
        if (ending != null) {
            ending.end();
        }
    }

    @Override
    public void set(@Nullable Map<String, String> value) {
        TraceCarrier present = carrier;
        if (present != null && value != null) {
            this.joined = present.join(value, "task " + TaskContext.current().taskName());
        }
    }

    @Override
    public void failed(Throwable failure) {
        TraceCarrier.Joined failing = this.joined;
        if (failing != null) {
            failing.failed(failure);
        }
    }

}
