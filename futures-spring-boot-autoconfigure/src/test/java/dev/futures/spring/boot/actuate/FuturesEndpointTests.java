// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.actuate;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.futures.Future;
import dev.futures.Futures;
import dev.futures.process.ProcessPoolExecutor;
import dev.futures.spring.SubmitAsync;
import dev.futures.thread.ThreadPoolExecutor;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Scope;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FuturesEndpoint}, and for futures that controllers return.
 */
@SpringBootTest(properties = { "futures.thread-pools.reports.max-workers=2",
        "futures.process-pools.documents.max-workers=1", "futures.process-pools.documents.queue-capacity=17",
        "management.endpoints.web.exposure.include=futures,health" })
@AutoConfigureMockMvc
class FuturesEndpointTests {

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    @Qualifier("reports")
    private ThreadPoolExecutor reports;

    @Autowired
    @Qualifier("documents")
    private ProcessPoolExecutor documents;

    @Test
    void everyPoolIsShownWithItsKindStateQueueAndWorkers() {
        assertThat(this.mvc.get().uri("/actuator/futures")).hasStatusOk().bodyJson().satisfies((json) -> {
            json.assertThat().extractingPath("$.pools.reports.kind").isEqualTo("thread");
            json.assertThat().extractingPath("$.pools.reports.state").isEqualTo("running");
            json.assertThat().extractingPath("$.pools.reports.workerCounts.maximum").isEqualTo(2);
            json.assertThat().extractingPath("$.pools.documents.kind").isEqualTo("process");
            json.assertThat().extractingPath("$.pools.documents.queueCapacity").isEqualTo(17);
        });
    }

    @Test
    void aBusyWorkerIsShownWithItsTask() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Future<Boolean> future = this.reports.submit(() -> {
            started.countDown();
            return release.await(30, TimeUnit.SECONDS);
        }, dev.futures.TaskOptions.named("quarterly report"));
        assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(this.mvc.get().uri("/actuator/futures/reports")).hasStatusOk()
            .bodyJson()
            .extractingPath("$.workers[?(@.state=='busy')].task.name")
            .asArray()
            .containsExactly("quarterly report");
        release.countDown();
        assertThat(future.result()).isTrue();
    }

    @Test
    void aWorkerProcessIsShownWithItsPid() throws Exception {
        long pid = this.documents.submit(() -> ProcessHandle.current().pid()).result();
        assertThat(this.mvc.get().uri("/actuator/futures/documents")).hasStatusOk()
            .bodyJson()
            .extractingPath("$.workers[0].pid")
            .asNumber()
            .isEqualTo((int) pid);
    }

    @Test
    void prototypesAreNotMade() {
        assertThat(this.mvc.get().uri("/actuator/futures")).hasStatusOk().bodyText().doesNotContain("per use");
    }

    @Test
    void anUnknownPoolIsNotFound() {
        assertThat(this.mvc.get().uri("/actuator/futures/nobody")).hasStatus(HttpStatus.NOT_FOUND);
    }

    @Test
    void aControllerMayReturnAFuture() {
        MvcTestResult result = this.mvc.get().uri("/report").exchange();
        assertThat(result).hasStatusOk().hasBodyTextEqualTo("report by reports");
    }

    @Test
    void theExceptionOfATaskReachesTheExceptionHandlerUnwrapped() {
        assertThat(this.mvc.get().uri("/broken").exchange()).hasStatus(HttpStatus.I_AM_A_TEAPOT)
            .hasBodyTextEqualTo("torn");
    }

    @SpringBootApplication
    @Import({ Reports.class, ReportController.class })
    static class Application {

        @Bean
        @Scope("prototype")
        ThreadPoolExecutor perUse() {
            return ThreadPoolExecutor.builder().name("per use").build();
        }

    }

    static class Reports {

        @SubmitAsync("reports")
        public Future<String> report() {
            return Futures.completed("report by " + Thread.currentThread().getName().replaceAll("_.*", ""));
        }

        @SubmitAsync("reports")
        public Future<String> broken() {
            throw new IllegalStateException("torn");
        }

    }

    @RestController
    static class ReportController {

        private final Reports reports;

        ReportController(Reports reports) {
            this.reports = reports;
        }

        @GetMapping("/report")
        Future<String> report() {
            return this.reports.report();
        }

        @GetMapping("/broken")
        Future<String> broken() {
            return this.reports.broken();
        }

        @ExceptionHandler
        @ResponseStatus(HttpStatus.I_AM_A_TEAPOT)
        String torn(IllegalStateException ex) {
            return ex.getMessage();
        }

    }

}
