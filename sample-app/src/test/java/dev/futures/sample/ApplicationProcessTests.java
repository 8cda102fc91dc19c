// SPDX-License-Identifier: Apache-2.0

package dev.futures.sample;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests of how the application ends, in a process of its own. */
class ApplicationProcessTests {

    private static final int SIGTERM = 128 + 15;

    @TempDir
    Path temporary;

    @Test
    void aRunningDocumentIsFinishedBeforeTheApplicationEnds() throws Exception {
        try (InspectorProcess application = InspectorProcess.startFromClassPath(this.temporary)) {
            String id = application.client().upload(TestDocument.pages("last.pdf", 200)).get(0);
            application.client().awaitMiddle(id);
            List<ProcessHandle> workers = application.workers();
            assertThat(workers).isNotEmpty();
            assertThat(application.output()).doesNotContain("'last.pdf' done");
            assertThat(application.terminate()).isEqualTo(SIGTERM);
            assertThat(application.output()).contains("'last.pdf' done").doesNotContain("WARN", "ERROR", "Exception");
            assertThat(workers).noneMatch(ProcessHandle::isAlive);
            assertThat(InspectorProcess.list(this.temporary)).isEmpty();
        }
    }

    @Test
    void nothingIsLeftOfAKilledApplication() throws Exception {
        long killed;
        try (InspectorProcess application = InspectorProcess.startFromClassPath(this.temporary)) {
            killed = application.pid();
            application.client().awaitMiddle(application.client().upload(TestDocument.pages("lost.pdf", 300)).get(0));
            List<ProcessHandle> workers = application.workers();
            assertThat(workers).isNotEmpty();
            application.kill();
            InspectorProcess.awaitGone(workers, Duration.ofSeconds(5));
            assertThat(InspectorProcess.list(this.temporary)).contains("document-inspector-" + killed);
        }
        try (InspectorProcess next = InspectorProcess.startFromClassPath(this.temporary)) {
            next.client().awaitEnd(next.client().upload(TestDocument.pages("next.pdf", 1)).get(0));
            assertThat(InspectorProcess.list(this.temporary)).contains("document-inspector-" + next.pid())
                .noneMatch((name) -> name.matches("(futures|document-inspector)-" + killed + "\\b.*"));
            assertThat(next.terminate()).isEqualTo(SIGTERM);
            assertThat(InspectorProcess.list(this.temporary)).noneMatch((name) -> name.contains("-" + next.pid()));
        }
    }

}
