// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.futures.thread.ThreadPoolExecutor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.scheduling.annotation.AsyncConfigurer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Spring Boot has an executor of its own unless there is another one when it looks. Pools
 * of ours change nothing about that, however those of others, or further ones of ours,
 * arrive.
 */
class ExecutorBeansOfOthersTests {

    private static final String FORCE = "spring.task.execution.mode=force";

    static Stream<Arguments> ways() {
        return Stream.of(row("nothing", true), row("auto-configuration", false, Unordered.class),
                row("auto-configuration before", false, Before.class),
                row("auto-configuration after", true, After.class),
                row("registrar after", true, AfterWithRegistrar.class),
                row("no default candidate before", true, BeforeNoDefaultCandidate.class),
                row("fallback before", false, BeforeFallback.class),
                row("registrar before", false, BeforeWithRegistrar.class),
                row("registrar before, not autowirable", true, BeforeNotAutowirable.class),
                row("definition before, no default candidate", true, BeforeWithDefinition.class),
                userRow("post-processor", true, WithPostProcessor.class),
                userRow("registrar of the user", false, UserWithRegistrar.class),
                userRow("bean of the user", false, UserBean.class),
                Arguments.of("auto-configuration before, forced", true,
                        (Function<ApplicationContextRunner, ApplicationContextRunner>) (runner) -> runner
                            .withConfiguration(AutoConfigurations.of(Before.class))
                            .withPropertyValues(FORCE)));
    }

    static Stream<Arguments> waysOfOurs() {
        return Stream.of(row("auto-configuration", true, OursUnordered.class),
                row("auto-configuration before", true, OursBefore.class),
                userRow("registrar of the user", true, UserWithRegistrarOfOurs.class),
                userRow("bean of the user", true, UserBeanOfOurs.class));
    }

    private static Arguments row(String name, boolean kept, Class<?>... autoConfigurations) {
        Function<ApplicationContextRunner, ApplicationContextRunner> way = (runner) -> runner
            .withConfiguration(AutoConfigurations.of(autoConfigurations));
        return Arguments.of(name, kept, way);
    }

