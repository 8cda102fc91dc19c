// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure.web;

import java.net.http.HttpResponse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a controller may rely on when it returns a future, whatever the web framework.
 */
abstract class ReturnedFutureContract {

    @LocalServerPort
    private int port;

    @Autowired
    private FutureController controller;

    Client client() {
        return new Client(this.port);
    }

    FutureController controller() {
        return this.controller;
    }

    @ParameterizedTest
    @ValueSource(strings = { "/value", "/done", "/as-jdk", "/as-stage" })
    void theResultIsTheBody(String path) throws Exception {
        HttpResponse<String> response = client().get(path);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("value");
    }

    @ParameterizedTest
    @ValueSource(strings = { "/entity", "/in-entity" })
    void statusAndHeadersOfAnEntityAreKept(String path) throws Exception {
        HttpResponse<String> response = client().get(path);
        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.headers().firstValue("X-Kept")).contains("yes");
        assertThat(response.body()).isEqualTo("value");
    }

    /** A framework that does not know the type may write JSON. */
    @ParameterizedTest
    @ValueSource(strings = { "/as-object", "/in-any-entity" })
    void theDeclaredTypeNeedNotNameTheFuture(String path) throws Exception {
        assertThat(client().get(path).body()).isIn("value", "\"value\"");
    }

    @Test
    void noResultIsAnEmptyBody() throws Exception {
        HttpResponse<String> response = client().get("/null");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
        HttpResponse<String> entity = client().get("/null-in-entity");
        assertThat(entity.statusCode()).isEqualTo(202);
        assertThat(entity.headers().firstValue("X-Kept")).contains("yes");
        assertThat(entity.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "/animals", "/animals-in-entity" })
    void theElementsOfACollectionAreWrittenAsTheirDeclaredType(String path) throws Exception {
        assertThat(client().get(path).body()).isEqualTo("[{\"kind\":\"cat\",\"name\":\"Tom\"}]");
    }

    @ParameterizedTest
    @ValueSource(strings = { "/failing", "/failing-in-entity", "/failing-with-wrapper", "/timed-out-and-handled" })
    void theHandlerOfExceptionsGetsTheVeryExceptionOfTheTask(String path) throws Exception {
        HttpResponse<String> response = client().get(path);
        assertThat(response.statusCode()).isEqualTo(418);
        assertThat(controller().handled).isSameAs(controller().thrown);
    }

    @Test
    void theHandlerOfExceptionsGetsACancellation() throws Exception {
        HttpResponse<String> response = client().get("/cancelled");
        assertThat(response.statusCode()).isEqualTo(418);
        assertThat(response.body()).isEqualTo("CancellationException");
    }

    @ParameterizedTest
    @ValueSource(strings = { "/full", "/full-future", "/timed-out", "/broken" })
    void whatCouldNotBeRunInTimeIsUnavailable(String path) throws Exception {
        assertThat(client().get(path).statusCode()).isEqualTo(503);
    }

}
