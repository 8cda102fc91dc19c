// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.docs;

import dev.futures.spring.boot.autoconfigure.ThreadPoolBuilderCustomizer;
import dev.futures.thread.ThreadPoolExecutor;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

// tag::customize[]
@Configuration(proxyBeanMethods = false)
class PoolConfiguration {

    @Bean
    ThreadPoolBuilderCustomizer warmUp() {
        return (name, builder) -> builder.initializer(() -> Greetings.load());
    }

    @Bean
    ThreadPoolExecutor computations() {
        return ThreadPoolExecutor.builder().name("computations").queueCapacity(10).build();
    }

}
// end::customize[]
