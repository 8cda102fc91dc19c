// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.observation;

import java.util.concurrent.atomic.AtomicReference;

import dev.futures.ContextSnapshot;
import dev.futures.Outcome;
import dev.futures.PoolListener;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/**
 * The observation of one task. It ends with the future, which may be before the task has
 * noticed.
 */
final class TaskObservation implements PoolListener.TaskListener {

    /** What the thread has started and is about to run. */
    private static final ThreadLocal<@Nullable TaskObservation> runsNext = new ThreadLocal<>();

    private final Observation observation;

    private final TaskObservationContext context;

    /** New, then started, then ended; or ended at once. */
    private final AtomicReference<State> state = new AtomicReference<>(State.NEW);

    TaskObservation(Observation observation, TaskObservationContext context) {
        this.observation = observation;
        this.context = context;
    }

    /** Returns the observation of the task that the calling thread is about to run. */
    static @Nullable TaskObservation takeNext() {
        TaskObservation next = runsNext.get();
        runsNext.remove();
        return next;
    }

    @Override
    public void started(String runner, @Nullable Long pid) {
        this.context.started(runner, pid);
        this.observation.start();
        // ended() may have won since the task was taken, and leaves the rest to this
        // thread
        if (!this.state.compareAndSet(State.NEW, State.STARTED)) {
            stop();
        }
        else if (pid == null) {
            runsNext.set(this);
        }
    }

    @Override
    public void ended(Outcome outcome, @Nullable Throwable failure) {
        this.context.ended(outcome, failure);
        if (this.state.getAndSet(State.ENDED) == State.STARTED) {
            stop();
        }
        // a caller that runs the task itself need not have taken it
        if (runsNext.get() == this) {
            runsNext.remove();
        }
    }

    private void stop() {
        Throwable failure = this.context.getFailure();
        if (failure != null) {
            this.observation.error(failure);
        }
        this.observation.stop();
    }

    /** Makes the observation the current one of the calling thread. */
    ContextSnapshot.Scope within(ContextSnapshot.Scope outer) {
        Observation.Scope inner;
        try {
            inner = this.observation.openScope();
        }
        catch (Throwable ex) {
            outer.close();
            throw ex;
        }
        return new ContextSnapshot.Scope() {

            @Override
            public void failed(Throwable failure) {
                outer.failed(failure);
            }

            @Override
            public void close() {
                try (outer) {
                    inner.close();
                }
            }

        };
    }

    private enum State {

        NEW, STARTED, ENDED

    }

}
