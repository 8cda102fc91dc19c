// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.futures.thread.ThreadPoolExecutor;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.SmartLifecycle;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A request that is under way when the application is told to end gets its answer from a
 * pool: the web server drains before pools do.
 */
class GracefulShutdownTests {

    private static final long LONG = 60;

    @Test
    void aRequestUnderWayIsAnsweredByATaskThatIsSubmittedWhileTheServerDrains() {
        new WebApplicationContextRunner(AnnotationConfigServletWebServerApplicationContext::new)
            .withConfiguration(AutoConfigurations.of(FuturesAutoConfiguration.class, LifecycleAutoConfiguration.class,
                    TomcatServletWebServerAutoConfiguration.class, DispatcherServletAutoConfiguration.class,
                    WebMvcAutoConfiguration.class))
            .withPropertyValues("server.port=0", "server.shutdown=graceful",
                    "futures.thread-pools.reports.max-workers=1")
            .withBean(Reports.class)
            .withBean(Draining.class)
            .withBean(AfterServer.class)
            .run((context) -> {
                Reports reports = context.getBean(Reports.class);
                AfterServer afterServer = context.getBean(AfterServer.class);
                int port = context.getSourceApplicationContext(AnnotationConfigServletWebServerApplicationContext.class)
                    .getWebServer()
                    .getPort();
                HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/report"))
                    .timeout(Duration.ofSeconds(LONG))
                    .build();
                CompletableFuture<HttpResponse<String>> answer = HttpClient.newHttpClient()
                    .sendAsync(request, HttpResponse.BodyHandlers.ofString());
                assertThat(reports.underWay.await(LONG, TimeUnit.SECONDS)).isTrue();
                context.close();
                assertThat(answer.get(LONG, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
                assertThat(answer.get().body()).isEqualTo("report by reports_0");
                assertThat(afterServer.result).isEqualTo(1);
            });
    }

    @Test
    void poolsStopAfterTheWebServerAndBeforeWhatHasNoPhase() {
        assertThat(PoolLifecycle.PHASE).isLessThan(WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE)
            .isLessThan(WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE)
            .isGreaterThan(0);
    }

    @RestController
    static class Reports {

        private final CountDownLatch underWay = new CountDownLatch(1);

        private final CountDownLatch draining = new CountDownLatch(1);

        private final ThreadPoolExecutor reports;

        Reports(ThreadPoolExecutor reports) {
            this.reports = reports;
        }

        @GetMapping("/report")
        String report() throws Exception {
            this.underWay.countDown();
            assertThat(this.draining.await(LONG, TimeUnit.SECONDS)).isTrue();
            return this.reports.submit(() -> "report by " + Thread.currentThread().getName())
                .result(Duration.ofSeconds(LONG));
        }

    }

    /**
     * Does something at one point of the shutdown.
     */
    private abstract static class Step implements SmartLifecycle {

        private final int phase;

        private volatile boolean running;

        Step(int phase) {
            this.phase = phase;
        }

        @Override
        public void start() {
            this.running = true;
        }

        @Override
        public void stop() {
            this.running = false;
            act();
        }

        abstract void act();

        @Override
        public boolean isRunning() {
            return this.running;
        }

        @Override
        public int getPhase() {
            return this.phase;
        }

    }

    /**
     * Lets the request go on when the server drains.
     */
    static class Draining extends Step {

        private final Reports reports;

        Draining(Reports reports) {
            super(WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE);
            this.reports = reports;
        }

        @Override
        void act() {
            this.reports.draining.countDown();
        }

    }

    /**
     * Has work for a pool when the server is gone.
     */
    static class AfterServer extends Step {

        private final ThreadPoolExecutor reports;

        private volatile int result;

        AfterServer(ThreadPoolExecutor reports) {
            super(WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE - 1);
            this.reports = reports;
        }

        @Override
        void act() {
            try {
                this.result = this.reports.submit(() -> 1).result(Duration.ofSeconds(LONG));
            }
            catch (Exception ex) {
                throw new IllegalStateException(ex);
            }
        }

    }

}
