// SPDX-License-Identifier: Apache-2.0

package dev.futures.sample;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import dev.futures.Future;
import jakarta.validation.constraints.Positive;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;

/**
 * The web API. Nothing here waits: a document is accepted, and what became of it is asked
 * for later.
 */
@RestController
@RequestMapping("/api")
class DocumentController {

    private static final MediaType TEXT = new MediaType("text", "plain", StandardCharsets.UTF_8);

    /** A page that is done does not change. */
    private static final CacheControl CACHE = CacheControl.maxAge(Duration.ofHours(1)).cachePrivate();

    private final Documents documents;

    private final DocumentReception reception;

    private final SampleIntake samples;

    DocumentController(Documents documents, DocumentReception reception, SampleIntake samples) {
        this.documents = documents;
        this.reception = reception;
        this.samples = samples;
    }

    @PostMapping("/documents")
    @ResponseStatus(HttpStatus.ACCEPTED)
    List<DocumentView> upload(@RequestPart("files") List<MultipartFile> files) throws IOException {
        List<Upload> uploads = files.stream().filter(DocumentController::isChosen).map(Upload::of).toList();
        if (uploads.isEmpty()) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "Choose at least one file.");
        }
        return this.reception.receive(uploads).stream().map(Document::view).toList();
    }

    /** A browser sends an empty part without a name if no file was chosen. */
    private static boolean isChosen(MultipartFile file) {
        String name = file.getOriginalFilename();
        return !file.isEmpty() || (name != null && !name.isEmpty());
    }

    /** Spring MVC answers when the future is done, and holds no thread until then. */
    @PostMapping("/samples")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Future<List<DocumentView>> submitSamples() {
        return this.samples.submitSamples();
    }

    @PostMapping("/hostile/{kind}")
    @ResponseStatus(HttpStatus.ACCEPTED)
    DocumentView submitHostileTask(@PathVariable String kind) throws IOException {
        HostileKind known = HostileKind.of(kind)
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no such hostile task."));
        return this.reception.receive(known).view();
    }

    @GetMapping("/documents")
    List<DocumentView> documents() {
        return this.documents.newestFirst().stream().map(Document::view).toList();
    }

    @GetMapping("/documents/{id}")
    DocumentView document(@PathVariable String id) {
        return find(id).view();
    }

    @PostMapping("/documents/{id}/cancel")
    DocumentView cancel(@PathVariable String id) {
        Document document = find(id);
        if (!document.cancel()) {
            throw new ResponseStatusException(HttpStatus.CONFLICT, "It has already ended.");
        }
        return document.view();
    }

    @DeleteMapping("/documents/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable String id) {
        Document document = find(id);
        if (!document.isFinished()) {
            throw new ResponseStatusException(HttpStatus.CONFLICT, "It has not ended yet; cancel it first.");
        }
        this.documents.remove(document);
    }

    @GetMapping("/documents/{id}/pages/{page}/thumbnail")
    ResponseEntity<byte[]> thumbnail(@PathVariable String id, @PathVariable @Positive int page) throws IOException {
        return file(find(id).pageFiles().thumbnail(page), MediaType.IMAGE_PNG);
    }

    @GetMapping("/documents/{id}/pages/{page}/text")
    ResponseEntity<byte[]> text(@PathVariable String id, @PathVariable @Positive int page) throws IOException {
        return file(find(id).pageFiles().text(page), TEXT);
    }

    private static ResponseEntity<byte[]> file(Path file, MediaType type) throws IOException {
        try {
            return ResponseEntity.ok().contentType(type).cacheControl(CACHE).body(Files.readAllBytes(file));
        }
        catch (NoSuchFileException ex) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND, "This page is not there, or not yet.", ex);
        }
    }

    private Document find(String id) {
        Document document = this.documents.find(id);
        if (document == null) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no such document, or no longer.");
        }
        return document;
    }

}
