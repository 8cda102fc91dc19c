// SPDX-License-Identifier: Apache-2.0

package dev.futures.sample;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests of the web API with well-behaved and ill-behaved clients. */
@InspectorTest
class DocumentApiTests {

    private static final TestDocument LETTER = TestDocument.sample("letter.pdf");

    private final InspectorClient client;

    DocumentApiTests(@LocalServerPort int port) {
        this.client = new InspectorClient(port);
    }

    @BeforeEach
    void removeAllDocuments() {
        this.client.clear();
    }

    @Test
    void everyDocumentOfAnUploadEndsAsItShould() {
        List<String> ids = this.client.upload(LETTER, TestDocument.text("note.pdf", "not a PDF"),
                TestDocument.text("empty.pdf", ""), TestDocument.sample("damaged-download.pdf"),
                TestDocument.sample("password-protected.pdf"));
        JsonNode letter = this.client.awaitEnd(ids.get(0));
        assertThat(letter.get("state").asString()).isEqualTo("DONE");
        assertThat(letter.get("pages").asInt()).isEqualTo(1);
        assertThat(letter.get("pagesDone").asInt()).isEqualTo(1);
        assertThat(letter.get("title").asString()).isEqualTo("A letter about harbour maps");
        assertThat(letter.get("sha256").asString()).matches("[0-9a-f]{64}");
        assertThat(letter.get("size").asInt()).isEqualTo(LETTER.content().length);
        assertThat(letter.get("timeLimit").asString()).isEqualTo("PT1M");
        assertThat(letter.get("error").isNull()).isTrue();
        assertThat(errorOf(ids.get(1))).isEqualTo("the file is not a PDF document");
        assertThat(errorOf(ids.get(2))).isEqualTo("the file is empty");
        assertThat(errorOf(ids.get(3))).startsWith("the document is damaged and cannot be read");
        assertThat(errorOf(ids.get(4))).isEqualTo("the document is protected by a password");
    }

    private String errorOf(String id) {
        JsonNode document = this.client.awaitEnd(id);
        assertThat(document.get("state").asString()).isEqualTo("FAILED");
        return document.get("error").asString();
    }

    @Test
    void timesAreInOrder() {
        JsonNode letter = this.client.awaitEnd(this.client.upload(LETTER).get(0));
        assertThat(List.of(letter.get("submittedAt").asString(), letter.get("startedAt").asString(),
                letter.get("finishedAt").asString()))
            .allMatch((time) -> time.endsWith("Z"))
            .isSorted();
    }

    @Test
    void pagesCanBeLookedAt() {
        String path = "api/documents/" + this.client.upload(LETTER).get(0) + "/pages/";
        this.client.awaitEnd(path.split("/")[2]);
        InspectorClient.Answer thumbnail = this.client.get(path + "1/thumbnail").expect(200);
        assertThat(thumbnail.header("Content-Type")).isEqualTo("image/png");
        assertThat(thumbnail.response().body()).startsWith(0x89, 'P', 'N', 'G');
        InspectorClient.Answer text = this.client.get(path + "1/text").expect(200);
        assertThat(text.header("Content-Type")).isEqualTo("text/plain;charset=UTF-8");
        assertThat(text.text()).contains("harbour maps");
        assertThat(this.client.get(path + "2/thumbnail").problem(404)).isNotEmpty();
        assertThat(this.client.get(path + "2/text").problem(404)).isNotEmpty();
    }

    @Test
    void threeHundredPagesAreRead() {
        JsonNode document = this.client.awaitEnd(this.client.upload(TestDocument.pages("long.pdf", 300)).get(0));
        assertThat(document.get("state").asString()).isEqualTo("DONE");
        assertThat(document.get("pages").asInt()).isEqualTo(300);
        assertThat(document.get("pagesDone").asInt()).isEqualTo(300);
        this.client.get("api/documents/" + document.get("id").asString() + "/pages/300/thumbnail").expect(200);
    }

