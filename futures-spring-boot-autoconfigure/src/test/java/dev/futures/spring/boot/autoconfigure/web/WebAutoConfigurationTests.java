// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure.web;

import dev.futures.QueueFullException;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.handler.SimpleMappingExceptionResolver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for when {@link FuturesWebMvcAutoConfiguration} and
 * {@link FuturesWebFluxAutoConfiguration} apply.
 */
class WebAutoConfigurationTests {

    private static final AutoConfigurations BOTH = AutoConfigurations.of(FuturesWebMvcAutoConfiguration.class,
            FuturesWebFluxAutoConfiguration.class);

    @Test
    void eachKindOfApplicationGetsItsOwn() {
        new WebApplicationContextRunner().withConfiguration(BOTH)
            .run((context) -> assertThat(context).hasBean("futuresWebMvcConfigurer")
                .doesNotHaveBean(UnavailableExceptionHandler.class));
        new ReactiveWebApplicationContextRunner().withConfiguration(BOTH)
            .run((context) -> assertThat(context).hasSingleBean(UnavailableExceptionHandler.class)
                .doesNotHaveBean("futuresWebMvcConfigurer"));
        new ApplicationContextRunner().withConfiguration(BOTH)
            .run((context) -> assertThat(context).doesNotHaveBean("futuresWebMvcConfigurer")
                .doesNotHaveBean(UnavailableExceptionHandler.class));
    }

    @Test
    void aResolverOfTheApplicationComesFirst() {
        WebApplicationContextRunner runner = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(FuturesWebMvcAutoConfiguration.class,
                    WebMvcAutoConfiguration.class, DispatcherServletAutoConfiguration.class))
            .withBean(FullController.class);
        runner.run((context) -> assertThat(statusOfFull(context)).isEqualTo(503));
        runner.withUserConfiguration(OwnResolver.class)
            .run((context) -> assertThat(statusOfFull(context)).isEqualTo(418));
    }

    private static int statusOfFull(WebApplicationContext context) throws Exception {
        return MockMvcBuilders.webAppContextSetup(context)
            .build()
            .perform(MockMvcRequestBuilders.get("/full"))
            .andReturn()
            .getResponse()
            .getStatus();
    }

    @Test
    void nothingIsInTheWayOfSomebodyWhoWantsTheResolverOfSpring() {
        new WebApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(FuturesWebMvcAutoConfiguration.class, WebMvcAutoConfiguration.class))
            .run((context) -> assertThat(context.getBean(HandlerExceptionResolver.class))
                .isSameAs(context.getBean("handlerExceptionResolver")));
    }

    @Test
    void nothingIsThereWithoutTheFramework() {
        new WebApplicationContextRunner().withConfiguration(BOTH)
            .withClassLoader(new FilteredClassLoader(WebMvcConfigurer.class))
            .run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("futuresWebMvcConfigurer"));
        new ReactiveWebApplicationContextRunner().withConfiguration(BOTH)
            .withClassLoader(new FilteredClassLoader(WebFluxConfigurer.class))
            .run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(UnavailableExceptionHandler.class));
    }

    @RestController
    static class FullController {

        @GetMapping("/full")
        String full() {
            throw new QueueFullException("full");
        }

    }

    @Configuration(proxyBeanMethods = false)
    static class OwnResolver {

        @Bean
        SimpleMappingExceptionResolver ownResolver() {
            SimpleMappingExceptionResolver resolver = new SimpleMappingExceptionResolver();
            resolver.setDefaultErrorView("busy");
            resolver.setDefaultStatusCode(418);
            return resolver;
        }

    }

}
