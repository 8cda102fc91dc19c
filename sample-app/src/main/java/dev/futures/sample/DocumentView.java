// SPDX-License-Identifier: Apache-2.0

package dev.futures.sample;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A document, or a hostile task, at one moment, as the web API shows it.
 *
 * @param id its identifier
 * @param name the name of the file, or the kind of the hostile task
 * @param kind {@code document} or {@code hostile}
 * @param size the size of the file in bytes
 * @param sha256 the fingerprint of the file, once it is stored
 * @param state its state
 * @param pages the number of pages, once it is known
 * @param pagesDone how many pages can be looked at
 * @param title the title that the document gives itself
 * @param author the author that the document names
 * @param failedPages how many pages could not be shown or read
 * @param submittedAt when it was submitted
 * @param startedAt when a worker process was first seen with it
 * @param finishedAt when it ended
 * @param timeLimit how long it may run
 * @param error why it failed, for people
 */
public record DocumentView(String id, String name, String kind, long size, @Nullable String sha256, DocumentState state,
        @Nullable Integer pages, int pagesDone, @Nullable String title, @Nullable String author, int failedPages,
        Instant submittedAt, @Nullable Instant startedAt, @Nullable Instant finishedAt, Duration timeLimit,
        @Nullable String error) {
}