    @Test
    void twentyDocumentsAtATimeAreRead() {
        List<TestDocument> twenty = IntStream.rangeClosed(1, 20).mapToObj((i) -> LETTER.as(i + ".pdf")).toList();
        List<String> ids = InspectorClient.ids(this.client.tryToUpload(twenty).expect(202).json());
        assertThat(ids).hasSize(20).doesNotHaveDuplicates();
        assertThat(ids)
            .allSatisfy((id) -> assertThat(this.client.awaitEnd(id).get("state").asString()).isEqualTo("DONE"));
        List<String> newestFirst = new ArrayList<>();
        this.client.documents().forEach((document) -> newestFirst.add(document.get("name").asString()));
        assertThat(newestFirst).hasSize(20).startsWith("20.pdf", "19.pdf").endsWith("2.pdf", "1.pdf");
    }

    @Test
    void samplesComeFromAHandlerThatReturnsAFuture() {
        JsonNode accepted = this.client.post("api/samples").expect(202).json();
        List<String> states = InspectorClient.ids(accepted)
            .stream()
            .map((id) -> this.client.awaitEnd(id).get("state").asString())
            .toList();
        assertThat(states).containsExactly("DONE", "DONE", "DONE", "DONE", "FAILED", "FAILED");
    }

    @Test
    void cancellingARunningDocumentStopsItsTask() {
        String id = this.client.upload(TestDocument.pages("long.pdf", 300)).get(0);
        this.client.awaitMiddle(id);
        assertThat(this.client.delete("api/documents/" + id).problem(409)).contains("cancel");
        JsonNode cancelled = this.client.post("api/documents/" + id + "/cancel").expect(200).json();
        assertThat(cancelled.get("state").asString()).isEqualTo("CANCELLED");
        assertThat(cancelled.get("finishedAt").isNull()).isFalse();
        // it has stopped when it was told to, or its process was killed
        Waiting.until("no process works on it", this.client::inspectionPool,
                (now) -> now.get("workers")
                    .findValues("task")
                    .stream()
                    .noneMatch((task) -> task.path("name").asString("").equals("inspect long.pdf")));
        assertThat(this.client.document(id).get("pagesDone").asInt()).isBetween(1, 299);
        this.client.get("api/documents/" + id + "/pages/1/thumbnail").expect(200);
        assertThat(this.client.post("api/documents/" + id + "/cancel").problem(409)).contains("already");
    }

    @Test
    void cancellingAWaitingDocumentStopsNoProcess() {
        long restarts = this.client.restarts();
        List<String> busy = this.client.upload(TestDocument.pages("a.pdf", 300), TestDocument.pages("b.pdf", 300));
        busy.forEach(this.client::awaitMiddle);
        String id = this.client.upload(LETTER).get(0);
        this.client.post("api/documents/" + id + "/cancel").expect(200);
        JsonNode cancelled = this.client.awaitEnd(id);
        assertThat(cancelled.get("state").asString()).isEqualTo("CANCELLED");
        assertThat(cancelled.get("startedAt").isNull()).isTrue();
        busy.forEach((each) -> assertThat(this.client.awaitEnd(each).get("state").asString()).isEqualTo("DONE"));
        assertThat(this.client.restarts()).isEqualTo(restarts);
    }

