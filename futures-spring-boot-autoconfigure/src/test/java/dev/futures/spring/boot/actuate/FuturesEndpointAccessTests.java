// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.actuate;

import java.time.Duration;
import java.util.List;

import dev.futures.pool.PoolExecutor;
import dev.futures.spring.boot.autoconfigure.FuturesAutoConfiguration;
import dev.futures.spring.boot.autoconfigure.FuturesEndpointAutoConfiguration;
import dev.futures.thread.ThreadPoolExecutor;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.support.ConfigurableConversionService;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who may do what with the endpoint, by the properties of Spring Boot.
 */
class FuturesEndpointAccessTests {

    private final WebApplicationContextRunner withoutPools = new WebApplicationContextRunner()
        .withInitializer((context) -> context.getEnvironment()
            .setConversionService((ConfigurableConversionService) ApplicationConversionService.getSharedInstance()))
        .withUserConfiguration(Application.class)
        .withPropertyValues(exclusions());

    private final WebApplicationContextRunner runner = this.withoutPools
        .withPropertyValues("futures.thread-pools.reports.max-workers=1");

    private final WebApplicationContextRunner exposed = this.runner
        .withPropertyValues("management.endpoints.web.exposure.include=futures");

    /** What the tests of security need; runners do not read application.properties. */
    private static String exclusions() {
        return "spring.autoconfigure.exclude=" + String.join(",", List.of(
                "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
                "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration",
                "org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration",
                "org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration",
                "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration"));
    }

    @Test
    void unlessItIsExposedThereIsNoneAndNoFailureIsKept() {
        this.runner.run((context) -> {
            assertThat(context).doesNotHaveBean(FuturesEndpoint.class)
                .doesNotHaveBean(FuturesEndpointWebExtension.class)
                .doesNotHaveBean(RecentFailures.class);
            assertThat(MockMvcTester.from(context).get().uri("/actuator/futures")).hasStatus(404);
        });
    }

    @Test
    void byDefaultItIsReadOnlyAndSaysSo() {
        this.exposed.run((context) -> {
            MockMvcTester mvc = MockMvcTester.from(context);
            assertThat(mvc.get().uri("/actuator/futures/reports")).hasStatusOk()
                .bodyJson()
                .extractingPath("$.operations")
                .isEqualTo(false);
            assertThat(mvc.get().uri("/actuator/futures")).hasStatusOk()
                .bodyJson()
                .extractingPath("$.pools.reports.operations")
                .isEqualTo(false);
            assertThat(change(mvc, "/actuator")).hasStatus(405);
            // nothing else is there that could be read
            assertThat(mvc.delete().uri("/actuator/futures/reports/1")).hasStatus(404);
            assertThat(context.getBean("reports", PoolExecutor.class).maxWorkers()).isOne();
        });
    }

    @Test
    void whatIsPermittedAtMostCounts() {
        this.exposed
            .withPropertyValues("management.endpoint.futures.access=unrestricted",
                    "management.endpoints.access.max-permitted=read-only")
            .run((context) -> {
                MockMvcTester mvc = MockMvcTester.from(context);
                assertThat(mvc.get().uri("/actuator/futures/reports")).bodyJson()
                    .extractingPath("$.operations")
                    .isEqualTo(false);
                assertThat(change(mvc, "/actuator")).hasStatus(405);
            });
    }

    @Test
    void withoutAccessThereIsNone() {
        this.exposed.withPropertyValues("management.endpoint.futures.access=none")
            .run((context) -> assertThat(context).doesNotHaveBean(FuturesEndpoint.class)
                .doesNotHaveBean(RecentFailures.class));
    }

    @Test
    void theBasePathMayBeAnother() {
        this.exposed
            .withPropertyValues("management.endpoint.futures.access=unrestricted",
                    "management.endpoints.web.base-path=/manage")
            .run((context) -> {
                MockMvcTester mvc = MockMvcTester.from(context);
                assertThat(mvc.get().uri("/manage/futures/reports")).hasStatusOk()
                    .bodyJson()
                    .extractingPath("$.operations")
                    .isEqualTo(true);
                assertThat(change(mvc, "/manage")).hasStatus(204);
                assertThat(context.getBean("reports", PoolExecutor.class).maxWorkers()).isEqualTo(2);
            });
    }

    private static MockMvcTester.MockMvcRequestBuilder change(MockMvcTester mvc, String base) {
        return mvc.post()
            .uri(base + "/futures/reports")
            .contentType(MediaType.APPLICATION_JSON)
            .content("{\"maxWorkers\": 2}");
    }

    @Test
    void poolsThatNobodyHasAskedForAreNotMade() {
        this.withoutPools.withPropertyValues("management.endpoints.web.exposure.include=futures").run((context) -> {
            MockMvcTester mvc = MockMvcTester.from(context);
            assertThat(mvc.get().uri("/actuator/futures")).hasStatusOk().bodyJson().isEqualTo("{\"pools\": {}}");
            assertThat(mvc.get().uri("/actuator/futures/futuresThreadPool")).hasStatus(404);
            assertThat(context.getBeanFactory().containsSingleton("futuresThreadPool")).isFalse();
            assertThat(context.getBean(ThreadPoolExecutor.class)).isNotNull();
            assertThat(mvc.get().uri("/actuator/futures/futuresThreadPool")).hasStatusOk();
        });
    }

    @Test
    void withoutActuatorThereIsNone() {
        new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(FuturesAutoConfiguration.class, FuturesEndpointAutoConfiguration.class))
            .withClassLoader(new FilteredClassLoader(ConditionalOnAvailableEndpoint.class))
            .withPropertyValues("futures.thread-pools.reports.max-workers=1")
            .run((context) -> assertThat(context).hasNotFailed()
                .hasBean("reports")
                .doesNotHaveBean("futuresEndpoint")
                .doesNotHaveBean("futuresRecentFailures"));
    }

    @Test
    void thatOfAChildShowsThePoolsOfItsParentAndWhatFailedThere() {
        ApplicationContextRunner endpoint = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(FuturesAutoConfiguration.class, FuturesEndpointAutoConfiguration.class))
            .withPropertyValues("management.endpoints.web.exposure.include=futures");
        endpoint.withPropertyValues("futures.thread-pools.reports.max-workers=1")
            .run((parent) -> endpoint.withParent(parent)
                .withPropertyValues("futures.thread-pools.mail.max-workers=1")
                .run((child) -> {
                    for (String name : List.of("reports", "mail")) {
                        assertThat(child.getBean(name, ThreadPoolExecutor.class).submit(() -> {
                            throw new IllegalStateException("torn");
                        }).exception(Duration.ofSeconds(60))).isNotNull();
                        assertThat(child.getBean(FuturesEndpoint.class).pool(name).failures()).as(name).hasSize(1);
                    }
                    assertThat(child.getBean(FuturesEndpoint.class).pools().pools()).containsOnlyKeys("mail",
                            "reports");
                    assertThat(parent.getBean(FuturesEndpoint.class).pools().pools()).containsOnlyKeys("reports");
                }));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

    }

}
