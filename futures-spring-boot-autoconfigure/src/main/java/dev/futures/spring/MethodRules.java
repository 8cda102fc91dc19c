// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;

import dev.futures.Future;

import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.scheduling.annotation.Async;
import org.springframework.util.ClassUtils;

/**
 * What the compiler cannot say about a method whose calls are to be tasks.
 */
final class MethodRules {

    private MethodRules() {
    }

    /**
     * Checks a {@link SubmitAsync} method.
     * @throws InvalidSubmitAsyncException if its calls could not be submitted, or not by
     * this annotation alone
     */
    static void check(Method method, Class<?> targetClass) {
        String where = SubmitAsyncMethod.where(method, targetClass);
        Class<?>[] parameters = method.getParameterTypes();
        if (parameters.length > 0
                && parameters[parameters.length - 1].getName().equals("kotlin.coroutines.Continuation")) {
            throw new InvalidSubmitAsyncException(where + " is a suspend function",
                    "Declare an ordinary function that returns dev.futures.Future; coroutines can await that.");
        }
        if (AnnotatedElementUtils.hasAnnotation(method, Bean.class)) {
            throw new InvalidSubmitAsyncException(where + " is a @Bean method, which makes a bean at start-up",
                    "Move what is to run in a worker to a method of the bean.");
        }
        requireOverridable(where, method, targetClass);
        if (isAsync(method, targetClass)) {
            throw new InvalidSubmitAsyncException(where + " is an @Async method as well, and would be submitted twice",
                    "Remove @Async.");
        }
    }

    /**
     * Returns what to say of a class that has a {@link SubmitAsync} method and would have
     * to be proxied by a subclass, but is final.
     */
    static InvalidSubmitAsyncException finalClass(Class<?> targetClass) {
        String name = ClassUtils.getShortName(targetClass);
        String orElse = (targetClass.getInterfaces().length > 0)
                ? " If callers know only its interfaces, spring.aop.proxy-target-class=false will do as well." : "";
        if (targetClass.isRecord()) {
            return new InvalidSubmitAsyncException(
                    "record " + name + " has a @SubmitAsync method, but its calls cannot be intercepted, since a "
                            + "record has no subclasses",
                    "Make it a class, or move the method to a bean that is one." + orElse);
        }
        return new InvalidSubmitAsyncException(
                "class " + name + " of a @SubmitAsync method is final, so its calls cannot be intercepted",
                "Do not make it final. In Kotlin, classes are: declare it open, or use the compiler plugin "
                        + "kotlin-spring." + orElse);
    }

    private static void requireOverridable(String where, Method method, Class<?> targetClass) {
        // a dynamic proxy, such as an HTTP client, is proxied by its interfaces
        boolean isFinal = Modifier.isFinal(method.getModifiers()) && !Proxy.isProxyClass(targetClass);
        if (isFinal || Modifier.isPrivate(method.getModifiers()) || Modifier.isStatic(method.getModifiers())) {
            throw new InvalidSubmitAsyncException(
                    where + " is private, static or final, so its calls cannot be intercepted",
                    "Make it a public method that can be overridden.");
        }
    }

    /**
     * Checks a method that may have Spring's annotation, which knows its own futures.
     * @throws InvalidSubmitAsyncException if a call of it would fail
     */
    static void checkAsync(Method method, Class<?> targetClass) {
        if (method.getReturnType() == Future.class && isAsync(method, targetClass)) {
            throw new InvalidSubmitAsyncException(
                    "@Async method " + SubmitAsyncMethod.describe(method, targetClass)
                            + " returns dev.futures.Future, which @Async cannot make",
                    "Use @SubmitAsync, or return CompletableFuture.");
        }
    }

    private static boolean isAsync(Method method, Class<?> targetClass) {
        return AnnotatedElementUtils.hasAnnotation(method, Async.class)
                || AnnotatedElementUtils.hasAnnotation(targetClass, Async.class);
    }

}
