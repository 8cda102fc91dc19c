// SPDX-License-Identifier: Apache-2.0

package dev.futures.sample;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests that nothing but the task of a worker is lost with the worker. */
@InspectorTest
class WorkerDeathTests {

    private final InspectorClient client;

    WorkerDeathTests(@LocalServerPort int port) {
        this.client = new InspectorClient(port);
    }

    @BeforeEach
    void removeAllDocuments() {
        this.client.clear();
    }

    @Test
    void onlyTheDocumentOfAKilledWorkerFails() {
        long restarts = this.client.restarts();
        String victim = this.client.upload(TestDocument.pages("victim.pdf", 300)).get(0);
        this.client.awaitMiddle(victim);
        List<String> others = this.client.upload(IntStream.range(0, 5)
            .mapToObj((i) -> TestDocument.pages("other-" + i + ".pdf", 5))
            .toArray(TestDocument[]::new));
        ProcessHandle worker = this.client.workerOf("inspect victim.pdf");
        assertThat(worker.destroyForcibly()).isTrue();
        JsonNode failed = this.client.awaitEnd(victim);
        assertThat(failed.get("state").asString()).isEqualTo("FAILED");
        assertThat(failed.get("error").asString()).startsWith("worker process " + worker.pid() + " ")
            .contains("SIGKILL", "inspect victim.pdf");
        assertThat(failed.get("pages").asInt()).isEqualTo(300);
        assertThat(failed.get("pagesDone").asInt()).isBetween(1, 299);
        this.client.get("api/documents/" + victim + "/pages/1/thumbnail").expect(200);
        assertThat(others)
            .allSatisfy((id) -> assertThat(this.client.awaitEnd(id).get("state").asString()).isEqualTo("DONE"));
        assertThat(this.client.restarts()).isEqualTo(restarts + 1);
        assertThat(this.client.get("actuator/health").expect(200).json().get("status").asString()).isEqualTo("UP");
    }

    @ParameterizedTest
    @CsvSource({ "endless-loop, longer than its time limit of PT3S", "out-of-memory, status 3 (out of memory)",
            "halt, exited with status 42", "kill, SIGKILL" })
    void hostileTasksHarmOnlyThemselves(String kind, String message) {
        long restarts = this.client.restarts();
        JsonNode task = this.client.post("api/hostile/" + kind).expect(202).json();
        assertThat(task.get("kind").asString()).isEqualTo("hostile");
        assertThat(task.get("name").asString()).isEqualTo(kind);
        assertThat(task.get("timeLimit").asString()).isEqualTo(kind.equals("endless-loop") ? "PT3S" : "PT1M");
        String letter = this.client.upload(TestDocument.sample("letter.pdf")).get(0);
        JsonNode ended = this.client.awaitEnd(task.get("id").asString());
        assertThat(ended.get("state").asString()).isEqualTo("FAILED");
        assertThat(ended.get("error").asString()).contains(message);
        assertThat(ended.get("startedAt").isNull()).isFalse();
        assertThat(this.client.awaitEnd(letter).get("state").asString()).isEqualTo("DONE");
        Waiting.until("the worker is replaced", this.client::restarts, (now) -> now == restarts + 1);
        assertThat(this.client.get("actuator/health").expect(200).json().get("status").asString()).isEqualTo("UP");
    }

    @Test
    void anUnknownHostileTaskIsNoTask() {
        assertThat(this.client.post("api/hostile/unknown").problem(404)).isNotEmpty();
        assertThat(this.client.documents()).isEmpty();
    }

    @Test
    void twoHundredDocumentsMayWaitAndAFloodIsRefused() {
        this.client.post("api/hostile/endless-loop").expect(202);
        this.client.post("api/hostile/endless-loop").expect(202);
        TestDocument[] many = IntStream.range(0, 240)
            .mapToObj((i) -> TestDocument.text(i + ".pdf", "no PDF"))
            .toArray(TestDocument[]::new);
        List<String> accepted = this.client.upload(many);
        InspectorClient.Answer refusal = this.client.tryToUpload(List.of(many));
        assertThat(refusal.problem(503)).contains("waiting");
        assertThat(refusal.header("Retry-After")).isNotEmpty();
        assertThat(this.client.documents()).hasSize(242);
        assertThat(this.client.awaitEnd(accepted.get(239)).get("error").asString())
            .isEqualTo("the file is not a PDF document");
    }

}
