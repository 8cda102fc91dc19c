// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.time.Duration;

import dev.futures.PoolListener;
import dev.futures.process.ProcessPoolExecutor;
import dev.futures.spring.SubmitAsyncBeanPostProcessor;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.autoconfigure.context.LifecycleProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for executors and
 * {@link dev.futures.spring.SubmitAsync}. Inert in a worker process, which must not have
 * workers of its own by accident.
 */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = ProcessPoolExecutor.WORKER_PROPERTY, havingValue = false, matchIfMissing = true)
@EnableConfigurationProperties
@Import(PoolBeanRegistrar.class)
public final class FuturesAutoConfiguration {

    /** That of a container that Spring Boot does not configure. */
    private static final Duration DEFAULT_PHASE_TIMEOUT = Duration.ofSeconds(10);

    /**
     * Bound if there is a pool, or a property, for start-up's sake. Has the name that it
     * would have by {@code @EnableConfigurationProperties}, as applications have beans
     * that are called like their own classes.
     */
    @Bean("futures-dev.futures.spring.boot.autoconfigure.FuturesProperties")
    @Lazy
    FuturesProperties futuresProperties() {
        return new FuturesProperties();
    }

    @Bean
    @Lazy
    PoolFactory futuresPoolFactory(FuturesProperties properties, Environment environment,
            ObjectProvider<ThreadPoolBuilderCustomizer> threadPoolCustomizers,
            ObjectProvider<ProcessPoolBuilderCustomizer> processPoolCustomizers, ObjectProvider<PoolContext> context,
            ObjectProvider<PoolListener> listeners, SubmitAsyncBeanPostProcessor processor, PoolCloser closer) {
        return new PoolFactory(properties, environment, threadPoolCustomizers, processPoolCustomizers, context,
                listeners, processor, closer::add);
    }

    @Bean
    PoolLifecycle futuresPoolLifecycle(ConfigurableListableBeanFactory beans, Environment environment,
            ObjectProvider<FuturesProperties> properties, ObjectProvider<LifecycleProperties> lifecycle) {
        LifecycleProperties ofBoot = lifecycle.getIfAvailable();
        Duration phase = (ofBoot != null) ? ofBoot.getTimeoutPerShutdownPhase() : DEFAULT_PHASE_TIMEOUT;
        Duration wanted = UnknownProperties.areThere(environment, UnknownProperties.FUTURES)
                ? properties.getObject().getShutdown().getAwaitTermination() : null;
        return new PoolLifecycle(new ExistingPools(beans), ShutdownPatience.of(wanted, phase));
    }

    @Bean
    PoolEventPublisher futuresPoolEventPublisher(ApplicationEventPublisher publisher) {
        return new PoolEventPublisher(publisher);
    }

    @Bean
    static PoolsOfParent futuresPoolsOfParent(Environment environment) {
        return new PoolsOfParent(environment);
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static PoolCloser futuresPoolCloser() {
        return new PoolCloser();
    }

    /**
     * That of a parent context does not see the beans of this one.
     */
    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    static SubmitAsyncBeanPostProcessor submitAsyncBeanPostProcessor(Environment environment) {
        SubmitAsyncBeanPostProcessor processor = new SubmitAsyncBeanPostProcessor();
        processor.setProxyTargetClass(environment.getProperty("spring.aop.proxy-target-class", Boolean.class, true));
        return processor;
    }

    @Bean
    static LazyInitializationExcludeFilter futuresLifecycleExcludeFilter() {
        return LazyInitializationExcludeFilter.forBeanTypes(PoolLifecycle.class, PoolEventPublisher.class);
    }

}
