// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.util.Optional;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import dev.futures.ContextCapture;
import dev.futures.process.ProcessPoolExecutor;
import dev.futures.spring.context.ContextSettings;
import dev.futures.spring.context.TraceCarrier;
import io.micrometer.context.ContextRegistry;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.util.function.SingletonSupplier;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for what tasks get of the context of
 * the thread that submits them.
 */
@AutoConfiguration(after = FuturesAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = ProcessPoolExecutor.WORKER_PROPERTY, havingValue = false, matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "futures.context.propagate", matchIfMissing = true)
public final class FuturesContextAutoConfiguration {

    private static final Log logger = LogFactory.getLog(FuturesContextAutoConfiguration.class);

    private static ContextSettings settings(FuturesProperties properties) {
        FuturesProperties.Context context = properties.getContext();
        return new ContextSettings(context.isMdc(), context.isLocale(), context.isRequestAttributes(),
                context.isSecurityInProcesses());
    }

    private static ContextCapture within(ObjectProvider<ThreadScopes> scopes, ContextCapture capture) {
        ThreadScopes present = scopes.getIfAvailable();
        return (present != null) ? present.around().apply(capture) : capture;
    }

    private static ContextCapture forProcesses(ContextSettings settings, ObjectProvider<TraceSource> trace) {
        TraceSource present = trace.getIfAvailable();
        return (present != null) ? settings.forProcesses(present.current()) : settings.forProcesses();
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({ Tracer.class, Propagator.class })
    static class WithTracing {

        /** Looks for the tracer when there is a task: the tracer may need pools. */
        @Bean
        @Lazy
        TraceSource futuresTraceSource(ListableBeanFactory beans) {
            Supplier<Optional<TraceCarrier>> carrier = SingletonSupplier
                .of(() -> Optional.ofNullable(TraceCarrier.of(beans)));
            return new TraceSource(() -> carrier.get().map(TraceCarrier::inject).orElse(null));
        }

    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ContextRegistry.class)
    static class WithMicrometer {

        @Bean
        @Lazy
        PoolContext futuresPoolContext(FuturesProperties properties, ObjectProvider<TraceSource> trace,
                ObjectProvider<ThreadScopes> scopes) {
            ContextSettings settings = settings(properties);
            return new PoolContext(within(scopes, settings.forThreadsAsRegistered()), forProcesses(settings, trace));
        }

    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingClass("io.micrometer.context.ContextRegistry")
    static class WithoutMicrometer {

        @Bean
        @Lazy
        PoolContext futuresPoolContext(FuturesProperties properties, ObjectProvider<TraceSource> trace,
                ObjectProvider<ThreadScopes> scopes) {
            ContextSettings settings = settings(properties);
            if (settings.requestAttributes()) {
                logger.warn("futures.context.request-attributes is without effect: it needs "
                        + "io.micrometer:context-propagation, which is not on the class path");
            }
            return new PoolContext(within(scopes, settings.forThreads()), forProcesses(settings, trace));
        }

    }

}
