// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure.web;

import dev.futures.BrokenExecutorException;
import dev.futures.ExecutorShutdownException;
import dev.futures.QueueFullException;
import dev.futures.TaskTimeoutException;
import dev.futures.process.WorkerDiedException;

/**
 * Tells what is no fault of the program: the application has more to do than it can, or
 * is about to stop, or what it works with is broken. A client may try again.
 */
final class Unavailability {

    private Unavailability() {
    }

    static boolean is(Throwable thrown) {
        return thrown instanceof QueueFullException || thrown instanceof TaskTimeoutException
                || thrown instanceof ExecutorShutdownException || isOfABrokenPool(thrown);
    }

    /** A worker that died, of the task perhaps, is something else. */
    private static boolean isOfABrokenPool(Throwable thrown) {
        return thrown instanceof BrokenExecutorException && !(thrown instanceof WorkerDiedException);
    }

}
