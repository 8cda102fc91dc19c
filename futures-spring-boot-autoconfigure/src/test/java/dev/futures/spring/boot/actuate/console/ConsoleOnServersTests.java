// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.actuate.console;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FuturesConsoleEndpoint} on servers of both kinds, as browsers use it.
 */
class ConsoleOnServersTests {

    private static final String PAGE = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final Place USUAL = new Place("/actuator/futuresconsole", "/actuator/futures");

    private ConfigurableApplicationContext context;

    @AfterEach
    void stop() {
        this.context.close();
    }

    @ParameterizedTest
    @MethodSource("places")
    void thePageFindsItsFilesAndTheDataWhereverItIs(WebApplicationType type, Place place) throws Exception {
        URI server = start(type, place.properties);
        assertThatThePageFindsAllThereIs(server.resolve(place.page), place);
        assertThatThePageFindsAllThereIs(server.resolve(place.page + "/"), place);
    }

    private static void assertThatThePageFindsAllThereIs(URI page, Place place) throws Exception {
        HttpResponse<String> response = get(page, PAGE);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(contentType(response)).isEqualTo(MediaType.parseMediaType("text/html;charset=UTF-8"));
        List<String> files = found(response.body(), "(?:src|href)=\"([^\"#{]+)\"");
        assertThat(files).hasSizeGreaterThan(4);
        for (String file : files) {
            assertThat(get(page.resolve(file), "text/css,*/*;q=0.1").statusCode()).as(file).isEqualTo(200);
        }
        String way = found(response.body(), "data-futures=\"([^\"]+)\"").get(0);
        URI data = page.resolve(files.get(0)).resolve(way);
        assertThat(data.getPath()).isEqualTo(place.data);
        assertThat(get(data, "application/json").body()).startsWith("{\"pools\":");
    }

    static Stream<Arguments> places() {
        String management = "management.endpoints.web.";
        List<Place> places = List.of(USUAL,
                new Place("/app/manage/futuresconsole", "/app/manage/futures", "server.servlet.context-path=/app",
                        "spring.webflux.base-path=/app", management + "base-path=/manage"),
                new Place("/futuresconsole", "/futures", management + "base-path=/", "management.server.port=0"),
                new Place("/ops/actuator/console/of/pools", "/ops/actuator/data/pools", "management.server.port=0",
                        "management.server.base-path=/ops", management + "path-mapping.futuresconsole=console/of/pools",
                        management + "path-mapping.futures=data/pools"));
        return Stream.of(WebApplicationType.SERVLET, WebApplicationType.REACTIVE)
            .flatMap((type) -> places.stream().map((place) -> Arguments.of(type, place)));
    }

    @ParameterizedTest
    @EnumSource(value = WebApplicationType.class, names = { "SERVLET", "REACTIVE" })
    void everyFileHasItsTypeAndNoOtherIsFound(WebApplicationType type) throws Exception {
        URI files = start(type).resolve(USUAL.page + "/");
        for (ConsoleAsset asset : ConsoleAsset.all().toList()) {
            HttpResponse<String> response = get(files.resolve(asset.name()), "*/*");
            assertThat(response.statusCode()).as(asset.name()).isEqualTo(200);
            assertThat(contentType(response).equalsTypeAndSubtype(MediaType.asMediaType(asset.type()))).isTrue();
            assertThat(response.body()).isNotBlank();
        }
        for (String other : List.of("nothing.js", "console.html", "uplot/uPlot.esm.js", "uplot%2FuPlot.esm.js",
                "%2E%2E/console/console.js", "..%2Fconsole%2Fconsole.js", "FuturesConsoleEndpoint.class",
                "%2Fdev%2Ffutures", "console.js%00", "console.js/x", "x/console.js")) {
            // some servers refuse an odd address before they look for it
            assertThat(get(URI.create(files + other), "*/*").statusCode()).as(other).isIn(400, 404);
        }
    }

    private URI start(WebApplicationType type, String... properties) {
        List<String> all = new ArrayList<>(List.of("server.port=0", "spring.main.banner-mode=off",
                "management.endpoints.web.exposure.include=futures,futuresconsole"));
        all.addAll(Arrays.asList(properties));
        this.context = new SpringApplicationBuilder(Application.class).web(type)
            .run(all.stream().map((each) -> "--" + each).toArray(String[]::new));
        String server = this.context.getEnvironment().getRequiredProperty("local.server.port");
        return URI
            .create("http://localhost:" + this.context.getEnvironment().getProperty("local.management.port", server));
    }

    private static HttpResponse<String> get(URI address, String accept) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address)
            .header("Accept", accept)
            .timeout(Duration.ofSeconds(60))
            .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static MediaType contentType(HttpResponse<?> response) {
        return MediaType.parseMediaType(response.headers().firstValue("Content-Type").orElseThrow());
    }

    private static List<String> found(String text, String pattern) {
        return Pattern.compile(pattern).matcher(text).results().map((MatchResult each) -> each.group(1)).toList();
    }

    /** Where the page is, where the data is, and what it takes that they are there. */
    record Place(String page, String data, String... properties) {

    }

    @Configuration(proxyBeanMethods = false)
    // there are two servers on the class path, and both would be that of the management
    @EnableAutoConfiguration(
            excludeName = "org.springframework.boot.tomcat.autoconfigure.actuate.web.server.TomcatReactiveManagementContextAutoConfiguration")
    static class Application {

    }

}
