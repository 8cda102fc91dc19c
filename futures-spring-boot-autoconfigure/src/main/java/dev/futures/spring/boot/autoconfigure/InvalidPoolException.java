// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import org.jspecify.annotations.Nullable;

/**
 * Thrown at start-up when a pool cannot be made as its properties say.
 */
final class InvalidPoolException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    private final String action;

    InvalidPoolException(String message, String action, @Nullable Throwable cause) {
        super(message, cause);
        this.action = action;
    }

    String action() {
        return this.action;
    }

}
