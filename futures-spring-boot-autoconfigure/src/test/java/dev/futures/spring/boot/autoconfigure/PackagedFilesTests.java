// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.futures.spring.InvalidSubmitAsyncException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.io.support.SpringFactoriesLoader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the files by which Spring Boot finds what this module has.
 */
class PackagedFilesTests {

    @Test
    void everyImportedAutoConfigurationIsThere() throws ClassNotFoundException {
        List<String> ours = ImportCandidates.load(AutoConfiguration.class, null)
            .getCandidates()
            .stream()
            .filter((name) -> name.startsWith("dev.futures."))
            .toList();
        assertThat(ours).contains(FuturesAutoConfiguration.class.getName(),
                FuturesEndpointAutoConfiguration.class.getName(), FuturesConsoleAutoConfiguration.class.getName());
        for (String name : ours) {
            assertThat(Class.forName(name)).hasAnnotation(AutoConfiguration.class);
        }
    }

    @Test
    void theFailureAnalyzersAreFoundAndExplain() {
        List<FailureAnalyzer> analyzers = SpringFactoriesLoader.forDefaultResourceLocation()
            .load(FailureAnalyzer.class, SpringFactoriesLoader.FailureHandler.handleMessage((message, cause) -> {
                // analyzers of others that want arguments
            }));
        assertThat(analyzers).hasAtLeastOneElementOfType(InvalidPoolFailureAnalyzer.class);
        FailureAnalyzer analyzer = analyzers.stream()
            .filter(InvalidSubmitAsyncFailureAnalyzer.class::isInstance)
            .findFirst()
            .orElseThrow();
        assertThat(
                analyzer.analyze(new IllegalStateException(new InvalidSubmitAsyncException("it is wrong", "Mend it.")))
                    .getAction())
            .isEqualTo("Mend it.");
    }

    @ParameterizedTest
    @ValueSource(strings = { "futures.defaults.max-workers", "futures.defaults.queue-capacity",
            "futures.defaults.time-limit", "futures.defaults.queue-time-limit", "futures.thread-pools",
            "futures.process-pools", "futures.shutdown.await-termination", "futures.observations.enabled",
            "management.endpoint.futures.access", "management.endpoint.futuresconsole.access" })
    void theMetadataKnowsTheProperty(String name) throws IOException {
        assertThat(ownMetadata()).contains("\"name\": \"" + name + "\"");
    }

    private static String ownMetadata() throws IOException {
        String classFile = FuturesProperties.class.getName().replace('.', '/') + ".class";
        String location = FuturesProperties.class.getClassLoader().getResource(classFile).toString();
        String root = location.substring(0, location.length() - classFile.length());
        try (InputStream in = java.net.URI.create(root + "META-INF/spring-configuration-metadata.json")
            .toURL()
            .openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

}
