// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.actuate.console;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.util.MimeType;

/**
 * A file that the page of the console needs. There are no others: what a request names is
 * looked up here, and never becomes part of a path.
 *
 * @param location where it is, as seen from this class
 * @param type what it is
 */
record ConsoleAsset(String location, MimeType type) {

    private static final MimeType SCRIPT = MimeType.valueOf("text/javascript;charset=UTF-8");

    private static final MimeType STYLE = MimeType.valueOf("text/css;charset=UTF-8");

    private static final MimeType IMAGE = MimeType.valueOf("image/svg+xml");

    private static final Map<String, ConsoleAsset> ASSETS = Stream
        .concat(Stream
            .of("console.js", "api.js", "charts.js", "details.js", "dom.js", "failures.js", "format.js", "history.js",
                    "operations.js", "overview.js", "tasks.js", "workers.js", "uplot/uPlot.esm.js")
            .map((each) -> new ConsoleAsset(each, SCRIPT)),
                Stream.of(new ConsoleAsset("console.css", STYLE), new ConsoleAsset("tables.css", STYLE),
                        new ConsoleAsset("theme.css", STYLE), new ConsoleAsset("uplot/uPlot.min.css", STYLE),
                        new ConsoleAsset("console.svg", IMAGE)))
        .collect(Collectors.toUnmodifiableMap(ConsoleAsset::name, Function.identity()));

    static @Nullable ConsoleAsset named(String name) {
        return ASSETS.get(name);
    }

    static Stream<ConsoleAsset> all() {
        return ASSETS.values().stream();
    }

    String name() {
        return this.location.substring(this.location.lastIndexOf('/') + 1);
    }

    Resource resource() {
        return new ClassPathResource(this.location, getClass());
    }

}