    @Test
    void aRemovedDocumentIsGone() {
        String path = "api/documents/" + this.client.upload(LETTER).get(0);
        this.client.awaitEnd(path.split("/")[2]);
        this.client.delete(path).expect(204);
        for (String gone : List.of(path, path + "/pages/1/thumbnail", path + "/pages/1/text")) {
            assertThat(this.client.get(gone).problem(404)).isNotEmpty();
        }
        this.client.delete(path).problem(404);
        this.client.post(path + "/cancel").problem(404);
        assertThat(this.client.documents()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({ "'../../../etc/passwd', passwd", "'C:\\temp\\report.pdf', report.pdf", "'..', '..'", "'/', unnamed",
            "'<img src=x onerror=alert(1)>.pdf', '<img src=x onerror=alert(1)>.pdf'",
            "'\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67 r\u00e9sum\u00e9.pdf', '\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67 r\u00e9sum\u00e9.pdf'",
            "'#{T(java.lang.Runtime).getRuntime().halt(1)}.pdf', '#{T(java.lang.Runtime).getRuntime().halt(1)}.pdf'" })
    void fileNamesAreMereLabels(String fileName, String label) {
        JsonNode document = this.client.awaitEnd(this.client.upload(LETTER.as(fileName)).get(0));
        assertThat(document.get("name").asString()).isEqualTo(label);
        assertThat(document.get("state").asString()).isEqualTo("DONE");
    }

    @Test
    void aVeryLongFileNameIsCut() {
        JsonNode document = this.client.awaitEnd(this.client.upload(LETTER.as("x".repeat(296) + ".pdf")).get(0));
        assertThat(document.get("name").asString()).isEqualTo("x".repeat(255));
        assertThat(document.get("state").asString()).isEqualTo("DONE");
    }

    @Test
    void aFileThatIsTooLargeIsRefused() {
        TestDocument large = new TestDocument("large.pdf", new byte[(50 << 20) + 1]);
        assertThat(this.client.tryToUpload(List.of(large)).problem(413)).contains("50 MB");
        assertThat(this.client.documents()).isEmpty();
    }

    @Test
    void uploadsWithoutAFileAreRefused() {
        assertThat(this.client.tryToUpload(List.of()).problem(400)).isNotEmpty();
        assertThat(this.client.tryToUpload(List.of(TestDocument.text("", ""))).problem(400)).contains("file");
        byte[] otherField = InspectorClient.multipart("other", List.of(LETTER));
        String type = "multipart/form-data; boundary=a-boundary-of-the-test";
        assertThat(this.client.post("api/documents", type, otherField).problem(400)).contains("file");
        byte[] noFile = "--b\r\nContent-Disposition: form-data; name=\"files\"\r\n\r\nhello\r\n--b--\r\n"
            .getBytes(StandardCharsets.UTF_8);
        this.client.post("api/documents", "multipart/form-data; boundary=b", noFile).problem(400);
        this.client.post("api/documents").problem(400);
    }

    @ParameterizedTest
    @ValueSource(strings = { "multipart/form-data", "multipart/form-data; boundary=x", "multipart/form-data; boundary=",
            "application/json", "text/plain", "application/x-www-form-urlencoded" })
    void malformedUploadsAreRefused(String contentType) {
        assertThat(this.client.post("api/documents", contentType, new byte[] { 'x', '-', '-', 0 }).problem(400))
            .isNotEmpty();
    }

    @Test
    void tooManyFilesInOneUploadAreRefused() {
        List<TestDocument> many = IntStream.range(0, 300).mapToObj((i) -> TestDocument.text(i + ".pdf", "x")).toList();
        this.client.tryToUpload(many).problem(413);
        assertThat(this.client.documents()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({ "api/documents/unknown, 404", "api/documents/unknown/pages/1/text, 404",
            "api/documents/x/pages/0/text, 400", "api/documents/x/pages/-1/thumbnail, 400",
            "api/documents/x/pages/one/thumbnail, 400", "api/documents/x/pages/99999999999/text, 400",
            "api/documents/..%2f..%2fetc/pages/1/text, 400", "api/unknown, 404", "unknown.html, 404" })
    void addressesThatLeadNowhereAreNoErrors(String path, int status) {
        InspectorClient.Answer answer = this.client.get(path).expect(status);
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo(path.contains("%2f") ? "" : "nosniff");
    }

    @Test
    void pagesOfTheSiteTellBrowsersToLoadNothingFromElsewhere() {
        for (String path : List.of("", "app.js", "app.css", "api/documents", "actuator/futures", "unknown")) {
            InspectorClient.Answer answer = this.client.get(path);
            assertThat(answer.header("Content-Security-Policy")).isEqualTo("default-src 'self'; "
                    + "img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        }
    }

    @ParameterizedTest
    @CsvSource({ "cross-site, 403", "same-site, 403", "same-origin, 404", "none, 404" })
    void otherSitesCannotMakeABrowserSendAnything(String site, int status) {
        this.client
            .send(this.client.request("api/hostile/unknown")
                .header("Sec-Fetch-Site", site)
                .POST(java.net.http.HttpRequest.BodyPublishers.noBody()))
            .expect(status);
    }

}
