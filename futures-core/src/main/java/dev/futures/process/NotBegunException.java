// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.IOException;

/**
 * A worker process says that it is ending and has not begun the task that it was sent.
 */
final class NotBegunException extends IOException {

    private static final long serialVersionUID = 1L;

    NotBegunException(long pid) {
        super("worker process " + pid + " is ending");
    }

}
