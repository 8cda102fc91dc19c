// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.actuate;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;

import com.jayway.jsonpath.JsonPath;

/**
 * A client of the endpoint on this machine.
 *
 * @param port where the server listens
 * @param base where the endpoint is
 * @param credentials a user and a password with a colon between them, or an empty text
 */
record EndpointClient(int port, String base, String credentials) {

    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    static EndpointClient of(int port) {
        return new EndpointClient(port, "/actuator/futures", "");
    }

    EndpointClient at(String path) {
        return new EndpointClient(this.port, path, this.credentials);
    }

    EndpointClient as(String user) {
        return new EndpointClient(this.port, this.base, user + ":secret");
    }

    Answer get(String path) throws IOException, InterruptedException {
        return send("GET", path, "");
    }

    Answer post(String path, String json) throws IOException, InterruptedException {
        return send("POST", path, json);
    }

    Answer delete(String path) throws IOException, InterruptedException {
        return send("DELETE", path, "");
    }

    private Answer send(String method, String path, String json) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest
            .newBuilder(URI.create("http://localhost:" + this.port + this.base + path))
            .header("Content-Type", "application/json")
            // as curl does
            .header("Accept", "*/*")
            .timeout(Duration.ofSeconds(60))
            .method(method, HttpRequest.BodyPublishers.ofString(json));
        if (!this.credentials.isEmpty()) {
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(this.credentials.getBytes()));
        }
        HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.body());
    }

    /**
     * What the server has answered.
     *
     * @param status the status
     * @param body the body
     */
    record Answer(int status, String body) {

        Object read(String path) {
            return JsonPath.read(this.body, path);
        }

    }

}
