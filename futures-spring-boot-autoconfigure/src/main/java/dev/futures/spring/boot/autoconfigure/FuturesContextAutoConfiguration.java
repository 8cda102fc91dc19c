// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

import dev.futures.process.ProcessPoolExecutor;
import dev.futures.spring.context.ContextSettings;
import io.micrometer.context.ContextRegistry;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for what tasks get of the context of
 * the thread that submits them.
 */
@AutoConfiguration(after = FuturesAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = ProcessPoolExecutor.WORKER_PROPERTY, havingValue = false, matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "futures.context.propagate", matchIfMissing = true)
@EnableConfigurationProperties(FuturesProperties.class)
public final class FuturesContextAutoConfiguration {

    private static final Logger logger = System.getLogger(FuturesContextAutoConfiguration.class.getName());

    private static ContextSettings settings(FuturesProperties properties) {
        FuturesProperties.Context context = properties.getContext();
        return new ContextSettings(context.isMdc(), context.isLocale(), context.isRequestAttributes(),
                context.isSecurityInProcesses());
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ContextRegistry.class)
    static class WithMicrometer {

        @Bean
        PoolContext futuresPoolContext(FuturesProperties properties) {
            ContextSettings settings = settings(properties);
            return new PoolContext(settings.forThreadsAsRegistered(), settings.forProcesses());
        }

    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingClass("io.micrometer.context.ContextRegistry")
    static class WithoutMicrometer {

        @Bean
        PoolContext futuresPoolContext(FuturesProperties properties) {
            ContextSettings settings = settings(properties);
            if (settings.requestAttributes()) {
                logger.log(Level.WARNING, "futures.context.request-attributes is without effect: it needs "
                        + "io.micrometer:context-propagation, which is not on the class path");
            }
            return new PoolContext(settings.forThreads(), settings.forProcesses());
        }

    }

}
