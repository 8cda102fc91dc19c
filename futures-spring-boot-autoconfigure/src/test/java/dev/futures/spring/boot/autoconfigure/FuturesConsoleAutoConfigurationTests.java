// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.util.function.UnaryOperator;

import dev.futures.spring.boot.actuate.console.FuturesConsoleEndpoint;
import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FuturesConsoleAutoConfiguration}.
 */
class FuturesConsoleAutoConfigurationTests {

    private static final AutoConfigurations CONSOLE = AutoConfigurations.of(FuturesConsoleAutoConfiguration.class);

    private static final String EXPOSED = "management.endpoints.web.exposure.include=futuresconsole";

    private final WebApplicationContextRunner mvc = new WebApplicationContextRunner().withConfiguration(CONSOLE);

    @Test
    void itIsThereOnceItIsExposed() {
        this.mvc.run((context) -> assertThat(context).doesNotHaveBean(FuturesConsoleEndpoint.class));
        this.mvc.withPropertyValues("management.endpoints.web.exposure.include=futures")
            .run((context) -> assertThat(context).doesNotHaveBean(FuturesConsoleEndpoint.class));
        this.mvc.withPropertyValues(EXPOSED)
            .run((context) -> assertThat(context).hasSingleBean(FuturesConsoleEndpoint.class));
        new ReactiveWebApplicationContextRunner().withConfiguration(CONSOLE)
            .withPropertyValues(EXPOSED)
            .run((context) -> assertThat(context).hasSingleBean(FuturesConsoleEndpoint.class));
    }

    @Test
    void itIsNotThereWithoutAccess() {
        this.mvc.withPropertyValues(EXPOSED, "management.endpoint.futuresconsole.access=NONE")
            .run((context) -> assertThat(context).doesNotHaveBean(FuturesConsoleEndpoint.class));
    }

    @Test
    void itIsNotThereWithoutAWebApplication() {
        new ApplicationContextRunner().withConfiguration(CONSOLE)
            .withPropertyValues(EXPOSED)
            .run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(FuturesConsoleEndpoint.class));
    }

    @Test
    void itIsNotThereWithoutTheActuator() {
        this.mvc.withPropertyValues(EXPOSED)
            .withClassLoader(new FilteredClassLoader(ConditionalOnAvailableEndpoint.class))
            .run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(FuturesConsoleEndpoint.class));
    }

    @Test
    void oneOfTheApplicationTakesItsPlace() {
        this.mvc.withPropertyValues(EXPOSED)
            .withBean("own", FuturesConsoleEndpoint.class, () -> new FuturesConsoleEndpoint(UnaryOperator.identity()))
            .run((context) -> assertThat(context).hasSingleBean(FuturesConsoleEndpoint.class).hasBean("own"));
    }

    @Test
    void aNativeImageContainsTheFiles() {
        RuntimeHints hints = new RuntimeHints();
        new FuturesConsoleAutoConfiguration.Files().registerHints(hints, null);
        String directory = FuturesConsoleEndpoint.class.getPackageName().replace('.', '/');
        assertThat(RuntimeHintsPredicates.resource().forResource(directory + "/console.html")).accepts(hints);
        assertThat(RuntimeHintsPredicates.resource().forResource(directory + "/uplot/uPlot.esm.js")).accepts(hints);
    }

}
