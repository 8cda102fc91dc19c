// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure.slice;

import dev.futures.Executor;
import dev.futures.Future;
import dev.futures.Futures;
import dev.futures.QueueFullException;
import dev.futures.spring.SubmitAsync;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * An application of which tests see only a slice.
 */
@SpringBootApplication
class SliceApplication {

    @RestController
    static class SlicedController {

        private final Executor pool;

        private final Reports reports;

        SlicedController(Executor futuresThreadPool, Reports reports) {
            this.pool = futuresThreadPool;
            this.reports = reports;
        }

        @GetMapping("/injected")
        ResponseEntity<Future<String>> injected() {
            return ResponseEntity.accepted().body(this.pool.submit(() -> "by " + threadName()));
        }

        @GetMapping("/advised")
        Future<String> advised() {
            return this.reports.report();
        }

        @GetMapping("/full")
        Future<String> full() {
            throw new QueueFullException("full");
        }

    }

    /** Not in any slice of the web, unless a test imports it. */
    @Component
    static class Reports {

        @SubmitAsync
        public Future<String> report() {
            return Futures.completed("by " + threadName());
        }

    }

    static String threadName() {
        return Thread.currentThread().getName().replaceAll("_.*", "");
    }

}
