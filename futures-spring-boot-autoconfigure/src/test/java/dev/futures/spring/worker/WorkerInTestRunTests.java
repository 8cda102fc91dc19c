// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.worker;

import dev.futures.Future;
import dev.futures.Futures;
import dev.futures.spring.SubmitAsync;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Worker processes in the tests of an application: what a test says holds for them too.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE, args = "--order=args",
        properties = { "greeting=inlined", "order=inlined", "dynamic=inlined", "futures.process-pools.documents=" })
@ActiveProfiles("night")
@DirtiesContext
class WorkerInTestRunTests {

    @Autowired
    private Inspected inspected;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        registry.add("dynamic", () -> "supplied");
    }

    @Test
    void theWorkerSeesWhatTheTestSays() throws Exception {
        assertThat(this.inspected.describe("greeting").result()).isEqualTo("inlined, night");
        assertThat(this.inspected.describe("dynamic").result()).isEqualTo("supplied, night");
    }

    @Test
    void precedenceIsThatOfTheApplication(@Autowired Environment environment) throws Exception {
        assertThat(this.inspected.describe("order").result()).startsWith(environment.getRequiredProperty("order"));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Inspected.class)
    static class Application {

    }

    static class Inspected {

        @Autowired
        private @Nullable Environment environment;

        @SubmitAsync("documents")
        public Future<String> describe(String property) {
            return Futures.completed(this.environment.getProperty(property) + ", "
                    + String.join(",", this.environment.getActiveProfiles()));
        }

    }

}
