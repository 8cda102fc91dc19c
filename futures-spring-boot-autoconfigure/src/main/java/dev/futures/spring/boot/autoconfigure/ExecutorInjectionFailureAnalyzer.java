// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.util.concurrent.ExecutorService;

import dev.futures.Executor;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.InjectionPoint;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.UnsatisfiedDependencyException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.analyzer.AbstractInjectionFailureAnalyzer;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.Order;

/**
 * Explains that a pool is there, but is no executor of the JDK. It comes before that of
 * Spring Boot, which would only say that there is none.
 */
@Order(0)
final class ExecutorInjectionFailureAnalyzer extends AbstractInjectionFailureAnalyzer<NoSuchBeanDefinitionException> {

    private final BeanFactory beans;

    ExecutorInjectionFailureAnalyzer(BeanFactory beans) {
        this.beans = beans;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoSuchBeanDefinitionException cause,
            @Nullable String description) {
        ResolvableType wanted = cause.getResolvableType();
        Class<?> type = (wanted != null) ? wanted.resolve() : null;
        if (cause instanceof NoUniqueBeanDefinitionException
                || (type != ExecutorService.class && type != java.util.concurrent.Executor.class)) {
            return null;
        }
        String name = name(rootFailure);
        if (name == null || !this.beans.containsBean(name) || !this.beans.isTypeMatch(name, Executor.class)) {
            return null;
        }
        return new FailureAnalysis(
                String.format(
                        "%s required a bean of type '%s' by the name '%s'. There is a pool of that name, but it is a "
                                + "dev.futures.Executor, which is none.%n",
                        (description != null) ? description : "A component", type.getName(), name),
                action(name), cause);
    }

    private static String action(String name) {
        String view = (name.matches("[\\p{Alpha}_$][\\w$]*") ? name : "pool") + "ExecutorService";
        return String.format("Inject '%1$s' as a dev.futures.Executor. Where only an executor of the JDK will do, "
                + "declare a view of the pool:%n%n" + "    @Bean(defaultCandidate = false, destroyMethod = \"\")%n"
                + "    ExecutorService %2$s(@Qualifier(\"%1$s\") dev.futures.Executor pool) {%n"
                + "        return pool.asExecutorService();%n    }%n%n"
                + "and inject that with @Qualifier(\"%2$s\"). Without 'defaultCandidate = false' Spring Boot "
                + "would not make its applicationTaskExecutor; without 'destroyMethod' the view would shut the pool "
                + "down.", name, view);
    }

    /** Returns the name by which the executor is to be injected, if it is by one. */
    private static @Nullable String name(Throwable failure) {
        InjectionPoint point = null;
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof UnsatisfiedDependencyException unsatisfied) {
                point = unsatisfied.getInjectionPoint();
            }
        }
        if (point == null) {
            return null;
        }
        Qualifier qualifier = point.getAnnotation(Qualifier.class);
        if (qualifier != null) {
            return qualifier.value();
        }
        MethodParameter parameter = point.getMethodParameter();
        if (parameter != null) {
            parameter.initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
            return parameter.getParameterName();
        }
        return (point.getField() != null) ? point.getField().getName() : null;
    }

}
