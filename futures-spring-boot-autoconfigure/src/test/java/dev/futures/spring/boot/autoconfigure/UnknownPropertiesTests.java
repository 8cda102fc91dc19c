// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link UnknownProperties}.
 */
class UnknownPropertiesTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            futures.process-pools.a.max-worker              | did you mean 'max-workers'?
            futures.process-pools.a.inherit-variables       | did you mean 'inherited-variables'?
            futures.process-pools.a.worker.configuration-class | did you mean 'worker.configuration-classes'?
            futures.process-pools.[a.b].max-heep            | did you mean 'max-heap'?
            futures.process-pools.a.virtual-threads         | is a setting of the other kind of pool
            futures.thread-pools.a.max-heap                 | is a setting of the other kind of pool
            futures.thread-pools.a.zzz                      | there is no 'zzz'
            futures.defaults.timelimits                     | did you mean 'time-limit'?
            futures.shutdown.await                          | there is no 'await'
            futures.context.locales                         | did you mean 'locale'?
            futures.context.mcd                             | did you mean 'mdc'?
            """)
    void whatDoesNotExistIsRefused(String name, String reason) {
        MockEnvironment environment = new MockEnvironment().withProperty(name, "1")
            .withProperty("futures.thread-pools.a.max-workers", "1");
        assertThatExceptionOfType(InvalidPoolException.class).isThrownBy(() -> UnknownProperties.refuse(environment))
            .withMessageContaining("Property: " + name.replace(".[", "["))
            .withMessageContaining(reason)
            .satisfies((ex) -> assertThat(ex.action()).contains("The names are "));
    }

    @ParameterizedTest
    @ValueSource(strings = { "futures.process-pools.a.environment.ANY_THING", "futures.defaults.environment.[a.b]",
            "futures.process-pools.a.worker.properties.any.thing.at-all", "futures.thread-pools.a.maxWorkers",
            "futures.process-pools.a.jvm_options[0]", "futures.exchange.url", "futures.worker" })
    void whatExistsOrIsNotOursIsLeftAlone(String name) {
        MockEnvironment environment = new MockEnvironment().withProperty(name, "1")
            .withProperty("futures.thread-pools.a.max-workers", "1");
        assertThatNoException().isThrownBy(() -> UnknownProperties.refuse(environment));
    }

    @Test
    void anEmptyValueIsSaidToBeOne() {
        MockEnvironment environment = new MockEnvironment().withProperty("futures.thread-pools.a.max-workers", "");
        assertThatExceptionOfType(InvalidPoolException.class).isThrownBy(() -> UnknownProperties.refuse(environment))
            .withMessageContaining("Reason: 'max-workers' has no value");
    }

    @Test
    void aPoolMayHaveNoPropertyAtAll() {
        MockEnvironment environment = new MockEnvironment().withProperty("futures.process-pools.a", "");
        assertThatNoException().isThrownBy(() -> UnknownProperties.refuse(environment));
    }

    @Test
    void variablesAndSystemPropertiesAreLeftAlone() {
        StandardEnvironment environment = new StandardEnvironment();
        // what a cluster sets for a service of that name
        environment.getPropertySources()
            .replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                    new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                            Map.of("FUTURES_DEFAULTS_PORT", "tcp://10.0.0.1:80", "FUTURES_DEFAULTS_MAXWORKERS", "3")));
        environment.getPropertySources()
            .replace(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME, new MapPropertySource(
                    StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME, Map.of("futures.defaults.port", "80")));
        assertThatNoException().isThrownBy(() -> UnknownProperties.refuse(environment));
    }

    @Test
    void aVariableMayOverrideWhatAFileSays() {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources()
            .replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                    new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                            Map.of("FUTURES_THREADPOOLS_A_MAXWORKERS", "3", "FUTURES_DEFAULTS_JVMOPTIONS_0", "-Da=b")));
        environment.getPropertySources()
            .addLast(new MapPropertySource("file", Map.of("futures.thread-pools.a.max-workers", "2",
                    "futures.defaults.jvm-options[0]", "-Xss1m", "futures.defaults.jvm-options[1]", "-Xss2m")));
        assertThatNoException().isThrownBy(() -> UnknownProperties.refuse(environment));
    }

}
