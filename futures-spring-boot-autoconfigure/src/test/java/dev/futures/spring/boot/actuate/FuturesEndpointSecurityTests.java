// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.actuate;

import dev.futures.thread.ThreadPoolExecutor;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The endpoint in an application that lets some read and some steer.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
                "spring.autoconfigure.exclude="
                        + "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
                "futures.thread-pools.reports.max-workers=1",
                "management.endpoints.web.exposure.include=health,futures,futuresconsole",
                "management.endpoint.futures.access=unrestricted" })
class FuturesEndpointSecurityTests {

    private static final String RESIZE = "{\"maxWorkers\": 2}";

    @Test
    void eachRoleMayDoWhatItMay(@Value("${local.server.port}") int port, @Autowired ThreadPoolExecutor reports)
            throws Exception {
        EndpointClient nobody = EndpointClient.of(port);
        assertThat(nobody.at("/actuator/health").get("").status()).isEqualTo(200);
        assertThat(nobody.get("").status()).isEqualTo(401);
        assertThat(nobody.post("/reports", RESIZE).status()).isEqualTo(401);
        EndpointClient user = nobody.as("user");
        assertThat(user.get("/reports").status()).isEqualTo(403);
        EndpointClient viewer = nobody.as("viewer");
        assertThat(viewer.get("/reports").status()).isEqualTo(200);
        assertThat(viewer.at("/actuator/futuresconsole").get("").status()).isEqualTo(200);
        assertThat(viewer.post("/reports", RESIZE).status()).isEqualTo(403);
        assertThat(viewer.delete("/reports/1").status()).isEqualTo(403);
        assertThat(reports.maxWorkers()).isOne();
        EndpointClient operator = nobody.as("operator");
        assertThat(operator.post("/reports", RESIZE).status()).isEqualTo(204);
        assertThat(operator.delete("/reports/1").status()).isEqualTo(404);
        assertThat(reports.maxWorkers()).isEqualTo(2);
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {

        @Bean
        SecurityFilterChain actuator(HttpSecurity http) throws Exception {
            return http.securityMatcher(EndpointRequest.toAnyEndpoint())
                .authorizeHttpRequests((requests) -> requests.requestMatchers(EndpointRequest.to("health"))
                    .permitAll()
                    .requestMatchers(EndpointRequest.to("futures", "futuresconsole").withHttpMethod(HttpMethod.GET))
                    .hasAnyRole("VIEWER", "OPERATOR")
                    .anyRequest()
                    .hasRole("OPERATOR"))
                .httpBasic(Customizer.withDefaults())
                .csrf((csrf) -> csrf.disable())
                .build();
        }

        @Bean
        InMemoryUserDetailsManager users() {
            return new InMemoryUserDetailsManager(user("user"), user("viewer"), user("operator"));
        }

        private static UserDetails user(String name) {
            return User.withUsername(name)
                .password("{noop}secret")
                .roles(name.toUpperCase(java.util.Locale.ROOT))
                .build();
        }

    }

}
