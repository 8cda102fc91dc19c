// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.actuate;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

import dev.futures.thread.ThreadPoolExecutor;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The endpoint on a port of its own, which has a child context of its own.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = { "management.server.port=0",
        "futures.thread-pools.reports.max-workers=2", "management.endpoints.web.exposure.include=futures" })
class ManagementPortTests {

    @Test
    void showsThePoolsOfTheApplication(@Value("${local.management.port}") int management,
            @Value("${local.server.port}") int server, @Autowired ThreadPoolExecutor reports) throws Exception {
        assertThat(reports.submit(() -> 1).result()).isEqualTo(1);
        assertThat(get(server).statusCode()).isEqualTo(404);
        HttpResponse<String> response = get(management);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("\"reports\"").contains("\"succeeded\":1");
    }

    private static HttpResponse<String> get(int port) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator/futures"))
            .timeout(Duration.ofSeconds(30))
            .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

    }

}
