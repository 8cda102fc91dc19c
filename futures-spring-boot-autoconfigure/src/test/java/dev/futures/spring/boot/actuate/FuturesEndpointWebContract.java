// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.actuate;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.futures.BrokenExecutorException;
import dev.futures.Future;
import dev.futures.PoolState;
import dev.futures.TaskOptions;
import dev.futures.process.ProcessPoolExecutor;
import dev.futures.thread.ThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the endpoint does on any web server.
 */
@TestPropertySource(
        properties = { "futures.thread-pools.reports.max-workers=1", "futures.process-pools.documents.max-workers=1",
                "futures.process-pools.documents.max-heap=64MB", "futures.process-pools.documents.death-policy=strict",
                "management.endpoints.web.exposure.include=futures,health",
                "management.endpoint.health.show-details=always", "management.endpoint.futures.access=unrestricted" })
abstract class FuturesEndpointWebContract {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final CountDownLatch release = new CountDownLatch(1);

    private EndpointClient client;

    @Autowired
    @Qualifier("reports")
    private ThreadPoolExecutor reports;

    @Autowired
    @Qualifier("documents")
    private ProcessPoolExecutor documents;

    @Autowired
    void port(@Value("${local.server.port}") int port) {
        this.client = EndpointClient.of(port);
    }

    @AfterEach
    void reset() {
        this.release.countDown();
        this.reports.resume();
        this.reports.resize(1);
    }

    @Test
    void aPoolIsResized() throws Exception {
        assertThat(this.client.post("/reports", "{\"maxWorkers\": 3}").status()).isEqualTo(204);
        assertThat(this.reports.maxWorkers()).isEqualTo(3);
        assertThat(this.client.get("/reports").read("$.workerCounts.maximum")).isEqualTo(3);
        assertThat(this.client.get("/reports").read("$.configuration['max-workers']")).isEqualTo(3);
    }

    @Test
    void timesAndDurationsAreInIsoFormatAndSizesInBytes() throws Exception {
        this.reports.submit(() -> 1).result(PATIENCE);
        String since = (String) this.client.get("/reports").read("$.workers[0].since");
        assertThat(Instant.parse(since)).isBeforeOrEqualTo(Instant.now());
        EndpointClient.Answer documents = this.client.get("/documents");
        assertThat(documents.read("$.configuration['start-timeout']")).isEqualTo("PT1M");
        assertThat(documents.read("$.configuration['stop-grace']")).isEqualTo("PT0.5S");
        assertThat(documents.read("$.configuration['max-heap']")).isEqualTo(64 << 20);
    }

    @Test
    void aPoolIsPausedAndResumed() throws Exception {
        assertThat(this.client.post("/reports", "{\"action\": \"pause\"}").status()).isEqualTo(204);
        Future<Integer> waiting = this.reports.submit(() -> 1, TaskOptions.named("waits"));
        EndpointClient.Answer answer = this.client.get("/reports");
        assertThat(answer.read("$.state")).isEqualTo("paused");
        assertThat(answer.read("$.waiting[*].name")).isEqualTo(List.of("waits"));
        assertThat(answer.read("$.operations")).isEqualTo(true);
        assertThat(this.client.post("/reports", "{\"action\": \"resume\"}").status()).isEqualTo(204);
        assertThat(waiting.result(PATIENCE)).isOne();
    }

    @Test
    void workersAreRecycledAllOrOne() throws Exception {
        Thread first = this.reports.submit(Thread::currentThread).result(PATIENCE);
        assertThat(this.client.post("/reports", "{\"action\": \"recycle\"}").status()).isEqualTo(204);
        Thread second = this.reports.submit(Thread::currentThread).result(PATIENCE);
        assertThat(second).isNotSameAs(first);
        assertThat(this.client.post("/reports", "{\"action\": \"recycle\", \"worker\": \"" + second.getName() + "\"}")
            .status()).isEqualTo(204);
        assertThat(this.reports.submit(Thread::currentThread).result(PATIENCE)).isNotSameAs(second);
    }

