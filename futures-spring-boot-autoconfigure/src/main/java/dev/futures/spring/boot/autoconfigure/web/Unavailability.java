// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure.web;

import dev.futures.ExecutorShutdownException;
import dev.futures.QueueFullException;
import dev.futures.TaskTimeoutException;

/**
 * Tells what is no fault of the program: the application has more to do than it can, or
 * is about to stop. A client may try again.
 */
final class Unavailability {

    private Unavailability() {
    }

    static boolean is(Throwable thrown) {
        return thrown instanceof QueueFullException || thrown instanceof TaskTimeoutException
                || thrown instanceof ExecutorShutdownException;
    }

}
