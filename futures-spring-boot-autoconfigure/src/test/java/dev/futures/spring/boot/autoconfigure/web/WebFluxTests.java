// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure.web;

import java.net.Socket;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerApplicationContext;
import org.springframework.test.annotation.DirtiesContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for futures that Spring WebFlux is given.
 */
@SpringBootTest(classes = WebApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "spring.main.web-application-type=reactive")
class WebFluxTests extends ReturnedFutureContract {

    @Autowired
    private ReactiveWebServerApplicationContext context;

    @Test
    void theServerIsThatOfReactor() {
        assertThat(this.context.getWebServer().getClass().getSimpleName()).isEqualTo("NettyWebServer");
    }

    @Test
    @DirtiesContext
    void theTaskOfAClientThatGoesAwayIsInterrupted() throws Exception {
        try (Socket socket = client().ask("/hanging")) {
            assertThat(controller().started.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(socket.isConnected()).isTrue();
        }
        assertThat(controller().interrupted.await(60, TimeUnit.SECONDS)).isTrue();
    }

}
