// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.util.ArrayList;
import java.util.List;
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
 * Tests for {@link MisspeltSections}.
 */
class MisspeltSectionsTests {

    private final List<String> suspicions = new ArrayList<>();

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                    futures.thread-pool.x.max-workers      | 1    | there is no 'futures.thread-pool'; did you mean 'futures.thread-pools'?
                    futures.process-polls.x.jvm-options    | -a   | there is no 'futures.process-polls'; did you mean 'futures.process-pools'?
                    futures.processpool.x.worker.propertis | 1    | there is no 'futures.processpool'; did you mean 'futures.process-pools'?
                    futures.default.max-heap               | 1    | there is no 'futures.default'; did you mean 'futures.defaults'?
                    futures.defaultz.max-heep              | 1    | there is no 'futures.defaultz'; did you mean 'futures.defaults'?
                    futures.contxet.mdc                    | 1    | there is no 'futures.contxet'; did you mean 'futures.context'?
                    futures.shutdwn.await-termination      | 1s   | there is no 'futures.shutdwn'; did you mean 'futures.shutdown'?
                    futures.inlin                          | true | there is no 'futures.inlin'; did you mean 'futures.inline'?
                    """)
    void whatGoesOnLikeOursIsRefused(String name, String value, String reason) {
        MockEnvironment environment = new MockEnvironment().withProperty(name, value)
            .withProperty("futures.thread-pools.a.max-workers", "1");
        assertThatExceptionOfType(InvalidPoolException.class).isThrownBy(() -> refuse(environment))
            .withMessage("There are properties that do not exist:\n\n    Property: " + name + "\n    Origin: \"" + name
                    + "\" from property source \"mockProperties\"\n    Reason: " + reason + "\n")
            .satisfies((ex) -> assertThat(ex.action()).isEqualTo("Correct or remove them. The names are "
                    + "futures.context, futures.defaults, futures.inline, futures.observations, "
                    + "futures.process-pools, futures.shutdown, futures.thread-pools."));
        assertThat(this.suspicions).isEmpty();
    }

    private void refuse(MockEnvironment environment) {
        MisspeltSections.refuse(environment, this.suspicions::add);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            futures.content.url       | a    | futures.context
            futures.thread-pool       | 2    | futures.thread-pools
            futures.thread-pool.color | red  | futures.thread-pools
            futures.engine            | 1    | futures.inline
            """)
    void whatOnlyBeginsLikeOursIsSuspicious(String name, String value, String nearest) {
        refuse(new MockEnvironment().withProperty(name, value));
        assertThat(this.suspicions)
            .containsExactly("there is no property '" + name + "' of pools; did you mean '" + nearest + "'?");
    }

    @ParameterizedTest
    @ValueSource(strings = { "futures.exchange.url", "futures.worker", "futures.threadPools.a.max-workers",
            "futures.thread_pools.a.max-workers", "futures.inline", "futures.shut-down.await-termination",
            "futures.process-pools", "other.default.max-heap" })
    void whatIsOursOrOfSomebodyElseIsLeftAlone(String name) {
        refuse(new MockEnvironment().withProperty(name, "true"));
        assertThat(this.suspicions).isEmpty();
    }

    @Test
    void variablesAndSystemPropertiesAreLeftAlone() {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources()
            .replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                    new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                            Map.of("FUTURES_DEFAULT_MAXHEAP", "3")));
        environment.getPropertySources()
            .replace(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME,
                    new MapPropertySource(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME,
                            Map.of("futures.default.max-heap", "80")));
        assertThatNoException().isThrownBy(() -> MisspeltSections.refuse(environment, this.suspicions::add));
        assertThat(this.suspicions).isEmpty();
    }

}
