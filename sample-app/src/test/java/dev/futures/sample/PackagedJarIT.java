// SPDX-License-Identifier: Apache-2.0

package dev.futures.sample;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.spi.ToolProvider;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the executable jar, and what else can be made of it, started from another
 * directory. There is one only after {@code package}, whose place the build tells.
 */
@EnabledIfSystemProperty(named = "inspector.jar", matches = ".+")
class PackagedJarIT {

    @TempDir
    Path temporary;

    @TempDir
    Path elsewhere;

    private static Path jar() {
        return Path.of(System.getProperty("inspector.jar")).toAbsolutePath();
    }

    @Test
    void theJarRunsFromAnywhere() throws Exception {
        assertThatItInspects("-jar", jar().toString());
    }

    @Test
    void theExplodedJarRuns() throws Exception {
        Path exploded = this.elsewhere.resolve("exploded");
        unpack(exploded, UnaryOperator.identity());
        assertThatItInspects("-cp", exploded.toString(), "org.springframework.boot.loader.launch.JarLauncher");
    }

    @Test
    void theExtractedJarRuns() throws Exception {
        Process tools = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djarmode=tools", "-jar", jar().toString(), "extract", "--destination",
                this.elsewhere.resolve("extracted").toString())
            .redirectErrorStream(true)
            .redirectOutput(this.elsewhere.resolve("output").toFile())
            .start();
        assertThat(tools.waitFor(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(tools.exitValue()).as(Files.readString(this.elsewhere.resolve("output"))).isZero();
        assertThatItInspects("-jar", this.elsewhere.resolve("extracted").resolve(jar().getFileName()).toString());
    }

    @Test
    void theSameAsAWarRuns() throws Exception {
        Path exploded = this.elsewhere.resolve("exploded");
        unpack(exploded, (name) -> name.replace("BOOT-INF", "WEB-INF").replace("JarLauncher", "WarLauncher"));
        Path war = this.elsewhere.resolve("inspector.war");
        pack(exploded, war);
        assertThatItInspects("-jar", war.toString());
        assertThatItInspects("-cp", exploded.toString(), "org.springframework.boot.loader.launch.WarLauncher");
    }

    private void assertThatItInspects(String... start) throws Exception {
        try (InspectorProcess application = InspectorProcess.start(this.temporary, start)) {
            InspectorClient client = application.client();
            String id = client.upload(TestDocument.sample("annual-report.pdf")).get(0);
            JsonNode document = client.awaitEnd(id);
            assertThat(document.get("state").asString()).as(document::toString).isEqualTo("DONE");
            assertThat(document.get("pagesDone").asInt()).isEqualTo(12);
            assertThat(client.get("api/documents/" + id + "/pages/1/text").expect(200).text())
                .contains("Annual report");
            JsonNode pools = client.get("actuator/futures").expect(200).json().get("pools");
            assertThat(pools.propertyNames()).containsExactlyInAnyOrder("inspection", "intake");
            assertThat(pools.get("inspection").get("tasks").get("succeeded").asInt()).isEqualTo(1);
            List<ProcessHandle> workers = application.workers();
            assertThat(workers).isNotEmpty();
            assertThat(application.terminate()).isEqualTo(128 + 15);
            assertThat(workers).noneMatch(ProcessHandle::isAlive);
            assertThat(InspectorProcess.list(this.temporary)).isEmpty();
        }
    }

    /** Names are changed in the index and the manifest as well. */
    private static void unpack(Path directory, UnaryOperator<String> names) throws IOException {
        try (JarFile jar = new JarFile(jar().toFile())) {
            for (JarEntry entry : Collections.list(jar.entries())) {
                String name = entry.getName();
                Path target = directory.resolve(name.startsWith("BOOT-INF/") ? names.apply(name) : name);
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                    continue;
                }
                Files.createDirectories(target.getParent());
                try (InputStream in = jar.getInputStream(entry)) {
                    Files.copy(in, target);
                }
                if (name.endsWith(".idx") || name.endsWith(".MF")) {
                    Files.writeString(target, names.apply(Files.readString(target)));
                }
            }
        }
    }

    /** Jars in it are not compressed, as Spring Boot wants it. */
    private static void pack(Path directory, Path archive) throws Exception {
        Path manifest = directory.resolve("META-INF/MANIFEST.MF");
        int status = ToolProvider.findFirst("jar")
            .orElseThrow()
            .run(System.out, System.err, "-c", "-0", "-f", archive.toString(), "-m", manifest.toString(), "-C",
                    directory.toString(), ".");
        assertThat(status).isZero();
    }

}
