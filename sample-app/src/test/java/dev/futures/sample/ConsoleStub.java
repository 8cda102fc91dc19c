// SPDX-License-Identifier: Apache-2.0

package dev.futures.sample;

import java.io.Closeable;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

import dev.futures.spring.boot.autoconfigure.FuturesAutoConfiguration;
import dev.futures.spring.boot.autoconfigure.FuturesEndpointAutoConfiguration;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** An application with the console, whose endpoint of pools answers what a test wants. */
final class ConsoleStub implements Closeable {

    final Map<String, Map<String, Object>> pools = new ConcurrentHashMap<>();

    /**
     * What has been asked to be changed, such as {@code POST mail {"action":"pause"}}.
     */
    final BlockingQueue<String> changes = new LinkedBlockingQueue<>();

    /** What is answered to those who look. */
    volatile int statusOfReads = 200;

    /** What is answered to those who change something. */
    volatile int statusOfChanges = 204;

    /** What came with the last change against requests that others forge. */
    volatile String token;

    private final ConfigurableApplicationContext context;

    ConsoleStub() {
        this.context = new SpringApplicationBuilder(Application.class)
            .initializers((context) -> context.getBeanFactory().registerSingleton("consoleStub", this))
            .run("--server.port=0", "--spring.config.location=optional:classpath:/none/",
                    "--management.endpoints.web.exposure.include=futuresconsole");
    }

    URI base() {
        return URI.create("http://localhost:" + this.context.getEnvironment().getProperty("local.server.port") + "/");
    }

    /** Forgets all but that it runs. */
    void reset() {
        this.pools.clear();
        this.changes.clear();
        this.statusOfReads = 200;
        this.statusOfChanges = 204;
    }

    /**
     * Adds a pool of processes where nothing happens yet; whatever it has can be
     * replaced.
     */
    Map<String, Object> addPool(String name) {
        Map<String, Object> pool = new ConcurrentHashMap<>();
        pool.put("kind", "process");
        pool.put("state", "running");
        pool.put("queueDepth", 3);
        pool.put("queueCapacity", 1000);
        pool.put("workerCounts", Map.of("live", 1, "busy", 1, "idle", 0, "maximum", 4));
        pool.put("restarts", 0);
        pool.put("tasks",
                Map.of("submitted", 10, "succeeded", 7, "failed", 1, "cancelled", 0, "timedOut", 0, "rejected", 2));
        pool.put("operations", true);
        pool.put("workers", new CopyOnWriteArrayList<>());
        pool.put("waiting", new CopyOnWriteArrayList<>());
        pool.put("running", new CopyOnWriteArrayList<>());
        pool.put("failures", new CopyOnWriteArrayList<>());
        pool.put("configuration",
                Map.of("max-workers", 4, "max-heap", 268_435_456, "jvm-options", List.of("-Xss1m", "-ea")));
        this.pools.put(name, pool);
        return pool;
    }

    static Map<String, Object> worker(String name, long task, String taskName, int percent) {
        Map<String, Object> worker = new LinkedHashMap<>();
        worker.put("name", name);
        worker.put("thread", name);
        worker.put("pid", 4711);
        worker.put("state", "busy");
        worker.put("since", Instant.now());
        worker.put("startedAt", Instant.now().minusSeconds(3600));
        worker.put("task", Map.of("id", task, "name", taskName, "progress",
                Map.of("fraction", percent / 100.0, "message", "page " + percent)));
        worker.put("tasksDone", 7);
        worker.put("tasksLimit", 100);
        worker.put("restarts", 1);
        worker.put("memory", Map.of("resident", 81_234_432, "heapUsed", 12_345_678, "heapMax", 67_108_864));
        return worker;
    }

    static Map<String, Object> waiting(long id, String name) {
        return Map.of("id", id, "name", name, "priority", 0, "since", Instant.now());
    }

    static Map<String, Object> running(long id, String name) {
        return Map.of("id", id, "name", name, "since", Instant.now());
    }

    static Map<String, Object> failure(long id, String task, String message) {
        return Map.of("at", Instant.now(), "id", id, "task", task, "outcome", "failed", "worker", "documents_0", "pid",
                4711, "exception", "dev.futures.BrokenExecutorException", "message", message, "stackTrace",
                "dev.futures.BrokenExecutorException: " + message + "\n\tat somewhere");
    }

    /** What was rejected has no number and ran nowhere. */
    static Map<String, Object> rejection(String task) {
        return Map.of("at", Instant.now(), "id", 0, "task", task, "outcome", "rejected", "exception",
                "dev.futures.QueueFullException", "message", "dev.futures.QueueFullException", "stackTrace",
                "dev.futures.QueueFullException\n\tat somewhere");
    }

    @SuppressWarnings("unchecked")
    static List<Object> list(Map<String, Object> pool, String key) {
        return (List<Object>) pool.get(key);
    }

    private ServerResponse show(Object body) {
        return (this.statusOfReads == 200) ? ServerResponse.ok().body(body)
                : ServerResponse.status(this.statusOfReads).build();
    }

    private ServerResponse showPool(ServerRequest request) {
        Map<String, Object> pool = this.pools.get(request.pathVariable("pool"));
        return (pool != null) ? show(pool) : ServerResponse.notFound().build();
    }

    private ServerResponse change(ServerRequest request) throws Exception {
        List<String> parts = new ArrayList<>();
        parts.add(request.method().name());
        parts.add(request.pathVariable("pool"));
        parts.add(request.pathVariables().getOrDefault("task", request.body(String.class)));
        this.token = request.headers().firstHeader("X-XSRF-TOKEN");
        this.changes.add(String.join(" ", parts));
        return (this.statusOfChanges < 300) ? ServerResponse.noContent().build()
                : ServerResponse.status(this.statusOfChanges).body(Map.of("reason", "'maxWorkers' is too large"));
    }

    @Override
    public void close() {
        this.context.close();
    }

    @TestConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration(exclude = { FuturesAutoConfiguration.class, FuturesEndpointAutoConfiguration.class })
    static class Application {

        @Bean
        RouterFunction<ServerResponse> endpoint(ConsoleStub stub) {
            return RouterFunctions.route()
                .GET("/actuator/futures", (request) -> stub.show(Map.of("pools", stub.pools)))
                .GET("/actuator/futures/{pool}", stub::showPool)
                .POST("/actuator/futures/{pool}", stub::change)
                .DELETE("/actuator/futures/{pool}/{task}", stub::change)
                .build();
        }

        @Bean
        Filter strictPolicy() {
            return (request, response, chain) -> {
                ((HttpServletResponse) response).setHeader("Content-Security-Policy", "default-src 'self'");
                chain.doFilter(request, response);
            };
        }

    }

}
