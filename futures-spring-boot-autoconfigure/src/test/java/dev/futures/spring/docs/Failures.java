// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.docs;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;

import dev.futures.spring.SubmitAsyncExceptionHandler;
import dev.futures.spring.SubmitAsyncFailedEvent;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;

// tag::failures[]
@Configuration(proxyBeanMethods = false)
class Failures {

    private final BlockingQueue<String> failed = new LinkedBlockingQueue<>();

    @Bean
    @Order(1)
    SubmitAsyncExceptionHandler ignoreCancelled() {
        return (failure, method, arguments) -> failure instanceof CancellationException; // handled:
                                                                                         // not
                                                                                         // logged
    }

    @EventListener
    void count(SubmitAsyncFailedEvent event) {
        this.failed.add(event.getMethod().getName());
    }

    BlockingQueue<String> failed() {
        return this.failed;
    }

}
// end::failures[]
