// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.actuate;

import java.lang.reflect.RecordComponent;
import java.util.stream.Stream;

import dev.futures.PoolStatistics;
import dev.futures.spring.boot.autoconfigure.FuturesEndpointAutoConfiguration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.javapoet.ClassName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a native image has to know of the endpoint.
 */
class FuturesEndpointHintsTests {

    private static RuntimeHints hints;

    @BeforeAll
    static void processAheadOfTime() {
        DefaultGenerationContext generation = new DefaultGenerationContext(
                new ClassNameGenerator(ClassName.get(FuturesEndpointHintsTests.class)), new InMemoryGeneratedFiles());
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            TestPropertyValues.of("management.endpoints.web.exposure.include=futures").applyTo(context);
            context.register(FuturesEndpointAutoConfiguration.class);
            new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
        }
        hints = generation.getRuntimeHints();
    }

    @ParameterizedTest
    @ValueSource(classes = { FuturesEndpoint.PoolsDescriptor.class, PoolDescriptor.class,
            PoolDescriptor.WorkerCounts.class, PoolDescriptor.WorkerDescriptor.class, PoolDescriptor.WorkersTask.class,
            PoolDescriptor.Progress.class, PoolDescriptor.Memory.class, PoolDescriptor.WaitingTask.class,
            PoolDescriptor.RunningTask.class, PoolStatistics.TaskCounts.class, RecentFailures.FailureDescriptor.class,
            FuturesEndpointWebExtension.RefusalDescriptor.class })
    void whatIsAnsweredCanBeWritten(Class<?> type) {
        for (RecordComponent component : type.getRecordComponents()) {
            assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(component.getAccessor()))
                .as("%s", component)
                .accepts(hints);
        }
    }

    @ParameterizedTest
    @ValueSource(classes = { FuturesEndpoint.class, FuturesEndpointWebExtension.class })
    void operationsCanBeCalled(Class<?> type) {
        Stream.of(type.getMethods())
            .filter((method) -> method.getDeclaringClass() == type)
            .forEach((method) -> assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(method))
                .as("%s", method)
                .accepts(hints));
    }

}
