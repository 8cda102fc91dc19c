// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring;

import java.lang.reflect.Method;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import dev.futures.Future;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * What callers of a {@link SubmitAsync} method get.
 */
enum ReturnKind {

    /** The future of the task. */
    FUTURE,

    /** Nothing, so that nobody learns of a failure. */
    NOTHING,

    /** A Mono, each of whose subscriptions is a task. */
    MONO;

    private static final String MONO_CLASS = "reactor.core.publisher.Mono";

    private static final boolean REACTOR = ClassUtils.isPresent(MONO_CLASS, ReturnKind.class.getClassLoader());

    private static final Set<Class<?>> FUTURES = Set.of(Future.class, java.util.concurrent.Future.class,
            CompletionStage.class, CompletableFuture.class);

    /** What methods may return, for messages. */
    static final String SUPPORTED = "dev.futures.Future, java.util.concurrent.Future, CompletionStage, "
            + "CompletableFuture, void or, with Reactor, Mono";

    /** Returns the kind, or null if the type is not supported. */
    static @Nullable ReturnKind of(Method method) {
        Class<?> type = method.getReturnType();
        if (FUTURES.contains(type)) {
            return FUTURE;
        }
        if (type == void.class || type.getName().equals("kotlin.Unit")) {
            return NOTHING;
        }
        return (REACTOR && type.getName().equals(MONO_CLASS)) ? MONO : null;
    }

    /** Whether an annotation on the class is meant for the method. */
    static boolean isAsynchronous(Method method) {
        ReturnKind kind = of(method);
        return (kind != null) ? kind != NOTHING
                : java.util.concurrent.Future.class.isAssignableFrom(method.getReturnType());
    }

}
