// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure.metrics;

import dev.futures.process.ProcessPoolExecutor;
import dev.futures.spring.boot.autoconfigure.FuturesAutoConfiguration;
import dev.futures.spring.observation.TaskObservationConvention;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.MeterObservationHandler;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the meters of pools. Without a
 * registry nobody listens to what pools do.
 */
@AutoConfiguration(after = FuturesAutoConfiguration.class,
        afterName = { "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
                "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration" })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(MeterRegistry.class)
@ConditionalOnBooleanProperty(name = ProcessPoolExecutor.WORKER_PROPERTY, havingValue = false, matchIfMissing = true)
public final class FuturesMetricsAutoConfiguration {

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    PoolMetrics futuresPoolMetrics(ObjectProvider<MeterRegistry> registries) {
        return new PoolMetrics(registries);
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static PoolMetricsPostProcessor futuresPoolMetricsPostProcessor(ObjectProvider<PoolMetrics> metrics,
            BeanFactory beans) {
        return new PoolMetricsPostProcessor(metrics, beans);
    }

    @Bean
    static LazyInitializationExcludeFilter futuresPoolMetricsExcludeFilter() {
        return LazyInitializationExcludeFilter.forBeanTypes(PoolMetrics.class);
    }

    /** Observations that have a convention of the application may say more. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterObservationHandler.class)
    @ConditionalOnBooleanProperty("futures.observations.enabled")
    @ConditionalOnMissingBean(TaskObservationConvention.class)
    static class WithObservations {

        @Bean
        @Order(Ordered.HIGHEST_PRECEDENCE)
        UnmeasuredObservations futuresUnmeasuredObservations() {
            return new UnmeasuredObservations();
        }

    }

}
