// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.futures.pool.PoolExecutor;
import dev.futures.spring.boot.actuate.FuturesEndpoint;
import dev.futures.spring.boot.autoconfigure.FuturesAutoConfiguration;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What docs/monitoring.md and the files beside it say has to be so.
 */
class MonitoringDocumentTests {

    private static final Path DOCS = Path.of("").toAbsolutePath().resolveSibling("docs");

    private static final Pattern METER = Pattern.compile("\\b(?:futures|executor)_[a-z_]+[a-z]\\b");

    private static final Pattern ALERT = Pattern.compile("alert: (\\w+)");

    private static String read(String name) throws IOException {
        return Files.readString(DOCS.resolve(name));
    }

    private static Set<String> found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        Set<String> found = new TreeSet<>();
        while (matcher.find()) {
            found.add((matcher.groupCount() > 0) ? matcher.group(1) : matcher.group());
        }
        return found;
    }

    /** The names in a scrape of an application with a pool of each kind. */
    private static Set<String> meters() {
        Set<String> meters = new TreeSet<>();
        new ApplicationContextRunner()
            .withPropertyValues("futures.thread-pools.reports.max-workers=2",
                    "futures.process-pools.documents.max-workers=1")
            .withConfiguration(AutoConfigurations.of(FuturesAutoConfiguration.class,
                    FuturesMetricsAutoConfiguration.class, MetricsAutoConfiguration.class,
                    CompositeMeterRegistryAutoConfiguration.class, PrometheusMetricsExportAutoConfiguration.class))
            .run((context) -> {
                context.getBean("reports", PoolExecutor.class).submit(() -> 1).result();
                context.getBean(PrometheusMeterRegistry.class).scrape().lines().forEach((line) -> {
                    if (!line.startsWith("#")) {
                        meters.add(line.replaceFirst("\\W.*", ""));
                    }
                });
            });
        return meters;
    }

    @Test
    void rulesAndDashboardAskForMetersThatThereAre() throws IOException {
        Set<String> meters = meters();
        assertThat(meters).containsAll(found(METER, read("monitoring/prometheus-rules.yaml")));
        assertThat(meters).containsAll(found(METER, read("monitoring/prometheus-rules-tests.yaml")));
        assertThat(meters).containsAll(found(METER, read("monitoring/grafana-dashboard.json")));
    }

    @Test
    void everyMeterIsExplained() throws IOException {
        String text = read("monitoring.md");
        Set<String> explained = found(METER, text);
        Set<String> families = meters().stream()
            .filter((name) -> METER.matcher(name).matches())
            .map((name) -> name.replaceFirst("(_count|_sum|_max)$", "").replace("_largest", ""))
            .map((name) -> name.replaceFirst("_pool_(core|max)_", "_pool_size_"))
            .map((name) -> name.replaceFirst("executor_pool$", "executor_pool_max_threads"))
            .collect(Collectors.toCollection(TreeSet::new));
        assertThat(explained).containsAll(families);
        assertThat(families).containsAll(explained);
    }

    @Test
    void everyAlertIsExplainedAndTested() throws IOException {
        Set<String> alerts = found(ALERT, read("monitoring/prometheus-rules.yaml"));
        assertThat(alerts).hasSizeGreaterThan(5);
        assertThat(found(Pattern.compile("(?m)^\\| `(Futures\\w+)` \\|"), read("monitoring.md"))).isEqualTo(alerts);
        assertThat(found(Pattern.compile("alertname=\"(\\w+)\""), read("monitoring/prometheus-rules-tests.yaml")))
            .isEqualTo(alerts);
    }

    @Test
    void theDashboardIsWellFormed() throws IOException {
        JsonNode dashboard = JsonMapper.shared().readTree(read("monitoring/grafana-dashboard.json"));
        List<Integer> ids = dashboard.get("panels").findValues("id").stream().map(JsonNode::asInt).toList();
        assertThat(ids).hasSizeGreaterThan(10).doesNotHaveDuplicates();
        assertThat(dashboard.findValuesAsString("expr")).hasSizeGreaterThan(10)
            .allMatch((expression) -> expression.contains("instance=~\"$instance\", name=~\"$pool\""));
    }

    @Test
    void theCodeThatIsShownIsTested() throws IOException {
        Path tests = Path.of("src/test/java");
        String tested = Files
            .readString(tests.resolve(FuturesEndpoint.class.getPackageName().replace('.', '/'))
                .resolve("FuturesEndpointSecurityTests.java"))
                + Files.readString(tests.resolve(getClass().getPackageName().replace('.', '/'))
                    .resolve("MetricsOfApplicationsTests.java"));
        List<String> blocks = Pattern.compile("```java\\R(.*?)```", Pattern.DOTALL)
            .matcher(read("monitoring.md"))
            .results()
            .map((block) -> block.group(1))
            .toList();
        assertThat(blocks).hasSize(2).allSatisfy((block) -> assertThat(tested.indent(-8)).contains(block));
    }

}
