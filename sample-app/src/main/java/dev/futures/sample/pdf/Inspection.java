// SPDX-License-Identifier: Apache-2.0
package dev.futures.sample.pdf;

import java.io.Serializable;

import org.jspecify.annotations.Nullable;

/**
 * What was found in a document that could be read.
 *
 * @param pages the number of pages
 * @param title the title the document gives itself, if any
 * @param author the author the document names, if any
 * @param failedPages how many pages could not be shown or whose text could not be read
 * @param textCharacters the number of characters of text on all pages
 */
public record Inspection(int pages, @Nullable String title, @Nullable String author, int failedPages,
        long textCharacters) implements Serializable {
}
