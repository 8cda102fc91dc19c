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

    /**
     * By how much pauses grow once processes of the pool have been ready: then the reason
     * is likely to be one of the machine that passes, such as a lack of memory or
     * processes, so that five failures span a quarter of a minute at least.
     */
    private static final int GROWTH = 5;

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    private final int limit;

    /** Processes that were lost in a row without having done anything. */
    private final Losses losses = new Losses();

    /** How many of them in a row did not even get ready. */
    private int count;

    /** Whether a process of the pool had been ready when the last one failed. */
    private boolean proven;

    FailedStarts(ProcessSettings settings) {
        this.limit = settings.isStrict() ? 1 : settings.restartLimit();
    }

    /** A process was lost that was ready and had nothing to do. */
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
        if (lost == 0) {
            return null;
        }
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(lost - 1, MAX_DOUBLINGS));
        Duration longer = longerPause();
        return (longer.compareTo(pause) > 0) ? longer : pause;
    }

    private Duration longerPause() {
        if (!this.proven || this.count == 0) {
            return Duration.ZERO;
        }
        Duration pause = FIRST_PAUSE;
        for (int i = 1; i < this.count && pause.compareTo(LONGEST_PAUSE) < 0; i++) {
            pause = pause.multipliedBy(GROWTH);
        }
        return (pause.compareTo(LONGEST_PAUSE) < 0) ? pause : LONGEST_PAUSE;
    }

    /** Returns how many more processes may fail in a row before the pool is broken. */
    int left() {
        return this.limit - this.count;
    }

    /**
     * Takes note of a process that did not get ready.
     * @param proven whether one of the pool ever did, so that it is worth waiting
     * @return why the pool is to be broken, or {@code null} if it is worth trying again
     */
    @Nullable String add(Throwable failure, boolean proven) {
        this.count++;
        this.proven = proven;
        this.losses.add();
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
