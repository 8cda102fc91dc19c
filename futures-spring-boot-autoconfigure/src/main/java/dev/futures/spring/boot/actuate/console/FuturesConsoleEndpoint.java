// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.actuate.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.util.StringUtils;
import org.springframework.web.util.HtmlUtils;

/**
 * {@link WebEndpoint} that serves a page on which people watch and operate pools. The
 * page asks the endpoint {@code futures} for what it shows, so both must be exposed.
 */
@WebEndpoint(id = "futuresconsole", defaultAccess = Access.READ_ONLY)
public class FuturesConsoleEndpoint {

    private final UnaryOperator<String> paths;

    /**
     * Creates an endpoint.
     * @param paths gives the path of an endpoint below the base path of all endpoints, by
     * its id
     */
    public FuturesConsoleEndpoint(UnaryOperator<String> paths) {
        this.paths = paths;
    }

    /**
     * Gives the page.
     * @return the page, in HTML
     * @throws IOException if the page cannot be read
     */
    @ReadOperation(produces = "text/html;charset=UTF-8")
    public String page() throws IOException {
        String console = this.paths.apply("futuresconsole");
        // The page has no slash at its end: what is below it starts with its last part.
        String last = console.substring(console.lastIndexOf('/') + 1);
        String futures = "../".repeat(1 + StringUtils.countOccurrencesOf(console, "/")) + this.paths.apply("futures");
        return new ClassPathResource("console.html", FuturesConsoleEndpoint.class)
            .getContentAsString(StandardCharsets.UTF_8)
            .replace("{console}", HtmlUtils.htmlEscape(last))
            .replace("{futures}", HtmlUtils.htmlEscape(futures));
    }

    /**
     * Gives a file that the page needs.
     * @param asset the name of the file
     * @return the file, or {@code null} if the page needs none of that name
     */
    @ReadOperation(produces = { "text/javascript", "text/css", "image/svg+xml" })
    public @Nullable WebEndpointResponse<Resource> asset(@Selector String asset) {
        ConsoleAsset found = ConsoleAsset.named(asset);
        return (found != null) ? new WebEndpointResponse<>(found.resource(), found.type()) : null;
    }

}
