// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.MapPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what is said of a property with a value that a pool cannot have.
 */
class InvalidPoolPropertyTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(FuturesAutoConfiguration.class));

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(delimiter = '|', textBlock = """
            max-workers        | 0    | max-workers must be greater than 0 but was 0
            min-workers        | 1000 | min-workers must be in [0, max-workers =
            keep-alive         | -1s  | keep-alive must be greater than 0 but was PT-1S
            queue-capacity     | -1   | queue-capacity must be greater than or equal to 0 but was -1
            time-limit         | 0s   | time-limit must be greater than 0 but was PT0S
            queue-time-limit   | -2s  | queue-time-limit must be greater than 0 but was PT-2S
            """)
    void ofEitherKindOfPoolIsExplained(String property, String value, String reason) {
        for (String kind : new String[] { "thread-pools", "process-pools" }) {
            expect("futures." + kind + ".documents." + property, value, reason);
        }
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(delimiter = '|',
            textBlock = """
                    queue-full-policy    | caller-runs     | queue-full-policy must not be CALLER_RUNS
                    max-heap             | 1KB             | max-heap is in bytes and must be at least 8 MiB (8388608), with which a JVM can start, but was 1024
                    max-heap             | 8388607B        | max-heap is in bytes and must be at least 8 MiB
                    jvm-options          | Xss1m           | an option starts with '-'
                    java                 | /no/such/java   | java must be an executable file
                    startup-cache        | pom.xml         | startup-cache must be a directory
                    inherited-variables  | A*B             | inherited-variables must be names
                    environment          | =               | the name of an environment variable must not
                    working-directory    | /no/such/place  | working-directory must be a directory that exists
                    max-tasks-per-child  | 0               | max-tasks-per-child must be >= 1 but was 0
                    max-memory-per-child | 0B              | max-memory-per-child is in bytes and must be >= 1 but was 0
                    max-age-per-child    | 0s              | max-age-per-child must be greater than 0 but was PT0S
                    warm-spares          | 65              | warm-spares must be in [0, 64] but was 65
                    start-timeout        | 0s              | start-timeout must be greater than 0 but was PT0S
                    restart-limit        | 0               | restart-limit must be >= 1 but was 0
                    stop-grace           | -1ms            | stop-grace must not be negative
                    max-payload          | 3GB             | max-payload must be less than 2GB
                    serial-filter        | 'com.example.*, java.base/*' | serial-filter must be patterns of jdk.serialFilter, separated by ';' and without blanks, but 'com.example.*, java.base/*' matches no class
                    serial-filter        | com.example.*; !* | but ' !*' matches no class
                    serial-filter        | com.*.Dto;!* | but 'com.*.Dto' matches no class
                    serial-filter        | **              | but '**' matches no class
                    serial-filter        | maxdept=20;!*   | serial-filter must be a pattern of jdk.serialFilter but was 'maxdept=20;!*'
                    serial-filter        | !.*             | serial-filter must be a pattern of jdk.serialFilter but was '!.*'
                    serial-filter        | maxdepth=x      | serial-filter must be a pattern of jdk.serialFilter but was 'maxdepth=x'
                    serial-filter        | ''              | serial-filter must not be empty
                    """)
    void ofAProcessPoolIsExplained(String property, String value, String reason) {
        if (property.equals("environment")) {
            expect("futures.process-pools.documents.environment.[A=B]", "c", reason);
            return;
        }
        expect("futures.process-pools.documents." + property, value, reason);
    }

    private void expect(String property, String value, String reason) {
        MapPropertySource source = new MapPropertySource("test", Map.of(property, value));
        this.runner.withInitializer((context) -> context.getEnvironment().getPropertySources().addFirst(source))
            .run((context) -> {
                FailureAnalysis analysis = analyze(context.getStartupFailure());
                String name = property.replaceFirst("\\.\\[.*", "");
                assertThat(analysis.getDescription()).contains("The pool 'documents' cannot be made")
                    .contains("Property: " + name + "\n")
                    .contains("Reason: ")
                    .contains(reason);
                assertThat(analysis.getAction()).startsWith("Set '" + name + "' to a valid value, such as '");
            });
    }

    @Test
    void thatIsInheritedIsCalledByItsNameThere() {
        this.runner
            .withPropertyValues("futures.defaults.min-workers=5", "futures.defaults.max-heap=1MB",
                    "futures.thread-pools.mail.max-workers=2")
            .run((context) -> {
                FailureAnalysis analysis = analyze(context.getStartupFailure());
                assertThat(analysis.getDescription()).contains("The pool 'mail' cannot be made with what it inherits")
                    .contains("Property: futures.defaults.min-workers\n")
                    .contains("min-workers must be in [0, max-workers = 2] but was 5");
                assertThat(analysis.getAction()).contains("or give the pool one of its own");
            });
    }

    @Test
    void thatComesFromAFileIsShownThere() {
        this.runner.withInitializer(new org.springframework.boot.test.context.ConfigDataApplicationContextInitializer())
            .withPropertyValues("spring.config.location=classpath:/invalid-pool.yaml")
            .run((context) -> assertThat(analyze(context.getStartupFailure()).getDescription())
                .contains("Property: futures.process-pools.myDocuments.warm-spares\n")
                .contains("Origin: class path resource [invalid-pool.yaml] - 6:20\n"));
    }

    @Test
    void thatHasAnotherTypeIsExplainedByBoot() {
        this.runner.withPropertyValues("futures.process-pools.documents.max-age-per-child=soon")
            .run((context) -> assertThat(causes(context.getStartupFailure()))
                .hasAtLeastOneElementOfType(BindException.class));
    }

    private static FailureAnalysis analyze(Throwable failure) {
        InvalidPoolException cause = causes(failure).filter(InvalidPoolException.class::isInstance)
            .map(InvalidPoolException.class::cast)
            .findFirst()
            .orElseThrow(() -> new AssertionError("not explained", failure));
        return new InvalidPoolFailureAnalyzer().analyze(cause);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, java.util.Objects::nonNull, Throwable::getCause);
    }

}
