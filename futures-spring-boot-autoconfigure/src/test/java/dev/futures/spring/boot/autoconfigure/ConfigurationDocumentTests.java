// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import org.springframework.util.ClassUtils;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds docs/configuration.md to the metadata of the properties. With
 * {@code -Dconfiguration.update=true} it is written anew.
 */
class ConfigurationDocumentTests {

    private static final Path DOCUMENT = Path.of("").toAbsolutePath().getParent().resolve("docs/configuration.md");

    private static final Map<String, String> TYPES = Map.of(Duration.class.getName(), "duration",
            DataSize.class.getName(), "size", Integer.class.getName(), "number", Path.class.getName(), "path",
            String.class.getName(), "text", Boolean.class.getName(), "`true`, `false`");

    private static final String TEMPLATE = """
            # Configuration

            All properties of the Spring Boot starter. This file is made from their metadata, which is also what an IDE shows:
            `./mvnw -pl futures-core,futures-spring-boot-autoconfigure test -Dtest=ConfigurationDocumentTests
            -Dsurefire.failIfNoSpecifiedTests=false -Dconfiguration.update=true` writes it anew.

            ```yaml
            futures:
              defaults:
                time-limit: 60s
              thread-pools:
                mail:
                  max-workers: 8
              process-pools:
                documents:
                  max-heap: 256MB
                  inherited-variables: [PATH, LANG, LC_*]
            ```

            - Each entry of `futures.thread-pools` and `futures.process-pools` is a pool, and a bean of that name. It may be empty
              (`mail: {}`).
            - What a pool does not set it inherits from `futures.defaults`, where every setting may stand; each kind of pool takes those
              that it has. A list of its own replaces the inherited one; an inherited map is added to its own, whose entries win.
            - A duration is written as `500ms`, `60s`, `5m` or `1h`, a size as `64KB`, `256MB` or `1GB`; without a unit they are in
              milliseconds and bytes.
            - A value that a pool cannot have ends the start of the application, with the name of the property, where it was set, the
              reason and an example. So does a property that does not exist, such as `max-worker`, in these sections; in environment
              variables and system properties it is ignored, since these may be there for another reason.

            ## Every pool

            %s

            ## Thread pools

            %s

            ## Process pools

            %s

            ## The application

            These begin with `futures.`.

            %s

            ## Beyond properties

            What is code, such as an initializer or the capture of a context, is set by beans of type `ThreadPoolBuilderCustomizer`
            and `ProcessPoolBuilderCustomizer`. They are called for each pool of their kind that is made from properties, after these
            have been applied, in their order:

            ```java
            @Bean
            ThreadPoolBuilderCustomizer loggingContext() {
                return (poolName, builder) -> builder.contextCapture(new LoggingContext());
            }
            ```
            """;

    @Test
    void theDocumentSaysWhatTheMetadataSays() throws IOException {
        String expected = document();
        if (Boolean.getBoolean("configuration.update")) {
            Files.writeString(DOCUMENT, expected);
        }
        assertThat(DOCUMENT).as("write it anew with -Dconfiguration.update=true").hasContent(expected);
    }

    @Test
    void everyPropertyIsInTheDocument() {
        String document = document();
        assertThat(Metadata.properties()).isNotEmpty()
            .allSatisfy((property) -> assertThat(document).contains("| " + property.description() + " |"));
    }

    private static String document() {
        Set<String> common = UnknownProperties.names(PoolProperties.class);
        Set<String> process = UnknownProperties.names(ProcessPoolProperties.class);
        Predicate<Metadata.Property> ofPools = (each) -> each.name().startsWith("futures.defaults.");
        Predicate<Metadata.Property> ofAll = ofPools.and((each) -> common.contains(each.setting()));
        Predicate<Metadata.Property> ofProcesses = ofPools.and((each) -> process.contains(each.setting()));
        return TEMPLATE.formatted(table(ofAll), table(ofPools.and(ofProcesses.negate())),
                table(ofProcesses.and(ofAll.negate())), table(ofPools.negate()));
    }

    private static String table(Predicate<Metadata.Property> some) {
        return "| property | value | default | |\n| --- | --- | --- | --- |\n" + Metadata.properties()
            .stream()
            .filter(some)
            .map(ConfigurationDocumentTests::row)
            .collect(Collectors.joining("\n"));
    }

    private static String row(Metadata.Property property) {
        String name = property.name().startsWith("futures.defaults.") ? property.setting()
                : property.name().substring("futures.".length());
        String value = (property.defaultText() != null) ? "`" + property.defaultText() + "`" : "";
        return "| `" + name + "` | " + type(property.type()) + " | " + value + " | " + property.description() + " |";
    }

    private static String type(String type) {
        if (type.contains("<")) {
            return type.startsWith(List.class.getName()) ? "list" : "map";
        }
        return TYPES.getOrDefault(type, constants(type));
    }

    private static String constants(String type) {
        Object[] constants = ClassUtils.resolveClassName(type, null).getEnumConstants();
        return (constants == null) ? type
                : Arrays.stream(constants)
                    .map((each) -> "`" + each.toString().toLowerCase(Locale.ROOT).replace('_', '-') + "`")
                    .collect(Collectors.joining(", "));
    }

}
