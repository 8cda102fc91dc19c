// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure.metrics;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.futures.pool.PoolExecutor;
import dev.futures.process.ProcessPoolExecutor;
import dev.futures.process.WorkerDiedException;
import dev.futures.spring.boot.autoconfigure.FuturesAutoConfiguration;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.task.TaskExecutorMetricsAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for what Prometheus reads of pools, beside what Spring Boot says of its own
 * executors.
 */
class PrometheusTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Pattern SAMPLE = Pattern.compile("(\\w+)\\{(.*)} (\\S+)");

    private static final Pattern TAG = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withPropertyValues("futures.thread-pools.reports.max-workers=2",
                "futures.process-pools.documents.max-workers=1", "futures.process-pools.documents.max-heap=64MB")
        .withUserConfiguration(Scheduling.class)
        .withConfiguration(AutoConfigurations.of(FuturesAutoConfiguration.class, FuturesMetricsAutoConfiguration.class,
                TaskExecutionAutoConfiguration.class, TaskSchedulingAutoConfiguration.class,
                TaskExecutorMetricsAutoConfiguration.class, MetricsAutoConfiguration.class,
                CompositeMeterRegistryAutoConfiguration.class, PrometheusMetricsExportAutoConfiguration.class));

    @Test
    void poolsAndExecutorsOfSpringBootShareNamesAndTags() {
        this.runner.run((context) -> {
            context.getBean("reports", PoolExecutor.class).submit(() -> "done").result(PATIENCE);
            List<Sample> samples = scrape(context.getBean(PrometheusMeterRegistry.class));
            for (String name : List.of("executor_pool_size_threads", "executor_pool_core_threads",
                    "executor_pool_max_threads", "executor_active_threads", "executor_queued_tasks",
                    "executor_queue_remaining_tasks", "executor_completed_tasks_total")) {
                assertThat(samples).filteredOn((sample) -> sample.name().equals(name))
                    .as(name)
                    .extracting(Sample::tags)
                    .containsExactlyInAnyOrder(Map.of("name", "applicationTaskExecutor"),
                            Map.of("name", "taskScheduler"), Map.of("name", "reports"), Map.of("name", "documents"));
            }
        });
    }

    @Test
    void eachNameHasOneSetOfTagsAndThoseThatAreDocumented() {
        this.runner.run((context) -> {
            context.getBean("reports", PoolExecutor.class).submit(() -> "done").result(PATIENCE);
            Map<String, Set<String>> tags = new TreeMap<>();
            for (Sample sample : scrape(context.getBean(PrometheusMeterRegistry.class))) {
                if (sample.name().startsWith("futures_")) {
                    Set<String> keys = new TreeSet<>(sample.tags().keySet());
                    assertThat(tags.computeIfAbsent(sample.name(), (name) -> keys)).as(sample.name()).isEqualTo(keys);
                }
            }
            Set<String> pool = Set.of("name", "kind");
            Set<String> run = Set.of("name", "kind", "outcome");
            assertThat(tags).containsExactlyInAnyOrderEntriesOf(Map.ofEntries(Map.entry("futures_pool_broken", pool),
                    Map.entry("futures_queue_age_seconds", pool), Map.entry("futures_tasks_seconds_count", run),
                    Map.entry("futures_tasks_seconds_sum", run), Map.entry("futures_tasks_seconds_max", run),
                    Map.entry("futures_tasks_wait_seconds_count", pool),
                    Map.entry("futures_tasks_wait_seconds_sum", pool),
                    Map.entry("futures_tasks_wait_seconds_max", pool), Map.entry("futures_tasks_cancelled_total", pool),
                    Map.entry("futures_tasks_rejected_total", pool), Map.entry("futures_tasks_timeouts_total", pool),
                    Map.entry("futures_workers", Set.of("name", "kind", "state")),
                    Map.entry("futures_workers_memory_heap_bytes", pool),
                    Map.entry("futures_workers_memory_heap_largest_bytes", pool),
                    Map.entry("futures_workers_memory_resident_bytes", pool),
                    Map.entry("futures_workers_memory_resident_largest_bytes", pool),
                    Map.entry("futures_workers_restarts_total", pool)));
        });
    }

    @Test
    void processesHaveMemoryAndRestarts() {
        this.runner.run((context) -> {
            ProcessPoolExecutor pool = context.getBean("documents", ProcessPoolExecutor.class);
            PrometheusMeterRegistry registry = context.getBean(PrometheusMeterRegistry.class);
            assertThat(value(registry, "futures_workers_memory_resident_bytes")).isZero();
            assertThat(pool.submit(() -> Runtime.getRuntime().halt(1)).exception(PATIENCE))
                .isInstanceOf(WorkerDiedException.class);
            assertThat(pool.submit(() -> "done").result(PATIENCE)).isEqualTo("done");
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(value(registry, "futures_workers_restarts_total")).isEqualTo(1);
                assertThat(value(registry, "futures_workers_memory_heap_bytes")).isPositive();
            });
            assertThat(value(registry, "futures_workers_memory_resident_bytes")).isPositive()
                .isEqualTo(value(registry, "futures_workers_memory_resident_largest_bytes"));
            List<Sample> samples = scrape(registry);
            assertThat(samples).filteredOn((sample) -> sample.name().equals("futures_tasks_seconds_count"))
                .extracting(Sample::tags)
                .containsExactlyInAnyOrder(Map.of("name", "documents", "kind", "process", "outcome", "ERROR"),
                        Map.of("name", "documents", "kind", "process", "outcome", "SUCCESS"));
        });
    }

    @Test
    void aPoolThatEndsWhileItIsReadIsNotReadAgain() {
        this.runner.run((context) -> {
            PrometheusMeterRegistry registry = context.getBean(PrometheusMeterRegistry.class);
            context.getBean("reports", PoolExecutor.class).close();
            await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(scrape(registry)).extracting((sample) -> sample.tags().get("name"))
                    .contains("documents", "taskScheduler")
                    .doesNotContain("reports"));
        });
    }

    private static double value(PrometheusMeterRegistry registry, String name) {
        return scrape(registry).stream()
            .filter((sample) -> sample.name().equals(name) && "documents".equals(sample.tags().get("name")))
            .findFirst()
            .orElseThrow()
            .value();
    }

    private static List<Sample> scrape(PrometheusMeterRegistry registry) {
        return Arrays.stream(registry.scrape().split("\n"))
            .filter((line) -> !line.startsWith("#") && line.contains("{"))
            .map(PrometheusTests::sample)
            .toList();
    }

    private static Sample sample(String line) {
        Matcher matcher = SAMPLE.matcher(line);
        assertThat(matcher.matches()).as(line).isTrue();
        Map<String, String> tags = TAG.matcher(matcher.group(2))
            .results()
            .collect(Collectors.toMap((tag) -> tag.group(1), (tag) -> tag.group(2)));
        return new Sample(matcher.group(1), tags, Double.parseDouble(matcher.group(3)));
    }

    private record Sample(String name, Map<String, String> tags, double value) {

    }

    @Configuration(proxyBeanMethods = false)
    @EnableScheduling
    static class Scheduling {

    }

}
