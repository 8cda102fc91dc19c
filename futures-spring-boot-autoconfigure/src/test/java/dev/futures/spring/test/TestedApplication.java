// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.test;

import dev.futures.Future;
import dev.futures.Futures;
import dev.futures.spring.SubmitAsync;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * What the tests of this package test.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class TestedApplication {

    @Bean
    Renderer renderer() {
        return new Renderer();
    }

    static class Renderer {

        int calls;

        @SubmitAsync
        Future<Thread> inDefaultPool() {
            return Futures.completed(Thread.currentThread());
        }

        @SubmitAsync(executor = "documents", name = "render #{#page}")
        Future<Object> render(Object page) {
            this.calls++;
            return Futures.completed(page);
        }

        @SubmitAsync("documents")
        Future<Long> process() {
            return Futures.completed(ProcessHandle.current().pid());
        }

        int calls() {
            return this.calls;
        }

    }

}
