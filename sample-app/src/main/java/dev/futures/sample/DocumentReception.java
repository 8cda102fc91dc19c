// SPDX-License-Identifier: Apache-2.0

package dev.futures.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import dev.futures.Executor;
import dev.futures.Future;
import dev.futures.QueueFullException;
import dev.futures.process.WorkerDiedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;

/**
 * Sends documents on their way: stored by a thread, then inspected by a process. No
 * thread waits for anything in between.
 */
@Service
final class DocumentReception {

    private static final Logger logger = LoggerFactory.getLogger(DocumentReception.class);

    private final Documents documents;

    private final WorkDirectory files;

    private final DocumentIntake intake;

    private final DocumentInspector inspector;

    private final HostileTasks hostileTasks;

    private final Duration timeLimit;

    private final Duration hostileTimeLimit;

    private final int maxWaiting;

    DocumentReception(Documents documents, WorkDirectory files, DocumentIntake intake, DocumentInspector inspector,
            HostileTasks hostileTasks, InspectorProperties properties, @Qualifier("inspection") Executor inspection,
            @Value("${futures.process-pools.inspection.time-limit}") Duration timeLimit) {
        this.documents = documents;
        this.files = files;
        this.intake = intake;
        this.inspector = inspector;
        this.hostileTasks = hostileTasks;
        this.timeLimit = timeLimit;
        this.hostileTimeLimit = properties.hostileTimeLimit();
        this.maxWaiting = inspection.statistics().queueCapacity();
    }

    /**
     * Accepts uploads: all of them, or none. When this method returns they are where they
     * stay, whatever becomes of the request.
     * @throws QueueFullException if too many documents are waiting
     */
    List<Document> receive(List<Upload> uploads) throws IOException {
        List<Document> accepted = uploads.stream()
            .map((upload) -> document(upload.name(), Document.DOCUMENT, upload.size(), this.timeLimit))
            .toList();
        this.documents.add(accepted, this.maxWaiting);
        List<Path> saved = save(uploads, accepted);
        for (int i = 0; i < saved.size(); i++) {
            store(accepted.get(i), saved.get(i));
        }
        return accepted;
    }

    private Document document(String name, String kind, long size, Duration limit) {
        String id = UUID.randomUUID().toString();
        return new Document(id, name, kind, size, this.files.documents().resolve(id), limit);
    }

    private List<Path> save(List<Upload> uploads, List<Document> accepted) throws IOException {
        List<Path> saved = new ArrayList<>();
        try {
            for (int i = 0; i < accepted.size(); i++) {
                Path file = Files.createDirectory(accepted.get(i).directory()).resolve("upload");
                uploads.get(i).content().writeTo(file.toFile());
                saved.add(file);
            }
            return saved;
        }
        catch (IOException | RuntimeException ex) {
            accepted.forEach(this.documents::remove);
            throw ex;
        }
    }

    private void store(Document document, Path upload) {
        Future<Fingerprint> stored = this.intake.store(document.name(), upload, document.file());
        document.storing(stored);
        stored.addDoneCallback((done) -> afterStoring(document));
    }

    private void afterStoring(Document document) {
        if (document.isFinished()) {
            logEnd(document);
            return;
        }
        Future<?> inspection = this.inspector.inspect(document.name(), document.file().toFile(),
                document.directory().toFile(), document.startMark());
        document.running(inspection);
        inspection.addDoneCallback((done) -> logEnd(document));
    }

    /**
     * Submits a hostile task, which shows up among the documents.
     * @throws QueueFullException if too many documents are waiting
     */
    Document receive(HostileKind kind) throws IOException {
        Duration limit = (kind == HostileKind.ENDLESS_LOOP) ? this.hostileTimeLimit : this.timeLimit;
        Document document = document(kind.id(), Document.HOSTILE, 0, limit);
        this.documents.add(List.of(document), this.maxWaiting);
        Files.createDirectory(document.directory());
        Future<?> run = kind.submit(this.hostileTasks, document.startMark());
        document.running(run);
        run.addDoneCallback((done) -> logEnd(document));
        return document;
    }

    private static void logEnd(Document document) {
        Ending ending = document.ending();
        if (ending != null) {
            String state = ending.state().name().toLowerCase(Locale.ROOT);
            // the death of a worker is in the log already
            String reason = (ending.failure() instanceof WorkerDiedException) ? "its worker died" : ending.error();
            logger.info("'{}' {}{}", document.name(), state, (reason != null) ? ": " + reason : "");
        }
    }

}
