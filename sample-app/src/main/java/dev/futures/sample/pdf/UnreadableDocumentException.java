// SPDX-License-Identifier: Apache-2.0
package dev.futures.sample.pdf;

import java.io.Serial;

/**
 * A document that cannot be read, with a message for the person who submitted it.
 * <p>
 * It has no cause on purpose: it travels from one JVM to another, and a cause might be of
 * a class that the receiver refuses to load.
 */
public class UnreadableDocumentException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     * @param message what is wrong with the document, in plain words
     */
    public UnreadableDocumentException(String message) {
        super(message);
    }

}
