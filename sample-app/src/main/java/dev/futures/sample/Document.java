// SPDX-License-Identifier: Apache-2.0

package dev.futures.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

import dev.futures.Future;
import dev.futures.sample.pdf.Inspection;
import dev.futures.sample.pdf.PageFiles;
import org.jspecify.annotations.Nullable;

/**
 * A document, or a hostile task, on its way through the pools. What can be learned from
 * its futures is not kept here a second time.
 */
final class Document {

    static final String DOCUMENT = "document";

    static final String HOSTILE = "hostile";

    private final String id;

    private final String name;

    private final String kind;

    private final long size;

    private final Path directory;

    private final Duration timeLimit;

    private final Instant submittedAt = Instant.now();

    // guarded by this
    private @Nullable Future<Fingerprint> stored;

    // guarded by this
    private @Nullable Future<?> run;

    // guarded by this
    private boolean unwanted;

    // guarded by this
    private @Nullable Instant startedAt;

    // guarded by this
    private @Nullable Ending ending;

    // guarded by this
    private @Nullable DocumentView lastView;

    Document(String id, String name, String kind, long size, Path directory, Duration timeLimit) {
        this.id = id;
        this.name = name;
        this.kind = kind;
        this.size = size;
        this.directory = directory;
        this.timeLimit = timeLimit;
    }

    String id() {
        return this.id;
    }

    String name() {
        return this.name;
    }

    Path directory() {
        return this.directory;
    }

    Path file() {
        return this.directory.resolve("document.pdf");
    }

    StartMark startMark() {
        return StartMark.in(this.directory);
    }

    PageFiles pageFiles() {
        return new PageFiles(this.directory);
    }

    /** Takes note of the first stage. */
    synchronized void storing(Future<Fingerprint> future) {
        this.stored = future;
    }

    /** Takes note of the last stage. */
    void running(Future<?> future) {
        boolean unwanted;
        synchronized (this) {
            this.run = future;
            unwanted = this.unwanted;
        }
        if (unwanted) {
            future.cancel(true);
        }
    }

    /** Returns the stage that decides about this document now. */
    private synchronized @Nullable Future<?> stage() {
        return (this.run != null) ? this.run : this.stored;
    }

    /**
     * Cancels whichever stage is active: one that waits does not start, and a worker that
     * is at work is stopped.
     * @return {@code false} if this document has ended already
     */
    boolean cancel() {
        Future<?> stage;
        synchronized (this) {
            this.unwanted = !isFinished();
            stage = this.unwanted ? stage() : null;
        }
        // if the file has just been stored, the next stage is cancelled when it begins
        return stage != null && (stage.cancel(true) || stage == this.stored);
    }

    boolean isFinished() {
        return ending() != null;
    }

    boolean isWaiting() {
        DocumentState state = state();
        return state == DocumentState.STORING || state == DocumentState.WAITING;
    }

    /** Returns how this document ended, or nothing if it has not. */
    synchronized @Nullable Ending ending() {
        Future<?> stage = stage();
        if (this.ending == null && stage != null && stage.done() && (stage == this.run || !isStored(stage))) {
            this.ending = Ending.of(stage);
        }
        return this.ending;
    }

    private static boolean isStored(Future<?> stage) {
        return stage.done() && !stage.toCompletableFuture().isCompletedExceptionally();
    }

    private synchronized DocumentState state() {
        Ending end = ending();
        if (end != null) {
            return end.state();
        }
        if (this.run == null) {
            return (this.stored != null && isStored(this.stored)) ? DocumentState.WAITING : DocumentState.STORING;
        }
        return this.run.running() ? DocumentState.RUNNING : DocumentState.WAITING;
    }

    /** Shows this document as it is now. */
    synchronized DocumentView view() {
        DocumentState state = state();
        if (this.startedAt == null) {
            Instant mark = startMark().get();
            this.startedAt = (mark == null && state == DocumentState.RUNNING) ? Instant.now() : mark;
        }
        DocumentView view = this.lastView;
        if (view == null || view.finishedAt() == null) {
            view = view(state, this.ending);
            this.lastView = view;
        }
        return view;
    }

    private DocumentView view(DocumentState state, @Nullable Ending end) {
        Inspection found = (end != null) ? end.inspection() : null;
        try {
            PageFiles files = pageFiles();
            int pages = files.pageCount().orElse(0);
            return new DocumentView(this.id, this.name, this.kind, this.size, sha256(), state,
                    (pages > 0) ? Integer.valueOf(pages) : null, files.pagesDone(),
                    (found != null) ? found.title() : null, (found != null) ? found.author() : null,
                    (found != null) ? found.failedPages() : 0, this.submittedAt, this.startedAt,
                    (end != null) ? end.at() : null, this.timeLimit, (end != null) ? end.error() : null);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private @Nullable String sha256() {
        Future<Fingerprint> future = this.stored;
        return (future != null && isStored(future)) ? future.toCompletableFuture().join().sha256() : null;
    }

}
