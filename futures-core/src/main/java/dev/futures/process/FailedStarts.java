// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What a worker's lost processes have to teach: how long to pause before the next one,
 * and when to give up. For the worker's thread only.
 */
final class FailedStarts {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

    private static final int MAX_DOUBLINGS = 6;

    private final int limit;

    /** Processes that were lost in a row without having done anything. */
    private final Losses losses = new Losses();

    /** How many of them in a row did not even get ready. */
    private int count;

    FailedStarts(ProcessSettings settings) {
        this.limit = settings.isStrict() ? 1 : settings.restartLimit();
    }

    /** A process was lost that had nothing to do. */
    void lost() {
        this.losses.add();
    }

    /** A process has got ready. */
    void ready() {
        this.count = 0;
    }

    /** A process has done a task. */
    void useful() {
        this.losses.clear();
    }

    /** Returns how long to pause before the next process, or null if there is no need. */
    @Nullable Duration pause() {
        int lost = this.losses.count();
        return (lost == 0) ? null : FIRST_PAUSE.multipliedBy(1L << Math.min(lost - 1, MAX_DOUBLINGS));
    }

    /**
     * Takes note of a process that did not get ready.
     * @return why the pool is to be broken, or {@code null} if it is worth trying again
     */
    @Nullable String add(Throwable failure) {
        this.count++;
        boolean permanent = failure instanceof WorkerStartException start && start.isPermanent();
        if (!permanent && this.count < this.limit) {
            return null;
        }
        return "a worker process could not be started"
                + (permanent ? ", and trying again would not help"
                        : ", " + this.count + ((this.count == 1) ? " time" : " times") + " in a row")
                + "; the process pool is not usable anymore: " + failure.getMessage();
    }

}
