// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.context;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.sun.net.httpserver.HttpServer;
import dev.futures.Future;
import dev.futures.Futures;
import dev.futures.TaskOptions;
import dev.futures.process.ProcessPoolExecutor;
import dev.futures.spring.SubmitAsync;
import dev.futures.spring.boot.autoconfigure.FuturesAutoConfiguration;
import dev.futures.spring.boot.autoconfigure.FuturesContextAutoConfiguration;
import dev.futures.spring.support.RecordedLog;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SdkTracerProviderBuilder;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.SdkTracerProviderBuilderCustomizer;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for traces that go on in worker processes, with a collector that both sides send
 * their spans to.
 */
class ProcessTraceTests {

    private final Map<String, Received> spans = new ConcurrentHashMap<>();

    private final Map<String, String> statuses = new ConcurrentHashMap<>();

    private HttpServer collector;

    private ApplicationContextRunner runner;

    @BeforeEach
    void start() throws IOException {
        this.collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        this.collector.createContext("/", (exchange) -> {
            String[] parts = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8).split(",");
            this.statuses.put(parts[0], parts[4]);
            this.spans.put(parts[0], new Received(parts[1], parts[2], parts[3]));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        this.collector.start();
        String url = "http://127.0.0.1:" + this.collector.getAddress().getPort() + "/";
        this.runner = Contexts.runner()
            .withPropertyValues("test.collector=" + url, "management.tracing.sampling.probability=1",
                    "management.tracing.export.enabled=true", "futures.process-pools.processes.max-workers=1",
                    "futures.process-pools.processes.max-heap=128MB",
                    "futures.process-pools.processes.worker.properties[test.collector]=" + url,
                    "futures.process-pools.processes.worker.properties[management.tracing.sampling.probability]=1");
    }

    @AfterEach
    void stop() {
        this.collector.stop(0);
        Contexts.clear();
    }

    private ApplicationContextRunner traced() {
        return this.runner
            .withConfiguration(AutoConfigurations.of(OpenTelemetryTracingAutoConfiguration.class,
                    MicrometerTracingAutoConfiguration.class))
            .withUserConfiguration(Sdk.class)
            .withBean(Exporting.class);
    }

    private Received span(String name) {
        await().atMost(Contexts.PATIENCE).untilAsserted(() -> assertThat(this.spans).containsKey(name));
        return this.spans.get(name);
    }

    @Test
    void aSpanThatATaskOpensInItsProcessBelongsToTheTraceOfItsSubmitter() {
        traced().withBean(Reports.class)
            .withPropertyValues(
                    "futures.process-pools.processes.worker.configuration-classes=" + TracedWorker.class.getName())
            .run((context) -> {
                Tracer tracer = context.getBean(Tracer.class);
                Span request = tracer.nextSpan().name("request").start();
                try (RecordedLog log = new RecordedLog()) {
                    try (Tracer.SpanInScope scope = tracer.withSpan(request)) {
                        assertThat(scope).isNotNull();
                        assertThat(context.getBean(Reports.class).report().result(Contexts.PATIENCE))
                            .isEqualTo(request.context().traceId());
                    }
                    request.end();
                    await().atMost(Contexts.PATIENCE)
                        .untilAsserted(() -> assertThat(log.messages()).anyMatch((line) -> line.contains("reporting")
                                && line.contains("traceId=" + request.context().traceId())));
                }
                Received task = span("task ProcessTraceTests.Reports.report");
                assertThat(span("request").traceId()).isEqualTo(request.context().traceId());
                assertThat(task)
                    .isEqualTo(new Received(request.context().traceId(), task.spanId(), request.context().spanId()));
                assertThat(span("print"))
                    .isEqualTo(new Received(request.context().traceId(), span("print").spanId(), task.spanId()));
                assertThat(context.getBean(Reports.class).report().result(Contexts.PATIENCE)).isEqualTo("none");
            });
    }

    @Test
    void theSpanOfATaskThatFailsHasItsFailureAndThatOfAnotherHasNone() {
        traced().withBean(Reports.class)
            .withPropertyValues(
                    "futures.process-pools.processes.worker.configuration-classes=" + TracedWorker.class.getName())
            .run((context) -> {
                Tracer tracer = context.getBean(Tracer.class);
                Span request = tracer.nextSpan().name("request").start();
                Reports reports = context.getBean(Reports.class);
                try (Tracer.SpanInScope scope = tracer.withSpan(request)) {
                    assertThat(scope).isNotNull();
                    assertThat(reports.tear().exception(Contexts.PATIENCE))
                        .isExactlyInstanceOf(IllegalStateException.class)
                        .hasMessage("torn");
                    assertThat(reports.report().exception(Contexts.PATIENCE)).isNull();
                }
                span("task ProcessTraceTests.Reports.tear");
                span("task ProcessTraceTests.Reports.report");
                assertThat(this.statuses).containsEntry("task ProcessTraceTests.Reports.tear", "ERRORtorn")
                    .containsEntry("task ProcessTraceTests.Reports.report", "UNSET");
                assertThat(reports.tear().exception(Contexts.PATIENCE)).hasMessage("torn");
            });
    }

    @Test
    void theSpanOfATaskThatIsSubmittedAsItIsHasItsFailure() {
        traced()
            .withPropertyValues(
                    "futures.process-pools.processes.worker.configuration-classes=" + TracedWorker.class.getName())
            .run((context) -> {
                Tracer tracer = context.getBean(Tracer.class);
                Span request = tracer.nextSpan().name("request").start();
                ProcessPoolExecutor pool = context.getBean("processes", ProcessPoolExecutor.class);
                try (Tracer.SpanInScope scope = tracer.withSpan(request)) {
                    assertThat(scope).isNotNull();
                    assertThat(pool.submit(ProcessTraceTests::tear, TaskOptions.named("tear"))
                        .exception(Contexts.PATIENCE)).hasMessage("torn");
                    assertThat(pool.submit(() -> "done", TaskOptions.named("mend")).result(Contexts.PATIENCE))
                        .isEqualTo("done");
                }
                span("task tear");
                span("task mend");
                assertThat(this.statuses).containsEntry("task tear", "ERRORtorn").containsEntry("task mend", "UNSET");
            });
    }

    private static String tear() {
        throw new IllegalStateException("torn");
    }

    @Test
    void aProcessWithoutATracerRunsTasksOfTracesAllTheSame() {
        traced().run((context) -> {
            Tracer tracer = context.getBean(Tracer.class);
            Span request = tracer.nextSpan().name("request").start();
            ProcessPoolExecutor pool = context.getBean("processes", ProcessPoolExecutor.class);
            try (Tracer.SpanInScope scope = tracer.withSpan(request)) {
                assertThat(scope).isNotNull();
                assertThat(pool.submit(() -> "done").result(Contexts.PATIENCE)).isEqualTo("done");
            }
        });
    }

    @Test
    void withoutTheClassesOfTracingTasksRunAllTheSame() {
        this.runner.withClassLoader(new FilteredClassLoader("io.micrometer.tracing")).run((context) -> {
            ProcessPoolExecutor pool = context.getBean("processes", ProcessPoolExecutor.class);
            assertThat(pool.submit(() -> "done").result(Contexts.PATIENCE)).isEqualTo("done");
        });
    }

    @Test
    void theAutoConfigurationNeedsNoClassOfTracing() {
        new ApplicationContextRunner().withClassLoader(new FilteredClassLoader("io.micrometer"))
            .withConfiguration(
                    AutoConfigurations.of(FuturesAutoConfiguration.class, FuturesContextAutoConfiguration.class))
            .run((context) -> assertThat(context.getBean(ProcessPoolExecutor.class)).isNotNull());
    }

    private record Received(String traceId, String spanId, String parentId) {

    }

    static class Reports {

        private final ObjectProvider<Tracer> tracer;

        Reports(ObjectProvider<Tracer> tracer) {
            this.tracer = tracer;
        }

        @SubmitAsync("processes")
        public Future<String> tear() {
            throw new IllegalStateException("torn");
        }

        @SubmitAsync("processes")
        public Future<String> report() {
            LoggerFactory.getLogger(Reports.class).info("reporting");
            Tracer present = this.tracer.getObject();
            Span current = present.currentSpan();
            if (current == null) {
                return Futures.completed("none");
            }
            Span print = present.nextSpan().name("print").start();
            print.end();
            return Futures.completed(print.context().traceId());
        }

    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({ OpenTelemetryTracingAutoConfiguration.class, MicrometerTracingAutoConfiguration.class })
    @Import(Sdk.class)
    static class TracedWorker {

        @Bean
        Exporting exporting(@Value("${test.collector}") String url) {
            return new Exporting(url);
        }

    }

    /** As Spring Boot has it, from 4.1 on in a place of its own. */
    @Configuration(proxyBeanMethods = false)
    static class Sdk {

        @Bean
        Resource resource() {
            return Resource.getDefault();
        }

        @Bean
        OpenTelemetry openTelemetry(SdkTracerProvider tracers, ContextPropagators propagators) {
            return OpenTelemetrySdk.builder().setTracerProvider(tracers).setPropagators(propagators).build();
        }

    }

    /** Sends each span at once: a process may end without a word. */
    static class Exporting implements SdkTracerProviderBuilderCustomizer, SpanExporter {

        private final HttpClient client = HttpClient.newHttpClient();

        private final URI url;

        Exporting(@Value("${test.collector}") String url) {
            this.url = URI.create(url);
        }

        @Override
        public void customize(SdkTracerProviderBuilder builder) {
            builder.addSpanProcessor(SimpleSpanProcessor.create(this));
        }

        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            for (SpanData span : spans) {
                String line = String.join(",", span.getName(), span.getTraceId(), span.getSpanId(),
                        span.getParentSpanId(), span.getStatus().getStatusCode() + span.getStatus().getDescription());
                try {
                    this.client.send(
                            HttpRequest.newBuilder(this.url).POST(HttpRequest.BodyPublishers.ofString(line)).build(),
                            HttpResponse.BodyHandlers.discarding());
                }
                catch (IOException ex) {
                    throw new UncheckedIOException(ex);
                }
                catch (InterruptedException ex) {
                    Thread.currentThread().interrupt();
                }
            }
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }

    }

}
