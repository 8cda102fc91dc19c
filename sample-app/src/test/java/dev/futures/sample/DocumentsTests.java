// SPDX-License-Identifier: Apache-2.0

package dev.futures.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import dev.futures.Futures;
import dev.futures.Promise;
import dev.futures.QueueFullException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Tests of {@link Documents} and of the states of a {@link Document}. */
class DocumentsTests {

    @TempDir
    Path parent;

    private WorkDirectory files;

    private Documents documents;

    @BeforeEach
    void openDirectory() throws IOException {
        InspectorProperties properties = new InspectorProperties(this.parent, 3, Duration.ofSeconds(1));
        this.files = new WorkDirectory(properties);
        this.documents = new Documents(properties, this.files);
    }

    @Test
    void theOldestFinishedDocumentMakesRoomWithItsFiles() throws IOException {
        Document unfinished = add("unfinished");
        Document oldest = add("oldest");
        Document newer = add("newer");
        oldest.running(Futures.completed("done"));
        newer.running(Futures.completed("done"));
        Document newest = add("newest");
        assertThat(this.documents.newestFirst()).containsExactly(newest, newer, unfinished);
        assertThat(oldest.directory()).doesNotExist();
        assertThat(newer.directory()).exists();
    }

    @Test
    void unfinishedDocumentsAreKeptBeyondTheLimit() throws IOException {
        for (int i = 0; i < 5; i++) {
            add("document " + i);
        }
        assertThat(this.documents.newestFirst()).hasSize(5);
    }

    @Test
    void whenTooManyWaitNoneIsAccepted() throws IOException {
        add("first");
        List<Document> ten = IntStream.range(0, 10).mapToObj((i) -> document("document " + i)).toList();
        assertThatExceptionOfType(QueueFullException.class).isThrownBy(() -> this.documents.add(ten, 10))
            .withMessageContaining("1 are waiting");
        assertThat(this.documents.newestFirst()).hasSize(1);
        this.documents.add(ten, 11);
    }

    @Test
    void theStateFollowsTheFutures() throws IOException {
        Document document = add("document");
        assertThat(document.view().state()).isEqualTo(DocumentState.STORING);
        Promise<Fingerprint> stored = new Promise<>();
        document.storing(stored);
        assertThat(document.view().state()).isEqualTo(DocumentState.STORING);
        stored.setResult(new Fingerprint("abc"));
        assertThat(document.view().state()).isEqualTo(DocumentState.WAITING);
        assertThat(document.view().sha256()).isEqualTo("abc");
        Promise<String> run = new Promise<>();
        document.running(run);
        assertThat(document.view().state()).isEqualTo(DocumentState.WAITING);
        run.setException(new IOException("the disk is full"));
        assertThat(document.view().state()).isEqualTo(DocumentState.FAILED);
        assertThat(document.view().error()).isEqualTo("java.io.IOException: the disk is full");
        assertThat(document.cancel()).isFalse();
    }

    @Test
    void whatIsCancelledBetweenTwoStagesDoesNotStart() throws IOException {
        Document document = add("document");
        document.storing(Futures.completed(new Fingerprint("abc")));
        assertThat(document.cancel()).isTrue();
        Promise<String> run = new Promise<>();
        document.running(run);
        assertThat(run.cancelled()).isTrue();
        assertThat(document.view().state()).isEqualTo(DocumentState.CANCELLED);
    }

    @Test
    void whatCannotBeStoredHasFailed() throws IOException {
        Document document = add("document");
        document.storing(Futures.failed(new IOException("the disk is full")));
        assertThat(document.view().state()).isEqualTo(DocumentState.FAILED);
        assertThat(document.view().sha256()).isNull();
    }

    private Document add(String id) throws IOException {
        Document document = document(id);
        Files.createDirectory(document.directory());
        this.documents.add(List.of(document), 100);
        return document;
    }

    private Document document(String id) {
        return new Document(id, id, Document.DOCUMENT, 1, this.files.documents().resolve(id), Duration.ofMinutes(1));
    }

}
