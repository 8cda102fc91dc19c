// SPDX-License-Identifier: Apache-2.0

package dev.futures.sample;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the executable jar, started from another directory. There is one only after
 * {@code package}, whose place the build tells.
 */
@EnabledIfSystemProperty(named = "inspector.jar", matches = ".+")
class PackagedJarIT {

    @TempDir
    Path temporary;

    @Test
    void theJarRunsFromAnywhere() throws Exception {
        try (InspectorProcess application = InspectorProcess.start(this.temporary, "-jar",
                Path.of(System.getProperty("inspector.jar")).toAbsolutePath().toString())) {
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

}
