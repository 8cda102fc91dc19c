// SPDX-License-Identifier: Apache-2.0

package dev.futures.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests of the page in a browser, as people use it. */
@InspectorTest
@Tag("browser")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrowserTests {

    private final InspectorClient client;

    @TempDir
    Path files;

    private Browser browser;

    BrowserTests(@LocalServerPort int port) {
        this.client = new InspectorClient(port);
    }

    @BeforeAll
    void startBrowser() throws IOException {
        this.browser = new Browser(this.client.base());
    }

    @AfterAll
    void closeBrowser() throws IOException {
        this.browser.close();
    }

    @BeforeEach
    void openEmptyPage() {
        this.client.clear();
        this.browser.open();
    }

    @AfterEach
    void nothingWentWrongInTheBrowser() {
        this.browser.expectNoErrorsAndNoForeignRequests();
    }

    @Test
    void samplesShowWhatThePageIsFor() {
        assertThat(this.browser.text("drop-zone")).contains("See inside PDF files");
        this.browser.screenshot("empty");
        this.browser.button("samples-button").click();
        this.browser.awaitDocument("almanac-40-pages.pdf", "RUNNING");
        this.browser.screenshot("working");
        for (String name : List.of("letter.pdf", "annual-report.pdf", "almanac-40-pages.pdf", "membership-form.pdf")) {
            WebElement document = this.browser.awaitDocument(name, "DONE");
            assertThat(this.browser.find(document, "thumbnail")).isNotEmpty();
        }
        assertThat(errorOf("damaged-download.pdf")).startsWith("the document is damaged");
        assertThat(errorOf("password-protected.pdf")).isEqualTo("the document is protected by a password");
        this.browser.awaitLoadedImages();
        this.browser.screenshot("samples");
        this.browser.inDarkMode(() -> this.browser.screenshot("samples-dark"));
        this.browser.onPhone(() -> this.browser.screenshot("samples-phone"));
    }

    private String errorOf(String name) {
        WebElement document = this.browser.awaitDocument(name, "FAILED");
        return this.browser.find(document, "document-error").get(0).getText();
    }

    @Test
    void filesCanBeChosen() throws IOException {
        Path letter = Files.write(this.files.resolve("<b>my letter.pdf"), TestDocument.sample("letter.pdf").content());
        Path note = Files.writeString(this.files.resolve("note.txt"), "no PDF");
        this.browser.input("file-input").sendKeys(letter + "\n" + note);
        this.browser.awaitDocument("<b>my letter.pdf", "DONE");
        assertThat(errorOf("note.txt")).isEqualTo("the file is not a PDF document");
    }

    @Test
    void aPageIsReadWithTheKeyboard() {
        this.client.upload(TestDocument.sample("annual-report.pdf"));
        WebElement document = this.browser.awaitDocument("annual-report.pdf", "DONE");
        this.browser.find(document, "thumbnail").get(0).sendKeys(Keys.ENTER);
        Waiting.until("the text is shown", () -> this.browser.text("page-text"),
                (text) -> text.contains("Annual report"));
        this.browser.awaitLoadedImages();
        this.browser.screenshot("dialog");
        this.browser.onPhone(() -> this.browser.screenshot("dialog-phone"));
        String first = this.browser.text("page-text");
        this.browser.press(Keys.ARROW_RIGHT);
        Waiting.until("the next page is shown", () -> this.browser.text("page-text"), (text) -> !text.equals(first));
        this.browser.press(Keys.ESCAPE);
        Waiting.until("the dialog is closed", () -> this.browser.isVisible("page-dialog"), (visible) -> !visible);
        assertThat(this.browser.focused().getDomAttribute("data-page")).isEqualTo("2");
    }

    @Test
    void aLongDocumentIsCancelledAndRemoved() {
        String id = this.client.upload(TestDocument.pages("endless.pdf", 400)).get(0);
        this.client.awaitMiddle(id);
        WebElement document = this.browser.awaitDocument("endless.pdf", "RUNNING");
        this.browser.find(document, "cancel-button").get(0).click();
        this.browser.awaitDocument("endless.pdf", "CANCELLED");
        assertThat(this.browser.find(document, "thumbnail")).isNotEmpty();
        this.browser.awaitLoadedImages();
        this.browser.screenshot("cancelled");
        this.browser.find(document, "remove-button").get(0).click();
        Waiting.until("it is gone", this.browser::documents, List::isEmpty);
    }

    @ParameterizedTest
    @CsvSource({ "endless-loop, Endless loop, time limit", "out-of-memory, Out of memory, out of memory",
            "halt, Halt the JVM, exited with status 42", "kill, Kill the process, SIGKILL" })
    void aHostileTaskIsSeenToHarmOnlyItself(String kind, String name, String message) {
        this.client.awaitEnd(this.client.upload(TestDocument.sample("letter.pdf")).get(0));
        Waiting.until("a worker is shown", this.browser::workerPids, (pids) -> !pids.isEmpty());
        long restarts = this.browser.restarts();
        assertThat(restarts).isEqualTo(this.client.restarts());
        List<String> before = this.browser.workerPids();
        this.browser.button("hostile-" + kind).click();
        this.client.upload(TestDocument.sample("almanac-40-pages.pdf"));
        assertThat(this.browser.find(this.browser.awaitDocument(name, "FAILED"), "document-error").get(0).getText())
            .contains(message);
        Waiting.until("one more restart is shown", this.browser::restarts, (now) -> now == restarts + 1);
        this.browser.screenshot("hostile-" + kind);
        Waiting.until("a new process is shown", this.browser::workerPids,
                (now) -> !now.contains("") && !before.containsAll(now));
        this.browser.awaitDocument("almanac-40-pages.pdf", "DONE");
        this.browser.awaitLoadedImages();
        this.browser.screenshot("hostile-" + kind + "-after");
    }

}
