// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.futures.pool.QueueFullPolicy;
import dev.futures.process.ProcessPoolBuilder;
import dev.futures.thread.ThreadPoolExecutor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.context.properties.bind.BindableRuntimeHintsRegistrar;
import org.springframework.test.util.ReflectionTestUtils;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Tests for what builders are told by {@link PoolProperties} and
 * {@link ProcessPoolProperties}.
 */
class PoolPropertiesTests {

    private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private static final String DIRECTORY = Path.of("").toAbsolutePath().toString();

    static Stream<Arguments> common() {
        return Stream.of(arguments("max-workers", "3", "maxWorkers", "3"),
                arguments("min-workers", "2", "minWorkers", "2"), arguments("keep-alive", "7s", "keepAlive", "PT7S"),
                arguments("queue-capacity", "9", "queueCapacity", "9"),
                arguments("queue-full-policy", "block", "queueFullPolicy", "BLOCK"),
                arguments("time-limit", "11s", "taskDefaults.timeLimit", "PT11S"),
                arguments("queue-time-limit", "12s", "taskDefaults.queueTimeLimit", "PT12S"),
                arguments("priority", "-4", "taskDefaults.priority", "-4"),
                arguments("log-unobserved-failures", "true", "logUnobservedFailures", "true"));
    }

