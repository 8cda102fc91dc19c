// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.IOException;

/**
 * The other side said something that it must not say.
 */
final class ProtocolException extends IOException {

    private static final long serialVersionUID = 1L;

    ProtocolException(String message) {
        super(message);
    }

}
