// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import dev.futures.process.ProcessPoolExecutor;
import dev.futures.spring.context.ContextSettings;
import dev.futures.spring.observation.TaskObservationConvention;
import dev.futures.spring.observation.TaskObservations;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for observations of tasks, which an
 * application has to ask for: how something is run is seldom what is to be observed.
 */
@AutoConfiguration(after = { FuturesAutoConfiguration.class, FuturesContextAutoConfiguration.class },
        afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean(ObservationRegistry.class)
@ConditionalOnBooleanProperty(name = ProcessPoolExecutor.WORKER_PROPERTY, havingValue = false, matchIfMissing = true)
@ConditionalOnBooleanProperty("futures.observations.enabled")
public final class FuturesObservationAutoConfiguration {

    @Bean
    TaskObservations futuresTaskObservations(ObjectProvider<ObservationRegistry> registry,
            ObjectProvider<TaskObservationConvention> convention) {
        return new TaskObservations(() -> registry.getIfUnique(() -> ObservationRegistry.NOOP),
                convention::getIfUnique);
    }

    @Bean
    ThreadScopes futuresThreadScopes(ObjectProvider<TaskObservations> observations) {
        return new ThreadScopes((capture) -> observations.getObject().around(capture));
    }

    /**
     * For an application that has switched off that context travels.
     */
    @Bean
    @Lazy
    @ConditionalOnMissingBean
    PoolContext futuresPoolContext(ThreadScopes scopes) {
        ContextSettings nothing = new ContextSettings(false, false, false, false);
        return new PoolContext(scopes.around().apply(nothing.forThreads()), nothing.forProcesses());
    }

}
