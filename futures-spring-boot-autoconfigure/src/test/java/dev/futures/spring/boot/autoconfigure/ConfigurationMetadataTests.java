// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.futures.TaskOptions;
import dev.futures.pool.PoolBuilder;
import dev.futures.process.ProcessPoolBuilder;
import dev.futures.thread.ThreadPoolExecutor;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the metadata, from which IDEs complete and explain properties, to the builders.
 */
class ConfigurationMetadataTests {

    private static final String DEFAULTS = "futures.defaults.";

    /** What builders can be told that is no property, and why. */
    private static final Map<String, String> NO_PROPERTY = Map.of("name", "it is the key under which the pool is",
            "initializer", "it is code; for processes there is worker.configuration-classes", "contextCapture",
            "it is code", "taskDefaults", "its parts are properties", "inline", "it is futures.inline, of all pools",
            "settingNames", "names properties", "listener", "it is code; each PoolListener bean is one");

    /** Maps, whose keys are no names of ours, and what is in these. */
    private static final Set<String> MAPS = Set.of("futures.thread-pools", "futures.process-pools");

    @Test
    void everyPropertyHasADescription() {
        assertThat(Metadata.properties()).hasSizeGreaterThan(25)
            .allSatisfy(
                    (property) -> assertThat(property.description()).as(property.name()).isNotBlank().endsWith("."));
    }

    @Test
    void everyPropertyHasADefaultOrSaysWhatHappensWithoutIt() {
        assertThat(Metadata.properties()).allSatisfy((property) -> {
            boolean said = property.description().contains("By default ");
            assertThat(said).as("%s says what happens by default", property.name())
                .isEqualTo(property.defaultValue() == null);
        });
    }

    @Test
    void theDefaultsAreThoseOfTheCode() {
        Map<String, String> told = Metadata.properties()
            .stream()
            .filter((property) -> property.defaultValue() != null)
            .collect(Collectors.toMap(Metadata.Property::name, Metadata.Property::defaultText));
        assertThat(told).hasSizeGreaterThan(10);
        PropertyBinding explicit = new PropertyBinding(told);
        PropertyBinding implicit = new PropertyBinding(Map.of());
        assertThat(explicit.processPool("a")).usingRecursiveComparison()
            .ignoringFields("taskDefaults.priority", "settingNames")
            .isEqualTo(implicit.processPool("a"));
        assertThat(explicit.threadPool("a")).usingRecursiveComparison()
            .ignoringFields("taskDefaults.priority", "settingNames")
            .isEqualTo(implicit.threadPool("a"));
        assertThat(explicit.properties().getShutdown()).usingRecursiveComparison()
            .isEqualTo(implicit.properties().getShutdown());
        assertThat(explicit.properties().getContext()).usingRecursiveComparison()
            .isEqualTo(implicit.properties().getContext());
    }

    @Test
    void theMetadataKnowsWhatCanBeBound() {
        Set<String> bound = new TreeSet<>(MAPS);
        UnknownProperties.names(FuturesProperties.Defaults.class).forEach((each) -> bound.add(DEFAULTS + each));
        UnknownProperties.names(FuturesProperties.Shutdown.class)
            .forEach((each) -> bound.add("futures.shutdown." + each));
        bound.add("futures.inline");
        UnknownProperties.names(FuturesProperties.Context.class)
            .forEach((each) -> bound.add("futures.context." + each));
        UnknownProperties.names(FuturesProperties.Observations.class)
            .forEach((each) -> bound.add("futures.observations." + each));
        assertThat(Metadata.properties()).extracting(Metadata.Property::name)
            .containsExactlyInAnyOrderElementsOf(bound);
    }

    @Test
    void eachKindOfPoolHasItsPartOfTheDefaults() {
        Set<String> both = new TreeSet<>(UnknownProperties.names(FuturesProperties.ThreadPool.class));
        both.addAll(UnknownProperties.names(ProcessPoolProperties.class));
        assertThat(UnknownProperties.names(FuturesProperties.Defaults.class)).isEqualTo(both);
    }

    @Test
    void everySettingOfAThreadPoolIsAProperty() {
        assertThat(settings(ThreadPoolExecutor.Builder.class)).contains("max-workers", "virtual-threads")
            .isSubsetOf(UnknownProperties.names(FuturesProperties.ThreadPool.class));
    }

    @Test
    void everySettingOfAProcessPoolIsAProperty() {
        assertThat(settings(ProcessPoolBuilder.class)).contains("max-workers", "max-heap")
            .isSubsetOf(UnknownProperties.names(ProcessPoolProperties.class));
    }

    @Test
    void everyOptionOfTasksIsAPropertyButTheirName() {
        List<String> options = Arrays.stream(TaskOptions.class.getRecordComponents())
            .map(RecordComponent::getName)
            .filter((name) -> !name.equals("name"))
            .map(DataObjectPropertyName::toDashedForm)
            .toList();
        assertThat(options).contains("priority").isSubsetOf(UnknownProperties.names(PoolProperties.class));
    }

    /** The names, as properties, of what a builder can be told. */
    private static Set<String> settings(Class<? extends PoolBuilder<?>> type) {
        return Stream.of(type.getMethods())
            .filter((method) -> method.getParameterCount() == 1 && !Modifier.isStatic(method.getModifiers())
                    && PoolBuilder.class.isAssignableFrom(method.getReturnType()))
            .map(Method::getName)
            .filter((name) -> !NO_PROPERTY.containsKey(name))
            .map(DataObjectPropertyName::toDashedForm)
            .collect(Collectors.toSet());
    }

    @Test
    void whatIsSaidToBeNoPropertyIsASettingAndNone() {
        Set<String> methods = Stream.of(PoolBuilder.class.getMethods())
            .map(Method::getName)
            .collect(Collectors.toSet());
        assertThat(methods).containsAll(NO_PROPERTY.keySet());
        assertThat(UnknownProperties.names(FuturesProperties.Defaults.class))
            .doesNotContainAnyElementsOf(NO_PROPERTY.keySet());
    }

    @Test
    void hintsAreForPropertiesThatExistAndTheirValuesAreValid() {
        Set<String> names = Metadata.properties().stream().map(Metadata.Property::name).collect(Collectors.toSet());
        List<Map<String, Object>> hints = Metadata.section("hints");
        assertThat(hints).isNotEmpty();
        for (Map<String, Object> hint : hints) {
            String name = (String) hint.get("name");
            assertThat(names).contains(name);
            for (Object value : (List<?>) hint.getOrDefault("values", List.of())) {
                String text = ((Map<?, ?>) value).get("value").toString();
                assertThat(new PropertyBinding(Map.of(name, text)).processPool("a")).isNotNull();
            }
        }
    }

}