    static Stream<Arguments> process() {
        return Stream.concat(common(), Stream.of(arguments("max-heap", "200MB", "maxHeap", "209715200"),
                arguments("jvm-options", "-Xss512k,-Da=b", "jvmOptions", "[-Xss512k, -Da=b]"),
                arguments("java", JAVA, "java", JAVA), arguments("startup-cache", DIRECTORY, "startupCache", DIRECTORY),
                arguments("inherited-variables", "PATH,LC_*", "inheritedVariables.patterns", "[PATH, LC_*]"),
                arguments("environment.TZ", "UTC", "environment", "{TZ=UTC}"),
                arguments("working-directory", DIRECTORY, "workingDirectory", DIRECTORY),
                arguments("death-policy", "strict", "deathPolicy", "STRICT"),
                arguments("max-tasks-per-child", "13", "maxTasksPerChild", "13"),
                arguments("max-memory-per-child", "1KB", "maxMemoryPerChild", "1024"),
                arguments("max-age-per-child", "2h", "maxAgePerChild", "PT2H"),
                arguments("warm-spares", "2", "warmSpares", "2"),
                arguments("start-timeout", "14s", "startTimeout", "PT14S"),
                arguments("restart-limit", "6", "restartLimit", "6"),
                arguments("stop-grace", "20ms", "stopGrace", "PT0.02S"),
                arguments("max-payload", "2KB", "maxPayload", "2048")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("common")
    void aThreadPoolIsToldItsOwnAndElseTheInheritedProperty(String property, String value, String setting,
            String expected) {
        ThreadPoolExecutor.Builder own = new PropertyBinding(Map.of("futures.thread-pools.a." + property, value))
            .threadPool("a");
        ThreadPoolExecutor.Builder inherited = new PropertyBinding(
                Map.of("futures.defaults." + property, value, "futures.thread-pools.a", ""))
            .threadPool("a");
        ThreadPoolExecutor.Builder untold = new PropertyBinding(Map.of()).threadPool("a");
        assertThat(own).extracting(setting).hasToString(expected);
        assertThat(inherited).extracting(setting).hasToString(expected);
        assertThat(untold).extracting(setting).satisfies((it) -> assertThat(String.valueOf(it)).isNotEqualTo(expected));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("process")
    void aProcessPoolIsToldItsOwnAndElseTheInheritedProperty(String property, String value, String setting,
            String expected) {
        ProcessPoolBuilder own = new PropertyBinding(Map.of("futures.process-pools.a." + property, value))
            .processPool("a");
        ProcessPoolBuilder inherited = new PropertyBinding(
                Map.of("futures.defaults." + property, value, "futures.process-pools.a", ""))
            .processPool("a");
        ProcessPoolBuilder untold = new PropertyBinding(Map.of()).processPool("a");
        assertThat(own).extracting(setting).hasToString(expected);
        assertThat(inherited).extracting(setting).hasToString(expected);
        assertThat(untold).extracting(setting).satisfies((it) -> assertThat(String.valueOf(it)).isNotEqualTo(expected));
    }

    @Test
    void aRejectionNamesThePropertyToRaise() throws Exception {
        assertThat(rejection(Map.of("futures.thread-pools.a.max-workers", "1")))
            .contains("its futures.defaults.queue-capacity is 2;");
        assertThat(rejection(Map.of("futures.thread-pools.a.queue-capacity", "0")))
            .contains("its futures.thread-pools.a.queue-capacity is 0;");
    }

    private static String rejection(Map<String, String> properties) throws Exception {
        Map<String, String> all = new HashMap<>(
                Map.of("futures.defaults.queue-capacity", "2", "futures.defaults.max-workers", "1"));
        all.putAll(properties);
        CountDownLatch release = new CountDownLatch(1);
        try (ThreadPoolExecutor pool = new PropertyBinding(all).threadPool("a").build()) {
            Throwable failure = catchThrowable(() -> {
                for (int i = 0; i < 10; i++) {
                    pool.submit(() -> release.await(30, TimeUnit.SECONDS));
                }
            });
            release.countDown();
            return String.valueOf(failure.getMessage());
        }
    }

    @Test
    void noPropertyIsLeftOut() {
        Set<String> tested = process().map((each) -> ((String) each.get()[0]).replaceFirst("\\..*", ""))
            .collect(Collectors.toCollection(TreeSet::new));
        // these have tests of their own
        tested.addAll(Set.of("serial-filter", "virtual-threads", "worker.configuration-classes", "worker.properties"));
        assertThat(UnknownProperties.names(FuturesProperties.Defaults.class)).containsExactlyElementsOf(tested);
    }

    @Test
    void processPoolsInheritNoMoreWorkersThanTheyMayHave() {
        PropertyBinding binding = new PropertyBinding(
                Map.of("futures.defaults.max-workers", "5000", "futures.thread-pools.a.keep-alive", "1s"));
        assertThat(binding.threadPool("a")).extracting("maxWorkers").isEqualTo(5000);
        assertThat(binding.processPool("b")).extracting("maxWorkers").isEqualTo(ProcessPoolBuilder.MAX_WORKERS);
    }

    @Test
    void thePoolsOwnPropertyWinsOverTheInherited() {
        PropertyBinding binding = new PropertyBinding(
                Map.of("futures.defaults.max-heap", "100MB", "futures.process-pools.a.max-heap", "200MB",
                        "futures.defaults.max-workers", "5", "futures.thread-pools.b.max-workers", "6"));
        assertThat(binding.processPool("a")).extracting("maxHeap").isEqualTo(200L << 20);
        assertThat(binding.processPool("c")).extracting("maxHeap").isEqualTo(100L << 20);
        assertThat(binding.threadPool("b")).extracting("maxWorkers").isEqualTo(6);
    }

    @Test
    void aListReplacesTheInheritedOneAndAMapIsAddedToIt() {
        PropertyBinding binding = new PropertyBinding(Map.of("futures.defaults.jvm-options", "-Xss512k,-Da=b",
                "futures.process-pools.a.jvm-options", "-Xss1m", "futures.defaults.environment.A", "1",
                "futures.defaults.environment.B", "1", "futures.process-pools.a.environment.B", "2"));
        assertThat(binding.processPool("a")).hasFieldOrPropertyWithValue("jvmOptions", List.of("-Xss1m"))
            .hasFieldOrPropertyWithValue("environment", Map.of("A", "1", "B", "2"));
    }

    @Test
    void aProcessPoolDoesNotInheritThatTheCallerRunsTasks() {
        PropertyBinding binding = new PropertyBinding(Map.of("futures.defaults.queue-full-policy", "caller-runs"));
        assertThat(binding.threadPool("a")).hasFieldOrPropertyWithValue("queueFullPolicy", QueueFullPolicy.CALLER_RUNS);
        assertThat(binding.processPool("a")).hasFieldOrPropertyWithValue("queueFullPolicy", QueueFullPolicy.REJECT);
    }

    @Test
    void aPoolThatNobodyConfiguredHasNoWorkersFromTheStart() {
        PropertyBinding binding = new PropertyBinding(Map.of("futures.defaults.min-workers", "1",
                "futures.thread-pools.a.max-workers", "2", "futures.process-pools.b.max-workers", "2"));
        assertThat(binding.threadPool("a")).hasFieldOrPropertyWithValue("minWorkers", 1);
        assertThat(binding.processPool("b")).hasFieldOrPropertyWithValue("minWorkers", 1);
        assertThat(binding.threadPool("futuresThreadPool")).hasFieldOrPropertyWithValue("minWorkers", 0);
        assertThat(binding.processPool("futuresProcessPool")).hasFieldOrPropertyWithValue("minWorkers", 0);
    }

    @Test
    void whatIsBoundIsKnownToAheadOfTimeProcessing() throws NoSuchMethodException {
        RuntimeHints hints = new RuntimeHints();
        BindableRuntimeHintsRegistrar.forTypes(FuturesProperties.class).registerHints(hints);
        for (Class<?> type : List.of(FuturesProperties.ProcessPool.class, FuturesProperties.ThreadPool.class,
                FuturesProperties.Defaults.class, ProcessPoolProperties.Worker.class)) {
            assertThat(RuntimeHintsPredicates.reflection().onConstructorInvocation(type.getDeclaredConstructor()))
                .as(type.getName())
                .accepts(hints);
        }
        assertThat(RuntimeHintsPredicates.reflection()
            .onMethodInvocation(ProcessPoolProperties.class.getMethod("setMaxPayload", DataSize.class))).accepts(hints);
    }

    @Test
    void anEmptyListOfVariablesIsNone() {
        PropertyBinding binding = new PropertyBinding(Map.of("futures.process-pools.a.inherited-variables", ""));
        assertThat(binding.processPool("a")).extracting("inheritedVariables.patterns").hasToString("[]");
    }

    @Test
    void aPatternBecomesAFilter() {
        String pattern = "java.base/*;!*";
        assertThat(new PropertyBinding(Map.of("futures.process-pools.a.serial-filter", pattern)).processPool("a"))
            .extracting("serialFilter")
            .hasToString(pattern);
        assertThat(new PropertyBinding(Map.of("futures.defaults.serial-filter", pattern)).processPool("a"))
            .extracting("serialFilter")
            .hasToString(pattern);
    }

    @Test
    void threadsAreVirtualAsBootsAreUnlessAPropertySaysOtherwise() {
        String boots = "spring.threads.virtual.enabled";
        String own = "futures.thread-pools.a.virtual-threads";
        String inherited = "futures.defaults.virtual-threads";
        boolean thereAreSome = Runtime.version().feature() >= 21;
        assertThat(virtual(Map.of())).isFalse();
        assertThat(virtual(Map.of(boots, "true"))).isEqualTo(thereAreSome);
        assertThat(virtual(Map.of(boots, "true", inherited, "false"))).isFalse();
        assertThat(virtual(Map.of(boots, "true", own, "false"))).isFalse();
        if (thereAreSome) {
            assertThat(virtual(Map.of(own, "true"))).isTrue();
            assertThat(virtual(Map.of(inherited, "true"))).isTrue();
            assertThat(virtual(Map.of(inherited, "true", own, "false"))).isFalse();
        }
        else {
            assertThatExceptionOfType(InvalidPoolException.class).isThrownBy(() -> virtual(Map.of(own, "true")))
                .withMessageContaining(own)
                .withMessageContaining("needs Java 21");
        }
    }

    private static boolean virtual(Map<String, String> properties) {
        return ReflectionTestUtils.getField(new PropertyBinding(properties).threadPool("a"), "threads") != null;
    }

}
