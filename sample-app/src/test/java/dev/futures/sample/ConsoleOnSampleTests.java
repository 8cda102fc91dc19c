// SPDX-License-Identifier: Apache-2.0

package dev.futures.sample;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the console of pools in a browser, with what the endpoint says of pools that
 * are really at work.
 */
@InspectorTest
@Tag("browser")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleOnSampleTests {

    private static final String WORKERS = ".workers tbody";

    private static final String WAITING = "[data-field=waiting]";

    private static final String COUNTS = ".counts";

    private static final Runnable NOTHING = () -> {
    };

    private final InspectorClient client;

    private Browser browser;

    ConsoleOnSampleTests(@LocalServerPort int port) {
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
    void openPool() {
        this.client.clear();
        // there is a worker
        inspectLetter();
        // a page that differs only after the # would not be loaded anew
        this.browser.openPage("actuator/futuresconsole?" + System.nanoTime() + "#pool=inspection");
        awaitText(COUNTS, "Submitted");
        awaitText(WORKERS, "pid");
    }

    @AfterEach
    void nothingWentWrongInTheBrowser() {
        this.browser.expectNoErrorsAndNoForeignRequests();
    }

    @AfterEach
    void leavePoolAsItWas() {
        change("{\"action\":\"resume\"}");
        change("{\"maxWorkers\":2}");
        this.client.clear();
    }

    private void change(String change) {
        this.client.post("actuator/futures/inspection", "application/json", change.getBytes(StandardCharsets.UTF_8))
            .expect(204);
    }

    private void inspectLetter() {
        String id = this.client.upload(TestDocument.sample("letter.pdf")).get(0);
        assertThat(this.client.awaitEnd(id).get("state").asString()).isEqualTo("DONE");
    }

    private String text(String selector) {
        return this.browser.text(this.browser.select(selector));
    }

    private void awaitText(String selector, String part) {
        Waiting.until(selector + " says " + part, () -> text(selector), (text) -> text.contains(part));
    }

    /**
     * Waits until a number on the page has grown: it may by more, with what ends late.
     */
    private void awaitCount(String label, long least) {
        Pattern pattern = Pattern.compile(label + "\\s+(\\d+)");
        Waiting.until(label + " is " + least, () -> pattern.matcher(text(COUNTS)),
                (matcher) -> matcher.find() && Long.parseLong(matcher.group(1)) >= least);
    }

    /** Waits until the label of a chart says that it has risen above nothing. */
    private void awaitRise(String chart, Runnable meanwhile) {
        Waiting.until(chart + " has risen", () -> {
            meanwhile.run();
            return String.valueOf(this.browser.select("[data-field=details] [data-field=" + chart + "]")
                .get(0)
                .getDomAttribute("aria-label"));
        }, (label) -> label.matches(".* highest [0-9.]*[1-9][0-9.]*"));
    }

    /** Not with the mouse: the page may grow between aiming and pressing. */
    private static void press(WebElement button) {
        button.sendKeys(Keys.ENTER);
    }

    /**
     * Waits for something to press; the page may put another one in its place meanwhile.
     */
    private void press(String selector) {
        Waiting.until(selector + " is pressed", () -> {
            try {
                List<WebElement> found = this.browser.select(selector);
                found.stream().limit(1).forEach(ConsoleOnSampleTests::press);
                return !found.isEmpty();
            }
            catch (StaleElementReferenceException ex) {
                return false;
            }
        }, Boolean::booleanValue);
    }

    private void confirm() {
        press("dialog[open] [data-field=dialogConfirm]");
    }

    /** Presses the button to cancel a task that is listed. */
    private void cancel(String rows, String task) {
        awaitText(rows, task);
        press(rows + " [data-field=cancel][aria-label*='" + task + "']");
        awaitText("dialog", task);
        confirm();
        awaitText("[role=status]", "is cancelled.");
    }

    private long count(String outcome) {
        return this.client.inspectionPool().get("tasks").get(outcome).asLong();
    }

    private List<Long> pids() {
        List<Long> pids = new ArrayList<>();
        for (JsonNode worker : this.client.inspectionPool().get("workers")) {
            // one that starts may not have any yet
            if (worker.has("pid")) {
                pids.add(worker.get("pid").asLong());
            }
        }
        return pids;
    }

    private List<Long> failures() {
        List<Long> ids = new ArrayList<>();
        this.client.inspectionPool().get("failures").forEach((failure) -> ids.add(failure.get("id").asLong()));
        return ids;
    }

    /** Has a hostile task run, and returns its failure. */
    private JsonNode fail(String kind) {
        List<Long> before = failures();
        this.client.post("api/hostile/" + kind).expect(202);
        return Waiting.until(kind + " has failed", () -> this.client.inspectionPool().at("/failures/0"),
                (failure) -> failure.path("task").asString("").equals(kind.replace('-', ' '))
                        && !before.contains(failure.get("id").asLong()));
    }

    /** Waits until a failure is shown, opened, with all of this. */
    private void awaitFailure(JsonNode failure, String... parts) {
        String where = "task " + failure.get("id").asLong() + " · worker " + failure.get("worker").asString()
                + " · pid " + failure.get("pid").asLong();
        Waiting.until(where + " is shown with " + List.of(parts), () -> opened(where),
                (text) -> List.of(parts).stream().allMatch(text::contains));
    }

    private String opened(String where) {
        try {
            for (WebElement each : this.browser.select(".failures > li")) {
                // not seen until opened
                if (each.getDomProperty("textContent").contains(where)) {
                    if (each.findElements(By.cssSelector("details[open]")).isEmpty()) {
                        press(each.findElements(By.tagName("summary")).get(0));
                    }
                    return each.getText();
                }
            }
        }
        catch (StaleElementReferenceException ex) {
            // the page has another one in its place by now
            return "";
        }
        return "";
    }

    @Test
    void loadIsSeenAsBusyWorkersAQueueAndThroughput() {
        long succeeded = count("succeeded");
        List<String> endless = this.client.upload(TestDocument.pages("first.pdf", 1000),
                TestDocument.pages("second.pdf", 1000));
        endless.forEach(this.client::awaitMiddle);
        TestDocument letter = TestDocument.sample("letter.pdf");
        List<String> letters = this.client.upload(letter, letter, letter);
        for (String part : List.of("inspect first.pdf", "inspect second.pdf", "busy", "MB")) {
            awaitText(WORKERS, part);
        }
        awaitText("[data-field=workerSummary]", "2 busy");
        awaitText(WAITING, "inspect letter.pdf");
        awaitText("[data-field=waitingSummary]", "3 tasks");
        awaitRise("queueChart", NOTHING);
        awaitRise("busyChart", NOTHING);
        this.browser.screenshot("console-on-sample");
        this.browser.inDarkMode(() -> this.browser.screenshot("console-on-sample-dark"));
        this.browser.onPhone(360, () -> this.browser.screenshot("console-on-sample-phone"));
        endless.forEach((id) -> this.client.post("api/documents/" + id + "/cancel"));
        letters.forEach(this.client::awaitEnd);
        awaitCount("Succeeded", succeeded + 3);
        // after an interruption rates are those of what ends from then on
        awaitRise("rateChart", this::inspectLetter);
    }

    @Test
    void aCrashIsSeenAsAFailureAndAFreshProcess() {
        long restarts = this.client.restarts();
        JsonNode failure = fail("halt");
        awaitFailure(failure, "failed", "halt", "WorkerDiedException", "exited with status 42", "at dev.futures.");
        inspectLetter();
        awaitCount("Worker restarts", restarts + 1);
        String pid = "pid " + failure.get("pid").asLong();
        Waiting.until("another process is shown", () -> text(WORKERS),
                (text) -> text.contains("pid") && !List.of(text.split("\n")).contains(pid));
        this.browser.screenshot("console-on-sample-crash");
    }

    @Test
    void aTaskThatTakesTooLongIsSeenAsTimedOut() {
        long timedOut = count("timedOut");
        awaitFailure(fail("endless-loop"), "timed out", "endless loop", "TaskTimeoutException", "time limit of PT3S");
        awaitCount("Timed out", timedOut + 1);
    }

    @Test
    void aPoolIsResized() {
        WebElement input = this.browser.select("[data-field=resize]").get(0);
        input.sendKeys(Keys.chord(Keys.CONTROL, "a"), "3", Keys.ENTER);
        awaitText("[role=status]", "inspection may have 3 workers now.");
        assertThat(this.client.inspectionPool().at("/workerCounts/maximum").asInt()).isEqualTo(3);
        awaitText("[data-field=workerSummary]", "of at most 3");
    }

    @Test
    void aRunningTaskIsCancelled() {
        long cancelled = count("cancelled");
        String id = this.client.upload(TestDocument.pages("endless.pdf", 1000)).get(0);
        this.client.awaitMiddle(id);
        cancel(WORKERS, "inspect endless.pdf");
        assertThat(this.client.awaitEnd(id).get("state").asString()).isEqualTo("CANCELLED");
        awaitCount("Cancelled", cancelled + 1);
    }

    @Test
    void aPausedPoolKeepsTasksWaitingUntilTheyAreCancelledOrItIsResumed() {
        press("[data-field=pause]");
        awaitText("[role=status]", "inspection is paused");
        awaitText("[data-field=details] .section-head", "paused");
        TestDocument letter = TestDocument.sample("letter.pdf");
        List<String> ids = this.client.upload(letter.as("unwanted.pdf"), letter.as("wanted.pdf"));
        awaitText(WAITING, "inspect wanted.pdf");
        cancel(WAITING, "inspect unwanted.pdf");
        assertThat(this.client.awaitEnd(ids.get(0)).get("state").asString()).isEqualTo("CANCELLED");
        assertThat(InspectorClient.ENDED).doesNotContain(this.client.document(ids.get(1)).get("state").asString());
        press("[data-field=resume]");
        awaitText("[role=status]", "inspection is resumed");
        assertThat(this.client.awaitEnd(ids.get(1)).get("state").asString()).isEqualTo("DONE");
        awaitText("[data-field=details] .section-head", "running");
    }

    @Test
    void recycledWorkersHaveOtherProcesses() {
        inspectLetter();
        // one that is still getting ready would stay
        Waiting.until("all are ready", () -> this.client.inspectionPool().get("workers").findValuesAsString("state"),
                (states) -> !states.isEmpty() && states.stream().allMatch("idle"::equals));
        List<Long> before = pids();
        press(".operations [data-field=recycle]");
        awaitText("dialog", "idle ones at once, busy ones after the task that they run");
        confirm();
        awaitText("[role=status]", "All workers of inspection are being recycled");
        inspectLetter();
        Waiting.until("all have ended", this::pids,
                (now) -> !now.isEmpty() && now.stream().noneMatch(before::contains));
        Waiting.until("other processes are shown", () -> List.of(text(WORKERS).split("\n")),
                (lines) -> lines.stream().anyMatch((line) -> line.startsWith("pid "))
                        && before.stream().noneMatch((pid) -> lines.contains("pid " + pid)));
    }

    @Test
    void aBrokenPoolIsHealed() throws IOException {
        try (ConfigurableApplicationContext strict = startStrict()) {
            InspectorClient other = new InspectorClient(
                    strict.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
            other.post("api/hostile/halt").expect(202);
            Waiting.until("the pool is broken", () -> other.inspectionPool().get("state").asString(), "broken"::equals);
            try (Browser watching = new Browser(other.base())) {
                watching.openPage("actuator/futuresconsole#pool=inspection");
                Waiting.until("it is told why",
                        () -> watching.text(watching.select("[data-field=details] [data-field=brokenBy]")),
                        (text) -> text.startsWith("Broken: ") && text.contains("exited with status 42"));
                watching.screenshot("console-on-sample-broken");
                press(watching.select("[data-field=heal]").get(0));
                Waiting.until("it is healed", () -> watching.text(watching.select(".section-head .badge")),
                        (text) -> text.contains("running"));
                watching.expectNoErrorsAndNoForeignRequests();
            }
            String letter = other.upload(TestDocument.sample("letter.pdf")).get(0);
            assertThat(other.awaitEnd(letter).get("state").asString()).isEqualTo("DONE");
        }
    }

    /** Starts an application whose pool does not survive the death of a worker. */
    private static ConfigurableApplicationContext startStrict() {
        return new SpringApplicationBuilder(DocumentInspectorApplication.class).run("--server.port=0",
                // each application removes what it finds of its own process
                "--document-inspector.directory=target/strict-inspector",
                "--futures.process-pools.inspection.death-policy=strict");
    }

    @Test
    void theApplicationForbidsWhatThePageDoesNotNeed() {
        assertThat(this.client.get("actuator/futuresconsole").header("Content-Security-Policy"))
            .contains("default-src 'self'")
            .doesNotContain("unsafe");
    }

}
