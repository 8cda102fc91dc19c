// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure.web;

import java.util.List;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for futures that handler methods of
 * Spring MVC return.
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(WebMvcConfigurer.class)
public final class FuturesWebMvcAutoConfiguration {

    @Bean
    WebMvcConfigurer futuresWebMvcConfigurer() {
        return new FuturesWebMvcConfigurer();
    }

    /**
     * Not by way of the configurer: the resolvers of Spring, among which it would be,
     * come before those that the application has of its own. Nobody who asks for a
     * resolver means this one.
     */
    @Bean(defaultCandidate = false)
    HandlerExceptionResolver futuresUnavailableExceptionResolver() {
        return new UnavailableExceptionResolver();
    }

    private static final class FuturesWebMvcConfigurer implements WebMvcConfigurer {

        @Override
        public void addReturnValueHandlers(List<HandlerMethodReturnValueHandler> handlers) {
            handlers.add(new FutureReturnValueHandler());
        }

    }

}
