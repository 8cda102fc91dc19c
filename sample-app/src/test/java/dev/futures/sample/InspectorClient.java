// SPDX-License-Identifier: Apache-2.0

package dev.futures.sample;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the web API, which knows nothing of the application's classes. */
final class InspectorClient {

    static final Set<String> ENDED = Set.of("DONE", "FAILED", "CANCELLED");

    private static final String BOUNDARY = "a-boundary-of-the-test";

    private static final JsonMapper mapper = new JsonMapper();

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI base;

    InspectorClient(int port) {
        this.base = URI.create("http://127.0.0.1:" + port + "/");
    }

    URI base() {
        return this.base;
    }

    Answer get(String path) {
        return send(request(path).GET());
    }

    Answer post(String path) {
        return send(request(path).POST(BodyPublishers.noBody()));
    }

    Answer post(String path, String contentType, byte[] body) {
        return send(request(path).header("Content-Type", contentType).POST(BodyPublishers.ofByteArray(body)));
    }

    Answer delete(String path) {
        return send(request(path).DELETE());
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(this.base.resolve(path)).timeout(Duration.ofSeconds(60));
    }

    Answer send(HttpRequest.Builder request) {
        try {
            return new Answer(this.http.send(request.build(), BodyHandlers.ofByteArray()));
        }
        catch (IOException ex) {
            throw new AssertionError("no answer", ex);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", ex);
        }
    }

    Answer tryToUpload(List<TestDocument> documents) {
        return post("api/documents", "multipart/form-data; boundary=" + BOUNDARY, multipart("files", documents));
    }

    static byte[] multipart(String field, List<TestDocument> documents) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (TestDocument document : documents) {
            body.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + field + "\"; filename=\""
                    + document.name().replace("\\", "\\\\") + "\"\r\nContent-Type: application/pdf\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
            body.writeBytes(document.content());
            body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        }
        body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return body.toByteArray();
    }

    /** Uploads documents and returns their ids. */
    List<String> upload(TestDocument... documents) {
        return ids(tryToUpload(List.of(documents)).expect(202).json());
    }

    static List<String> ids(JsonNode documents) {
        List<String> ids = new ArrayList<>();
        documents.forEach((document) -> ids.add(document.get("id").asString()));
        return ids;
    }

    JsonNode documents() {
        return get("api/documents").expect(200).json();
    }

    JsonNode document(String id) {
        return get("api/documents/" + id).expect(200).json();
    }

    JsonNode await(String id, String what, Predicate<JsonNode> condition) {
        return Waiting.until(id + " is " + what, () -> document(id), condition);
    }

    JsonNode awaitEnd(String id) {
        return await(id, "ended", (document) -> ENDED.contains(document.get("state").asString()));
    }

    /** Waits until a worker is in the middle of a document. */
    JsonNode awaitMiddle(String id) {
        return await(id, "being read", (document) -> document.get("pagesDone").asInt() > 0);
    }

    JsonNode inspectionPool() {
        return get("actuator/futures/inspection").expect(200).json();
    }

    long restarts() {
        return inspectionPool().get("restarts").asLong();
    }

    /** Returns the process that runs a task. */
    ProcessHandle workerOf(String task) {
        for (JsonNode worker : inspectionPool().get("workers")) {
            if (worker.path("task").path("name").asString("").equals(task)) {
                return ProcessHandle.of(worker.get("pid").asLong()).orElseThrow();
            }
        }
        throw new AssertionError("no worker runs '" + task + "': " + inspectionPool());
    }

    /** Cancels what is at work and removes everything. */
    void clear() {
        for (String id : ids(documents())) {
            post("api/documents/" + id + "/cancel");
            awaitEnd(id);
            delete("api/documents/" + id).expect(204);
        }
    }

    record Answer(HttpResponse<byte[]> response) {

        int status() {
            return this.response.statusCode();
        }

        String text() {
            return new String(this.response.body(), StandardCharsets.UTF_8);
        }

        String header(String name) {
            return this.response.headers().firstValue(name).orElse("");
        }

        JsonNode json() {
            return mapper.readTree(this.response.body());
        }

        Answer expect(int status) {
            if (status() != status) {
                throw new AssertionError("expected " + status + " but got " + status() + ": " + text());
            }
            return this;
        }

        /** Returns the detail of a problem, which has to have the given status. */
        String problem(int status) {
            expect(status);
            if (!header("Content-Type").equals("application/problem+json")) {
                throw new AssertionError("not a problem: " + header("Content-Type") + " " + text());
            }
            JsonNode problem = json();
            if (problem.get("status").asInt() != status || problem.get("title").asString().isEmpty()) {
                throw new AssertionError("not a complete problem: " + text());
            }
            return problem.get("detail").asString();
        }

    }

}
