// SPDX-License-Identifier: Apache-2.0

package dev.futures.sample;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests of the console of pools in a browser, as people use it. */
@Tag("browser")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleBrowserTests {

    private static final String HOSTILE = "<img src=x onerror=\"document.title='broken into'\"> & 'more'";

    private ConsoleStub stub;

    private Browser browser;

    private Map<String, Object> documents;

    @BeforeAll
    void start() throws IOException {
        this.stub = new ConsoleStub();
        this.browser = new Browser(this.stub.base());
    }

    @AfterAll
    void stop() throws IOException {
        this.browser.close();
        this.stub.close();
    }

    @BeforeEach
    void addPool() {
        this.stub.reset();
        this.documents = this.stub.addPool("documents");
        ConsoleStub.list(this.documents, "workers").add(ConsoleStub.worker("documents_0", 17, "render", 30));
        ConsoleStub.list(this.documents, "waiting").add(ConsoleStub.waiting(18, "convert"));
    }

    @AfterEach
    void nothingWentWrongInTheBrowser() {
        this.browser.expectNoErrorsAndNoForeignRequests();
    }

    private void openOverview() {
        this.browser.openPage("actuator/futuresconsole");
        awaitText(".cards", "documents");
    }

    private void openPool() {
        // a page that differs only after the # would not be loaded anew
        this.browser.openPage("actuator/futuresconsole?" + System.nanoTime() + "#pool=documents");
        awaitText("#details-title", "documents");
    }

    private String text(String selector) {
        return this.browser.text(this.browser.select(selector));
    }

    private void awaitText(String selector, String part) {
        Waiting.until(selector + " says " + part, () -> text(selector), (text) -> text.contains(part));
    }

    private void press(String field) {
        this.browser.select("[data-field=" + field + "]:not([hidden])").get(0).click();
    }

    private String nextChange() throws InterruptedException {
        return this.stub.changes.poll(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void allPoolsAreShownWithTheirStatesAndCharts() {
        Map<String, Object> mail = this.stub.addPool("mail");
        mail.put("kind", "thread");
        mail.put("state", "broken");
        mail.put("brokenBy", "a worker process could not be started");
        openOverview();
        awaitText(".cards", "a worker process could not be started");
        assertThat(text(".cards")).contains("documents", "running", "process pool", "1 of 4", "mail", "broken");
        awaitText("[data-field=summary]", "2 pools · 1 broken");
        Waiting.until("charts are drawn", () -> this.browser.select(".spark canvas"), (all) -> all.size() == 6);
        String label = this.browser.select(".spark > div").get(0).getDomAttribute("aria-label");
        assertThat(label).startsWith("Queue depth of documents over the last 5 minutes: now 3");
        this.browser.screenshot("console");
        this.browser.onPhone(360, () -> this.browser.screenshot("console-phone"));
    }

    @Test
    void aPoolIsShownWithAllThatIsKnownOfIt() {
        ConsoleStub.list(this.documents, "running").add(ConsoleStub.running(16, "convert in the caller"));
        openPool();
        assertThat(this.browser.select(".chart canvas")).hasSize(3);
        assertThat(text(".workers tbody")).contains("documents_0", "pid 4711", "busy", "render", "30% · page 30",
                "7 of 100", "77 MB", "heap 12 MB of 64 MB", "1 h 0 min");
        assertThat(text("[data-field=waiting]")).contains("18", "convert");
        assertThat(text("[data-field=runningPart]")).contains("Running without a worker", "16",
                "convert in the caller");
        assertThat(text(".counts")).containsPattern(Pattern.compile("Succeeded\\s+7")).contains("Rejected");
        this.browser.select(".configuration summary").get(0).click();
        awaitText("[data-field=configuration]", "max-workers");
        assertThat(text("[data-field=configuration]")).contains("256 MB", "-Xss1m\n-ea");
        this.browser.screenshot("console-pool");
        this.browser.inDarkMode(() -> this.browser.screenshot("console-pool-dark"));
        this.browser.onPhone(360, () -> this.browser.screenshot("console-pool-phone"));
    }

    @Test
    void progressMovesInPlace() {
        openPool();
        WebElement progress = this.browser.select("progress").get(0);
        assertThat(progress.getDomProperty("value")).isEqualTo("0.3");
        assertThat(progress.getDomAttribute("aria-label")).isEqualTo("Progress of render");
        ConsoleStub.list(this.documents, "workers").set(0, ConsoleStub.worker("documents_0", 17, "render", 60));
        awaitText(".workers tbody", "60% · page 60");
        assertThat(progress.getDomProperty("value")).isEqualTo("0.6");
    }

    @Test
    void aCrashAppearsAmongTheFailuresAndWhatHasBeenOpenedStaysOpen() {
        ConsoleStub.list(this.documents, "failures").add(ConsoleStub.failure(12, "merge", "it is torn"));
        openPool();
        awaitText(".failures", "BrokenExecutorException: it is torn");
        WebElement first = this.browser.select(".failures summary").get(0);
        first.sendKeys(Keys.ENTER);
        awaitText(".failures pre", "at somewhere");
        ConsoleStub.list(this.documents, "failures")
            .add(0, ConsoleStub.failure(17, "render", "worker process 4711 exited with status 137 (SIGKILL)"));
        awaitText(".failures", "exited with status 137");
        assertThat(this.browser.select(".failures details[open]")).hasSize(1);
        assertThat(text(".failures details[open]")).contains("it is torn", "at somewhere");
        assertThat(this.browser.focused()).isEqualTo(first);
        assertThat(text(".failures")).containsSubsequence("exited with status 137", "it is torn");
        this.browser.screenshot("console-failures");
    }

    @Test
    void anythingMayBeMissingFromProgress() {
        Map<String, Object> task = Map.of("id", 1, "name", "render", "progress", Map.of("message", "fonts"));
        Map<String, Object> worker = ConsoleStub.worker("documents_0", 17, "render", 30);
        worker.put("task", task);
        ConsoleStub.list(this.documents, "workers").set(0, worker);
        openPool();
        awaitText("[data-field=progressText]", "fonts");
        assertThat(text("[data-field=progressText]")).isEqualTo("fonts");
        assertThat(this.browser.select("progress").get(0).isDisplayed()).isFalse();
    }

    @Test
    void aPoolWithoutWorkersSaysWhenThereAreGoingToBeSome() {
        ConsoleStub.list(this.documents, "workers").clear();
        openPool();
        awaitText("[data-field=noWorkers]", "they are started when there are tasks");
        this.documents.put("workerCounts", Map.of("live", 2, "busy", 0, "idle", 0, "maximum", 4));
        awaitText("[data-field=workerSummary]", "2 of at most 4 · 0 busy · 0 idle · 2 starting");
        this.documents.put("state", "paused");
        awaitText("[data-field=noWorkers]", "when the pool is resumed");
    }

    @Test
    void aRejectedTaskHasNoNumberAndAnExceptionNeedsNoMessage() {
        ConsoleStub.list(this.documents, "failures").add(ConsoleStub.rejection("convert"));
        openPool();
        awaitText(".failures", "convert");
        assertThat(text("[data-field=message]")).isEqualTo("QueueFullException");
        this.browser.select(".failures summary").get(0).sendKeys(Keys.ENTER);
        awaitText(".failures pre", "at somewhere");
        assertThat(text("[data-field=where]")).isEqualTo("dev.futures.QueueFullException");
    }

    @Test
    void messagesOfAnyLengthLeaveThePageReadable() {
        String message = "what is wrong with it\n".repeat(400);
        this.documents.put("state", "broken");
        this.documents.put("brokenBy", message);
        ConsoleStub.list(this.documents, "failures").add(ConsoleStub.failure(17, "render", message));
        openPool();
        awaitText(".failures", "what is wrong with it");
        for (String field : List.of("brokenBy", "failures")) {
            WebElement element = this.browser.select("[data-field=details] [data-field=" + field + "]").get(0);
            assertThat(element.getSize().getHeight()).as(field).isLessThan(300);
        }
        this.browser.screenshot("console-long-messages");
    }

    @Test
    void aPoolIsResized() throws Exception {
        openPool();
        WebElement input = this.browser.select("[data-field=resize]").get(0);
        assertThat(input.getDomProperty("value")).isEqualTo("4");
        input.sendKeys(Keys.chord(Keys.CONTROL, "a"), "8", Keys.ENTER);
        assertThat(nextChange()).isEqualTo("POST documents {\"maxWorkers\":8}");
        awaitText("[role=status]", "documents may have 8 workers now.");
        this.stub.statusOfChanges = 400;
        input.sendKeys(Keys.chord(Keys.CONTROL, "a"), "99", Keys.ENTER);
        assertThat(nextChange()).isEqualTo("POST documents {\"maxWorkers\":99}");
        awaitText("[role=status]",
                "Could not resize documents. The application refused it: 'maxWorkers' is too large.");
        this.browser.forgetErrors("status of 400");
    }

    @Test
    void aPoolIsPausedResumedAndHealed() throws Exception {
        openPool();
        press("pause");
        assertThat(nextChange()).isEqualTo("POST documents {\"action\":\"pause\"}");
        awaitText("[role=status]", "documents is paused");
        this.documents.put("state", "paused");
        awaitText(".operations", "Resume");
        press("resume");
        assertThat(nextChange()).isEqualTo("POST documents {\"action\":\"resume\"}");
        this.documents.put("state", "broken");
        awaitText(".operations", "Heal");
        press("heal");
        assertThat(nextChange()).isEqualTo("POST documents {\"action\":\"heal\"}");
    }

    @Test
    void tasksAreCancelledAndWorkersRecycledOnlyWhenConfirmed() throws Exception {
        openPool();
        WebElement cancel = this.browser.select(".workers [data-field=cancel]").get(0);
        cancel.click();
        awaitText("dialog", "render (17) is stopped for good");
        this.browser.press(Keys.ESCAPE);
        Waiting.until("the dialog is closed", () -> this.browser.select("dialog[open]"), List::isEmpty);
        assertThat(this.browser.focused()).isEqualTo(cancel);
        cancel.click();
        press("dialogConfirm");
        assertThat(nextChange()).isEqualTo("DELETE documents 17");
        awaitText("[role=status]", "render (17) is cancelled.");
        this.stub.statusOfChanges = 404;
        this.browser.select("[data-field=waiting] [data-field=cancel]").get(0).click();
        press("dialogConfirm");
        assertThat(nextChange()).isEqualTo("DELETE documents 18");
        awaitText("[role=status]", "convert (18) had already ended.");
        this.browser.forgetErrors("status of 404");
        this.stub.statusOfChanges = 204;
        this.browser.select(".workers [data-field=recycle]").get(0).click();
        press("dialogConfirm");
        assertThat(nextChange()).isEqualTo("POST documents {\"action\":\"recycle\",\"worker\":\"documents_0\"}");
        this.browser.select(".operations [data-field=recycle]").get(0).click();
        press("dialogConfirm");
        assertThat(nextChange()).isEqualTo("POST documents {\"action\":\"recycle\"}");
    }

    @Test
    void theTokenAgainstForgedRequestsIsSentAlong() throws Exception {
        openPool();
        this.browser.run("document.cookie = 'XSRF-TOKEN=a%20token'");
        press("pause");
        assertThat(nextChange()).startsWith("POST documents");
        assertThat(this.stub.token).isEqualTo("a token");
        this.browser.run("document.cookie = 'XSRF-TOKEN=; max-age=0'");
    }

    @Test
    void nothingIsAskedWhileNobodyLooks() {
        openPool();
        this.browser.run("""
                const fetched = window.fetch;
                window.asked = 0;
                window.fetch = (...all) => {
                    window.asked++;
                    return fetched(...all);
                };""");
        Waiting.until("it asks", () -> this.browser.run("return window.asked"), (asked) -> (Long) asked > 0);
        look(false);
        this.browser.run("window.asked = 0; return new Promise((resolve) => setTimeout(resolve, 5000))");
        assertThat(this.browser.run("return window.asked")).isEqualTo(0L);
        look(true);
        Waiting.until("it asks again", () -> this.browser.run("return window.asked"), (asked) -> (Long) asked > 0);
    }

    private void look(boolean looking) {
        this.browser.run("Object.defineProperty(document, 'hidden', { configurable: true, value: " + !looking
                + " }); document.dispatchEvent(new Event('visibilitychange'))");
    }

    @Test
    void nothingIsOfferedToThoseWhoMayOnlyRead() {
        this.documents.put("operations", false);
        openPool();
        awaitText("[data-field=readOnly]", "management.endpoint.futures.access=unrestricted");
        assertThat(this.browser.select("#main button")).isNotEmpty().noneMatch(WebElement::isDisplayed);
        assertThat(this.browser.select("[data-field=resize]").get(0).isDisplayed()).isFalse();
    }

    @Test
    void whatTheApplicationSaysIsShownAsText() {
        Map<String, Object> pool = this.stub.addPool(HOSTILE);
        pool.put("brokenBy", HOSTILE);
        pool.put("configuration", Map.of(HOSTILE, HOSTILE));
        ConsoleStub.list(pool, "workers").add(ConsoleStub.worker(HOSTILE, 1, HOSTILE, 1));
        ConsoleStub.list(pool, "waiting").add(ConsoleStub.waiting(2, HOSTILE));
        ConsoleStub.list(pool, "failures").add(ConsoleStub.failure(3, HOSTILE, HOSTILE));
        openOverview();
        this.browser.select(".cards a")
            .stream()
            .filter((each) -> each.getText().equals(HOSTILE))
            .findAny()
            .get()
            .click();
        for (String place : List.of("#details-title", ".workers tbody", "[data-field=waiting]", ".failures",
                "#main [data-field=brokenBy]")) {
            awaitText(place, HOSTILE);
        }
        this.browser.select(".workers [data-field=cancel]").get(0).click();
        awaitText("dialog", HOSTILE);
        assertThat(this.browser.select("img")).isEmpty();
        assertThat(this.browser.title()).startsWith(HOSTILE);
    }

    @ParameterizedTest
    @CsvSource({ "302, Sign in to the application", "401, Sign in to the application", "403, You may not do this",
            "404, exposure.include=futures", "500, See its log" })
    void whoeverGetsNoAnswerIsToldWhatToDo(int status, String advice) {
        openPool();
        this.stub.statusOfReads = status;
        awaitText("[role=alert]", advice);
        this.stub.statusOfReads = 200;
        Waiting.until("all is well again", () -> text("[role=alert]"), String::isEmpty);
        this.browser.forgetErrors("status of " + status);
    }

    @Test
    void anApplicationThatIsGoneIsMissed() throws IOException {
        ConsoleStub other = new ConsoleStub();
        other.addPool("documents");
        try (Browser watching = new Browser(other.base())) {
            watching.openPage("actuator/futuresconsole");
            Waiting.until("the pool is shown", () -> watching.text(watching.select(".cards")),
                    (text) -> text.contains("documents"));
            other.close();
            Waiting.until("the trouble is told", () -> watching.text(watching.select("[role=alert]")),
                    (text) -> text.contains("The application cannot be reached."));
            assertThat(watching.text(watching.select(".cards"))).contains("documents");
            watching.screenshot("console-gone");
        }
        finally {
            other.close();
        }
    }

    @Test
    void aPoolThatIsGoneIsMissedToo() {
        openPool();
        this.stub.pools.clear();
        awaitText("[role=alert]", "There is no pool documents, or not any more.");
        this.browser.forgetErrors("status of 404");
    }

    @Test
    void hundredsOfPoolsAndWorkersAreNoBurden() {
        for (int i = 0; i < 300; i++) {
            this.stub.addPool("pool %03d".formatted(i));
            ConsoleStub.list(this.documents, "workers").add(ConsoleStub.worker("other_" + i, 100 + i, "render", 1));
        }
        openOverview();
        awaitText("[data-field=summary]", "301 pools");
        assertThat(this.browser.select(".cards > li")).hasSize(301);
        Waiting.until("some charts are drawn", () -> this.browser.select(".spark canvas"), (all) -> !all.isEmpty());
        assertThat(this.browser.select(".spark canvas")).hasSizeLessThan(150);
        this.browser.select("[data-field=filter]").get(0).sendKeys("pool 123");
        awaitText("[data-field=summary]", "1 of 301 pools");
        assertThat(text(".cards")).contains("pool 123").doesNotContain("pool 124");
        openPool();
        assertThat(this.browser.select(".workers tbody tr")).hasSize(301);
    }

}