    private static Arguments userRow(String name, boolean kept, Class<?> configuration) {
        Function<ApplicationContextRunner, ApplicationContextRunner> way = (runner) -> runner
            .withUserConfiguration(configuration);
        return Arguments.of(name, kept, way);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("ways")
    void poolsDoNotChangeWhetherBootKeepsItsExecutor(String name, boolean kept,
            Function<ApplicationContextRunner, ApplicationContextRunner> way) {
        ApplicationContextRunner without = new ApplicationContextRunner().withConfiguration(
                AutoConfigurations.of(TaskExecutionAutoConfiguration.class, TaskSchedulingAutoConfiguration.class));
        ApplicationContextRunner defaults = without
            .withConfiguration(AutoConfigurations.of(FuturesAutoConfiguration.class));
        ApplicationContextRunner configured = defaults.withPropertyValues("futures.thread-pools.reports.max-workers=2",
                "futures.process-pools.documents.max-workers=1");
        way.apply(without).run((context) -> expect(context, kept));
        way.apply(defaults).run((context) -> expect(context, kept));
        way.apply(configured).run((context) -> expect(context, kept));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("waysOfOurs")
    void bootKeepsItsExecutorHoweverOneOfOursArrives(String name, boolean kept,
            Function<ApplicationContextRunner, ApplicationContextRunner> way) {
        way.apply(new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(FuturesAutoConfiguration.class,
                TaskExecutionAutoConfiguration.class, TaskSchedulingAutoConfiguration.class)))
            .run((context) -> {
                assertThat(context).hasBean("other");
                expect(context, kept);
            });
    }

    private static void expect(AssertableApplicationContext context, boolean kept) {
        assertThat(context).hasNotFailed();
        assertThat(context.containsBean("applicationTaskExecutor")).isEqualTo(kept);
        assertThat(context.containsBean("bootstrapExecutor")).isEqualTo(kept);
        assertThat(context.getBeansOfType(AsyncConfigurer.class).isEmpty()).isEqualTo(!kept);
    }

    private static ThreadPoolExecutor pool() {
        return ThreadPoolExecutor.builder().name("other").maxWorkers(1).build();
    }

    @AutoConfiguration
    static class Unordered {

        @Bean
        ExecutorService other() {
            return Executors.newSingleThreadExecutor();
        }

    }

    @AutoConfiguration(before = TaskExecutionAutoConfiguration.class)
    static class Before {

        @Bean
        ExecutorService other() {
            return Executors.newSingleThreadExecutor();
        }

    }

    @AutoConfiguration(after = TaskExecutionAutoConfiguration.class)
    static class After {

        @Bean
        ExecutorService other() {
            return Executors.newSingleThreadExecutor();
        }

    }

    @AutoConfiguration(after = TaskExecutionAutoConfiguration.class)
    @Import(Registrar.class)
    static class AfterWithRegistrar {

    }

    @AutoConfiguration(before = TaskExecutionAutoConfiguration.class)
    static class BeforeNoDefaultCandidate {

        @Bean(defaultCandidate = false)
        ExecutorService other() {
            return Executors.newSingleThreadExecutor();
        }

    }

    @AutoConfiguration(before = TaskExecutionAutoConfiguration.class)
    static class BeforeFallback {

        @Bean
        @Fallback
        ExecutorService other() {
            return Executors.newSingleThreadExecutor();
        }

    }

    @AutoConfiguration(before = TaskExecutionAutoConfiguration.class)
    @Import(Registrar.class)
    static class BeforeWithRegistrar {

    }

    @AutoConfiguration(before = TaskExecutionAutoConfiguration.class)
    @Import(NotAutowirable.class)
    static class BeforeNotAutowirable {

    }

    @AutoConfiguration(before = TaskExecutionAutoConfiguration.class)
    @Import(DefinitionRegistrar.class)
    static class BeforeWithDefinition {

    }

    @Configuration(proxyBeanMethods = false)
    static class WithPostProcessor {

        @Bean
        static BeanDefinitionRegistryPostProcessor processor() {
            return (registry) -> registry.registerBeanDefinition("other",
                    new RootBeanDefinition(ExecutorService.class, Executors::newSingleThreadExecutor));
        }

    }

    @Configuration(proxyBeanMethods = false)
    @Import(Registrar.class)
    static class UserWithRegistrar {

    }

    @Configuration(proxyBeanMethods = false)
    static class UserBean {

        @Bean
        ExecutorService other() {
            return Executors.newSingleThreadExecutor();
        }

    }

    @AutoConfiguration
    static class OursUnordered {

        @Bean
        ThreadPoolExecutor other() {
            return pool();
        }

    }

    @AutoConfiguration(before = TaskExecutionAutoConfiguration.class)
    static class OursBefore {

        @Bean
        ThreadPoolExecutor other() {
            return pool();
        }

    }

    @Configuration(proxyBeanMethods = false)
    @Import(RegistrarOfOurs.class)
    static class UserWithRegistrarOfOurs {

    }

    @Configuration(proxyBeanMethods = false)
    static class UserBeanOfOurs {

        @Bean
        ThreadPoolExecutor other() {
            return pool();
        }

    }

    static class Registrar implements BeanRegistrar {

        @Override
        public void register(BeanRegistry registry, Environment environment) {
            registry.registerBean("other", ExecutorService.class,
                    (spec) -> spec.supplier((context) -> Executors.newSingleThreadExecutor()));
        }

    }

    static class RegistrarOfOurs implements BeanRegistrar {

        @Override
        public void register(BeanRegistry registry, Environment environment) {
            registry.registerBean("other", ThreadPoolExecutor.class, (spec) -> spec.supplier((context) -> pool()));
        }

    }

    static class NotAutowirable implements BeanRegistrar {

        @Override
        public void register(BeanRegistry registry, Environment environment) {
            registry.registerBean("other", ExecutorService.class,
                    (spec) -> spec.notAutowirable().supplier((context) -> Executors.newSingleThreadExecutor()));
        }

    }

    static class DefinitionRegistrar implements ImportBeanDefinitionRegistrar {

        @Override
        public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
            RootBeanDefinition definition = new RootBeanDefinition(ExecutorService.class,
                    Executors::newSingleThreadExecutor);
            definition.setDefaultCandidate(false);
            registry.registerBeanDefinition("other", definition);
        }

    }

}
