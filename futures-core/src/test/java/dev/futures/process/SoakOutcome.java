// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.util.concurrent.CancellationException;
import java.util.function.Predicate;

import dev.futures.Future;
import dev.futures.TaskTimeoutException;
import dev.futures.support.Await;

/**
 * What one task of a soak should come to, and what it came to.
 */
abstract class SoakOutcome {

    static final String VALUE = "right value";

    static final String OWN_FAILURE = "own exception";

    static final String CANCELLED = "cancelled";

    static final String TIMED_OUT = "timed out";

    static final String LOST = "lost with their process";

    static final String INTERRUPTED = "waits that were interrupted";

    private final Future<?> future;

    SoakOutcome(Future<?> future) {
        this.future = future;
    }

    /** A value that is right. */
    static <T> SoakOutcome value(Future<T> future, Predicate<T> right) {
        return new SoakOutcome(future) {
            @Override
            String judge(Throwable thrown) throws Exception {
                return (thrown == null && right.test(future.result())) ? VALUE : null;
            }
        };
    }

    /** An exception that is right. */
    static SoakOutcome failure(Future<?> future, String name, Predicate<Throwable> right) {
        return new SoakOutcome(future) {
            @Override
            String judge(Throwable thrown) {
                return (thrown != null && right.test(thrown)) ? name : null;
            }
        };
    }

    static SoakOutcome timeout(Future<?> future) {
        return failure(future, TIMED_OUT, TaskTimeoutException.class::isInstance);
    }

    static SoakOutcome cancelled(Future<?> future) {
        return failure(future, CANCELLED, CancellationException.class::isInstance);
    }

    /** The loss of its process, which is its own doing. */
    static SoakOutcome death(Future<?> future) {
        return failure(future, "killed their process", WorkerDiedException.class::isInstance);
    }

    /** The name of this end of the task, or null if it is a wrong one. */
    abstract String judge(Throwable thrown) throws Exception;

    /** For what has to be done before the end can come. */
    void provoke() {
    }

    /** The future, or null if there is no single one. */
    Future<?> future() {
        return this.future;
    }

    /**
     * Waits for the end.
     * @param mortal whether processes are killed
     * @return what the end is called
     */
    String settle(boolean mortal, SoakLedger ledger) throws Exception {
        provoke();
        Throwable thrown = awaitEnd(ledger);
        String name = judge(thrown);
        if (name == null && mortal && thrown instanceof BrokenProcessPoolException) {
            return LOST;
        }
        if (name == null) {
            throw new AssertionError("wrong end of a task: " + thrown, thrown);
        }
        return name;
    }

    Throwable awaitEnd(SoakLedger ledger) throws Exception {
        while (true) {
            try {
                return this.future.exception(Await.PATIENCE.multipliedBy(2));
            }
            catch (CancellationException ex) {
                return ex;
            }
            catch (InterruptedException ex) {
                ledger.count(INTERRUPTED);
            }
        }
    }

}
