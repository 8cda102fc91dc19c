// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.observation;

import java.util.function.Supplier;

import dev.futures.ContextCapture;
import dev.futures.ContextSnapshot;
import dev.futures.PoolListener;
import dev.futures.TaskInfo;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.util.function.SingletonSupplier;

/**
 * Observes the tasks of pools. The parent of an observation is that of the thread that
 * submits the task. A task that runs in this JVM finds its observation as the current
 * one, if its pool captures context by what {@link #around(ContextCapture)} returns.
 */
public final class TaskObservations implements PoolListener {

    private static final TaskObservationConvention DEFAULT_CONVENTION = new DefaultTaskObservationConvention();

    private final SingletonSupplier<Source> source;

    /**
     * Creates a listener for any number of pools.
     * @param registry has the handlers; asked once, for the first task
     * @param convention the convention, or {@code null} for the default; asked once, for
     * the first task
     */
    public TaskObservations(Supplier<ObservationRegistry> registry,
            Supplier<@Nullable TaskObservationConvention> convention) {
        this.source = SingletonSupplier.of(() -> new Source(registry.get(), convention.get()));
    }

    @Override
    public @Nullable TaskListener taskSubmitted(String pool, TaskInfo task) {
        Source present = this.source.obtain();
        if (present.registry().isNoop()) {
            return null;
        }
        TaskObservationContext context = new TaskObservationContext(pool, task);
        // takes the parent from this thread
        return new TaskObservation(TaskObservationDocumentation.TASK.observation(present.convention(),
                DEFAULT_CONVENTION, () -> context, present.registry()), context);
    }

    /**
     * Returns a capture that makes the observation of a task the current one while the
     * task runs, on top of what another one restores.
     * @param capture the other one
     * @return the capture, for tasks that run in threads of this JVM
     */
    public ContextCapture around(ContextCapture capture) {
        return () -> new ObservedContext(capture.capture());
    }

    private record Source(ObservationRegistry registry, @Nullable TaskObservationConvention convention) {

    }

    @SuppressWarnings("serial")
    private record ObservedContext(ContextSnapshot captured) implements ContextSnapshot {

        @Override
        public Scope restore() {
            TaskObservation observation = TaskObservation.takeNext();
            Scope outer = this.captured.restore();
            return (observation != null) ? observation.within(outer) : outer;
        }

    }

}
