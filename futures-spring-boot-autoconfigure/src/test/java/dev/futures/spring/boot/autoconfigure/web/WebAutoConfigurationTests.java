// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure.web;

import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

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
    void nothingIsThereWithoutTheFramework() {
        new WebApplicationContextRunner().withConfiguration(BOTH)
            .withClassLoader(new FilteredClassLoader(WebMvcConfigurer.class))
            .run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("futuresWebMvcConfigurer"));
        new ReactiveWebApplicationContextRunner().withConfiguration(BOTH)
            .withClassLoader(new FilteredClassLoader(WebFluxConfigurer.class))
            .run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(UnavailableExceptionHandler.class));
    }

}