    @Test
    void tasksThatWaitAndThatRunAreCancelled() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        Future<?> running = this.reports.submit(() -> {
            started.countDown();
            return this.release.await(60, TimeUnit.SECONDS);
        });
        assertThat(started.await(60, TimeUnit.SECONDS)).isTrue();
        Future<?> waiting = this.reports.submit(() -> 1);
        EndpointClient.Answer answer = this.client.get("/reports");
        Object runs = ((List<?>) answer.read("$.workers[*].task.id")).get(0);
        Object waits = answer.read("$.waiting[0].id");
        assertThat(this.client.delete("/reports/" + waits).status()).isEqualTo(204);
        assertThat(this.client.delete("/reports/" + runs).status()).isEqualTo(204);
        assertThat(List.of(waiting.isCancelled(), running.isCancelled())).containsOnly(true);
        EndpointClient.Answer again = this.client.delete("/reports/" + waits);
        assertThat(again.status()).isEqualTo(404);
        assertThat(again.read("$.reason")).isEqualTo("pool 'reports' has no task " + waits + " that waits or runs");
    }

    @Test
    void aBrokenPoolIsShownAndHealed() throws Exception {
        Future<?> killer = this.documents.submit(() -> {
            Runtime.getRuntime().halt(3);
            return 0;
        }, TaskOptions.named("killer"));
        assertThat(killer.exception(PATIENCE)).isInstanceOf(BrokenExecutorException.class);
        assertThat(this.documents.statistics().state()).isEqualTo(PoolState.BROKEN);
        EndpointClient.Answer answer = this.client.get("/documents");
        assertThat(answer.read("$.state")).isEqualTo("broken");
        assertThat(answer.read("$.brokenBy")).asString().contains("exited with status 3 while running task 'killer'");
        assertThat(answer.read("$.failures[0].task")).isEqualTo("killer");
        assertThat(answer.read("$.failures[0].outcome")).isEqualTo("failed");
        assertThat(answer.read("$.failures[0].worker")).isEqualTo("documents_0");
        assertThat(answer.read("$.failures[0].pid")).isInstanceOf(Integer.class);
        assertThat(this.client.post("/documents", "{\"action\": \"heal\"}").status()).isEqualTo(204);
        assertThat(this.documents.submit(() -> 1).result(PATIENCE)).isOne();
        assertThat(this.client.get("/documents").body()).contains("\"state\":\"running\"").doesNotContain("brokenBy");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`',
            textBlock = """
                    {"action": "explode"}                   ; 'action' must be 'pause', 'resume', 'recycle' or 'heal' but was 'explode'
                    {"maxWorkers": 0}                       ; maxWorkers must be greater than 0 but was 0
                    {"maxWorkers": -1}                      ; maxWorkers must be greater than 0 but was -1
                    {"maxWorkers": 1000000}                 ; `maxWorkers must be at most 32767 but was 1000000; choose a smaller number and let tasks wait`
                    {}                                      ; either 'maxWorkers' or 'action' must be given, and not both
                    {"maxWorkers": 2, "action": "pause"}    ; either 'maxWorkers' or 'action' must be given, and not both
                    {"action": "pause", "worker": "a"}      ; 'worker' can be given only with the action 'recycle'
                    {"maxWorkers": 2, "worker": "a"}        ; 'worker' can be given only with the action 'recycle'
                    """)
    void whatIsNotClearIsRefusedWithTheReason(String json, String reason) throws Exception {
        EndpointClient.Answer answer = this.client.post("/reports", json);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.read("$.reason")).isEqualTo(reason);
        assertThat(this.reports.maxWorkers()).isOne();
        assertThat(this.reports.statistics().state()).isEqualTo(PoolState.RUNNING);
    }

    @ParameterizedTest
    @ValueSource(strings = { "{\"maxWorkers\": \"many\"}", "{\"maxWorkers\": 12345678901}", "{\"maxWorkers\": [1]}",
            "{\"maxWorkers\": {\"a\": 1}}", "[1]", "{" })
    void whatIsNoNumberOrNoObjectIsABadRequest(String json) throws Exception {
        assertThat(this.client.post("/reports", json).status()).isEqualTo(400);
        assertThat(this.reports.maxWorkers()).isOne();
    }

    @Test
    void whatIsNotThereIsNotFound() throws Exception {
        assertThat(this.client.get("/nobody").status()).isEqualTo(404);
        EndpointClient.Answer pool = this.client.post("/nobody", "{\"action\": \"pause\"}");
        assertThat(pool.status()).isEqualTo(404);
        assertThat(pool.read("$.reason")).isEqualTo("there is no pool 'nobody'");
        EndpointClient.Answer worker = this.client.post("/reports", "{\"action\": \"recycle\", \"worker\": \"x\"}");
        assertThat(worker.status()).isEqualTo(404);
        assertThat(worker.read("$.reason")).isEqualTo("pool 'reports' has no worker 'x'");
        assertThat(this.client.delete("/reports/123456").status()).isEqualTo(404);
        assertThat(this.client.delete("/nobody/1").status()).isEqualTo(404);
        assertThat(this.client.delete("/reports/first").status()).isEqualTo(400);
    }

    @Test
    void aPoolMayHaveANameThatHasToBeEncoded() throws Exception {
        assertThat(this.client.get("").read("$.pools['größe <b>'].kind")).isEqualTo("thread");
        assertThat(this.client.get("/gr%C3%B6%C3%9Fe%20%3Cb%3E").read("$.kind")).isEqualTo("thread");
    }

    @Test
    void theHealthOfEachPoolIsTold() throws Exception {
        EndpointClient health = this.client.at("/actuator/health/futures");
        assertThat(health.get("").status()).isEqualTo(200);
        this.reports.pause();
        assertThat(health.get("").status()).isEqualTo(503);
        assertThat(health.get("").read("$.components.reports.status")).isEqualTo("OUT_OF_SERVICE");
        assertThat(health.get("/reports").read("$.details.state")).isEqualTo("paused");
        assertThat(health.get("/documents").read("$.status")).isEqualTo("UP");
    }

    @Test
    void theListHasNoDetails() throws Exception {
        assertThat(this.client.get("").body()).contains("\"operations\":true")
            .doesNotContain("\"waiting\"", "\"failures\"", "\"configuration\"");
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {

        @Bean
        ThreadPoolExecutor odd() {
            return ThreadPoolExecutor.builder().name("größe <b>").build();
        }

    }

}
