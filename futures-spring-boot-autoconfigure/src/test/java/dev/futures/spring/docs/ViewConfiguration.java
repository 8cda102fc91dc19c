// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.docs;

import java.util.concurrent.ExecutorService;

import dev.futures.Executor;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

// tag::view[]
@Configuration(proxyBeanMethods = false)
class ViewConfiguration {

    @Bean(defaultCandidate = false, destroyMethod = "")
    ExecutorService mailExecutorService(@Qualifier("mail") Executor pool) {
        return pool.asExecutorService();
    }

}
// end::view[]
