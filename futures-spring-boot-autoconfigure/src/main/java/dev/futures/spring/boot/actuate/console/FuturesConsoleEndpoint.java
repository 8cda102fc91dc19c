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
import org.springframework.util.MimeType;
import org.springframework.util.StringUtils;
import org.springframework.web.util.HtmlUtils;

/**
 * {@link WebEndpoint} that serves a page on which people watch and operate pools. The
 * page asks the endpoint {@code futures} for what it shows, so both must be exposed.
 */
@WebEndpoint(id = "futuresconsole", defaultAccess = Access.READ_ONLY)
public class FuturesConsoleEndpoint {

    private static final MimeType PAGE = MimeType.valueOf("text/html;charset=UTF-8");

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
        // without a slash at the end, what is below the page starts with its last part
        return page(console, console.substring(console.lastIndexOf('/') + 1));
    }

    private String page(String console, String way) throws IOException {
        String futures = "../".repeat(1 + StringUtils.countOccurrencesOf(console, "/")) + this.paths.apply("futures");
        return new ClassPathResource("console.html", FuturesConsoleEndpoint.class)
            .getContentAsString(StandardCharsets.UTF_8)
            .replace("{console}", HtmlUtils.htmlEscape(way))
            .replace("{futures}", HtmlUtils.htmlEscape(futures));
    }

    /**
     * Gives a file that the page needs, or the page itself to whoever asked for it with a
     * slash at the end.
     * @param asset the name of the file, or nothing
     * @return the file, or {@code null} if the page needs none of that name
     * @throws IOException if the page cannot be read
     */
    @ReadOperation(produces = { "text/javascript", "text/css", "image/svg+xml", "text/html" })
    public @Nullable WebEndpointResponse<?> asset(@Selector(match = Selector.Match.ALL_REMAINING) String... asset)
            throws IOException {
        if (asset.length == 0) {
            return new WebEndpointResponse<>(page(this.paths.apply("futuresconsole"), "."), PAGE);
        }
        ConsoleAsset found = (asset.length == 1) ? ConsoleAsset.named(asset[0]) : null;
        return (found != null) ? new WebEndpointResponse<>(found.resource(), found.type()) : null;
    }

}
