// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure.slice;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webflux.test.autoconfigure.WebFluxTest;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.reactive.server.WebTestClient;

/**
 * What of this module is in the slice of Spring WebFlux.
 */
@WebFluxTest
@Import(SliceApplication.Reports.class)
class WebFluxSliceTests {

    @Autowired
    private WebTestClient client;

    @Test
    void poolsCanBeInjectedAndTheirFuturesReturned() {
        this.client.get()
            .uri("/injected")
            .exchange()
            .expectStatus()
            .isAccepted()
            .expectBody(String.class)
            .isEqualTo("by futuresThreadPool");
    }

    @Test
    void methodsOfImportedBeansAreSubmitted() {
        this.client.get()
            .uri("/advised")
            .exchange()
            .expectStatus()
            .isOk()
            .expectBody(String.class)
            .isEqualTo("by futuresThreadPool");
    }

    @Test
    void aFullQueueIsUnavailable() {
        this.client.get().uri("/full").exchange().expectStatus().isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
    }

}
