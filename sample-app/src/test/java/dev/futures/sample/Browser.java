// SPDX-License-Identifier: Apache-2.0

package dev.futures.sample;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.FileSystemUtils;

/** A browser without a window that shows the page of the application. */
final class Browser implements Closeable {

    private static final List<String> FLAGS = List.of("--headless=new", "--no-sandbox", "--disable-gpu",
            "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", "--disable-dev-shm-usage", "--window-size=1400,1000");

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private static final JsonMapper mapper = new JsonMapper();

    private final Path profile;

    private final ChromeDriver driver;

    private final URI base;

    Browser(URI base) throws IOException {
        this.base = base;
        this.profile = Files.createTempDirectory("inspector-browser-");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.WARNING);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        ChromeOptions options = new ChromeOptions().setBinary(System.getProperty("futures.browser.binary"))
            .addArguments(FLAGS)
            .addArguments("--user-data-dir=" + this.profile);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
            .usingDriverExecutable(Path.of(System.getProperty("futures.browser.driver")).toFile())
            .build();
        this.driver = new ChromeDriver(service, options);
        Files.createDirectories(SCREENSHOTS);
    }

    void open() {
        this.driver.get(this.base.toString());
        Waiting.until("the pools are shown", () -> all("pool"), (pools) -> pools.size() == 2);
        Waiting.until("no documents are shown", this::documents, List::isEmpty);
    }

    /** Shows a page of this application, or another one. */
    void openPage(String address) {
        this.driver.get(this.base.resolve(address).toString());
    }

    String title() {
        return this.driver.getTitle();
    }

    /** Runs a script, which may give a promise. */
    Object run(String script) {
        return this.driver.executeScript(script);
    }

    List<WebElement> select(String selector) {
        return this.driver.findElements(By.cssSelector(selector));
    }

    /** What is seen of the elements, of which some may be replaced just now. */
    String text(List<WebElement> elements) {
        try {
            return elements.stream().map(WebElement::getText).collect(Collectors.joining("\n"));
        }
        catch (StaleElementReferenceException ex) {
            return "";
        }
    }

    private static By testId(String id) {
        return By.cssSelector("[data-testid=\"" + id + "\"]");
    }

    List<WebElement> all(String testId) {
        return this.driver.findElements(testId(testId));
    }

    List<WebElement> find(WebElement parent, String testId) {
        return parent.findElements(testId(testId));
    }

    WebElement button(String testId) {
        return this.driver.findElement(testId(testId));
    }

    WebElement input(String testId) {
        return this.driver.findElement(testId(testId));
    }

    String text(String testId) {
        return this.driver.findElement(testId(testId)).getText();
    }

    boolean isVisible(String testId) {
        return this.driver.findElement(testId(testId)).isDisplayed();
    }

    WebElement focused() {
        return this.driver.switchTo().activeElement();
    }

    void press(CharSequence key) {
        focused().sendKeys(key);
    }

    List<WebElement> documents() {
        return all("document");
    }

    /** Waits until the newest document of a name is shown in a state. */
    WebElement awaitDocument(String name, String state) {
        return Waiting.until(name + " is " + state,
                () -> documents().stream()
                    .filter((each) -> find(each, "document-name").get(0).getText().equals(name))
                    .filter((each) -> state.equals(each.getDomAttribute("data-state")))
                    .findFirst()
                    .orElse(null),
                Objects::nonNull);
    }

    List<String> workerPids() {
        return texts("[data-pool=inspection] [data-testid=worker]", "data-pid");
    }

    private List<String> texts(String selector, String attribute) {
        try {
            return this.driver.findElements(By.cssSelector(selector))
                .stream()
                .map((element) -> String.valueOf(element.getDomAttribute(attribute)))
                .toList();
        }
        catch (StaleElementReferenceException ex) {
            // replaced while it was being read: nothing is to be said about this moment
            return List.of("");
        }
    }

    long restarts() {
        String selector = "[data-pool=inspection] [data-testid=pool-restarts]";
        return Long.parseLong(this.driver.findElement(By.cssSelector(selector)).getText());
    }

    /** Waits until what can be seen has been loaded. */
    void awaitLoadedImages() {
        String script = "return [...document.images].every((image) => image.complete || image.loading === 'lazy')";
        Waiting.until("images are loaded", () -> ((JavascriptExecutor) this.driver).executeScript(script),
                Boolean.TRUE::equals);
    }

    void screenshot(String name) {
        try {
            Files.write(SCREENSHOTS.resolve(name + ".png"), this.driver.getScreenshotAs(OutputType.BYTES));
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    void inDarkMode(Runnable action) {
        List<Map<String, String>> dark = List.of(Map.of("name", "prefers-color-scheme", "value", "dark"),
                // no transition that would be half done
                Map.of("name", "prefers-reduced-motion", "value", "reduce"));
        this.driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", dark));
        action.run();
        this.driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of()));
    }

    void onPhone(Runnable action) {
        onPhone(390, action);
    }

    void onPhone(int width, Runnable action) {
        this.driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 844, "deviceScaleFactor", 2, "mobile", true));
        Object tooWide = this.driver.executeScript("return document.documentElement.scrollWidth > window.innerWidth");
        action.run();
        this.driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
        if (Boolean.TRUE.equals(tooWide)) {
            throw new AssertionError("the page is wider than a phone");
        }
    }

    void expectNoErrorsAndNoForeignRequests() {
        List<LogEntry> errors = this.driver.manage().logs().get(LogType.BROWSER).getAll();
        List<String> foreign = new ArrayList<>();
        for (LogEntry entry : this.driver.manage().logs().get(LogType.PERFORMANCE)) {
            JsonNode message = mapper.readTree(entry.getMessage()).get("message");
            String url = message.at("/params/request/url").asString("");
            if (message.get("method").asString().equals("Network.requestWillBeSent")
                    && !url.startsWith(this.base.toString()) && !url.matches("(chrome|data):.*")) {
                foreign.add(url);
            }
        }
        if (!errors.isEmpty() || !foreign.isEmpty()) {
            throw new AssertionError("errors " + errors + ", foreign requests " + foreign);
        }
    }

    /** Takes note of errors that were expected; others fail the test. */
    void forgetErrors(String... expected) {
        List<LogEntry> others = this.driver.manage()
            .logs()
            .get(LogType.BROWSER)
            .getAll()
            .stream()
            .filter((entry) -> Stream.of(expected).noneMatch(entry.getMessage()::contains))
            .toList();
        if (!others.isEmpty()) {
            throw new AssertionError("errors " + others);
        }
    }

    @Override
    public void close() throws IOException {
        this.driver.quit();
        FileSystemUtils.deleteRecursively(this.profile);
    }

}
