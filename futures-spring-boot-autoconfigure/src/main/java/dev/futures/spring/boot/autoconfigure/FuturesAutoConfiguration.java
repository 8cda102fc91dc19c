// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.util.Arrays;
import java.util.List;

import dev.futures.pool.PoolExecutor;
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
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for executors and
 * {@link dev.futures.spring.SubmitAsync}. Inert in a worker process, which must not have
 * workers of its own by accident.
 */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = ProcessPoolExecutor.WORKER_PROPERTY, havingValue = false, matchIfMissing = true)
@EnableConfigurationProperties(FuturesProperties.class)
@Import(PoolBeanRegistrar.class)
public final class FuturesAutoConfiguration {

    @Bean
    PoolFactory futuresPoolFactory(FuturesProperties properties, Environment environment,
            ObjectProvider<ThreadPoolBuilderCustomizer> threadPoolCustomizers,
            ObjectProvider<ProcessPoolBuilderCustomizer> processPoolCustomizers, ObjectProvider<PoolContext> context,
            SubmitAsyncBeanPostProcessor processor, ConfigurableListableBeanFactory beans, PoolCloser closer) {
        return new PoolFactory(properties, environment, threadPoolCustomizers, processPoolCustomizers, context,
                new RequiredComponents(processor, beans), closer::add);
    }

    @Bean
    PoolLifecycle futuresPoolLifecycle(ConfigurableListableBeanFactory beans, FuturesProperties properties) {
        return new PoolLifecycle(() -> existingPools(beans), properties.getShutdown().getAwaitTermination());
    }

    /**
     * Neither a stop nor a start makes a pool: lazy ones and prototypes are left alone.
     */
    private static List<PoolExecutor> existingPools(ConfigurableListableBeanFactory beans) {
        return Arrays.stream(beans.getBeanNamesForType(PoolExecutor.class, false, false))
            .filter(beans::containsSingleton)
            .map((name) -> beans.getBean(name, PoolExecutor.class))
            .toList();
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static PoolCloser futuresPoolCloser() {
        return new PoolCloser();
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    @ConditionalOnMissingBean
    static SubmitAsyncBeanPostProcessor submitAsyncBeanPostProcessor(Environment environment) {
        SubmitAsyncBeanPostProcessor processor = new SubmitAsyncBeanPostProcessor();
        processor.setProxyTargetClass(environment.getProperty("spring.aop.proxy-target-class", Boolean.class, true));
        return processor;
    }

    @Bean
    static LazyInitializationExcludeFilter futuresLifecycleExcludeFilter() {
        return LazyInitializationExcludeFilter.forBeanTypes(PoolLifecycle.class);
    }

}
