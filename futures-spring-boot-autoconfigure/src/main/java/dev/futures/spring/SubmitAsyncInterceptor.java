// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;

import dev.futures.BrokenExecutorException;
import dev.futures.Future;
import dev.futures.Futures;
import dev.futures.Task;
import dev.futures.spring.worker.BeanCall;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.BridgeMethodResolver;
import org.springframework.core.MethodClassKey;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.StringValueResolver;

/**
 * Turns the call of a {@link SubmitAsync} method into a task.
 */
final class SubmitAsyncInterceptor implements MethodInterceptor {

    private static final Logger logger = System.getLogger(SubmitAsync.class.getName());

    private final ListableBeanFactory beans;

    private final StringValueResolver placeholders;

    private final Map<MethodClassKey, Optional<SubmitAsyncMethod>> methods = new ConcurrentHashMap<>();

    SubmitAsyncInterceptor(ListableBeanFactory beans, StringValueResolver placeholders) {
        this.beans = beans;
        this.placeholders = placeholders;
    }

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        Object target = invocation.getThis();
        if (target == null) {
            throw new IllegalStateException("@SubmitAsync needs a target object: " + invocation.getMethod());
        }
        Class<?> targetClass = AopUtils.getTargetClass(target);
        try {
            SubmitAsyncMethod method = method(invocation.getMethod(), targetClass);
            return (method != null) ? submit(method, invocation, target, targetClass) : invocation.proceed();
        }
        catch (InvalidSubmitAsyncException ex) {
            if (invocation.getMethod().getReturnType() == void.class) {
                throw ex;
            }
            return Futures.failed(ex);
        }
    }

    /** Resolved outside of the map, since that may make beans. */
    private @Nullable SubmitAsyncMethod method(Method called, Class<?> targetClass) {
        MethodClassKey key = new MethodClassKey(called, targetClass);
        Optional<SubmitAsyncMethod> known = this.methods.get(key);
        if (known == null) {
            Optional<SubmitAsyncMethod> resolved = Optional.ofNullable(resolve(called, targetClass));
            Optional<SubmitAsyncMethod> earlier = this.methods.putIfAbsent(key, resolved);
            known = (earlier != null) ? earlier : resolved;
        }
        return known.orElse(null);
    }

    private @Nullable SubmitAsyncMethod resolve(Method called, Class<?> targetClass) {
        Method specific = BridgeMethodResolver.getMostSpecificMethod(called, targetClass);
        SubmitAsync annotation = find(specific, targetClass);
        return (annotation != null)
                ? SubmitAsyncMethod.resolve(specific, targetClass, annotation, this.beans, this.placeholders) : null;
    }

    private static @Nullable Object submit(SubmitAsyncMethod method, MethodInvocation invocation, Object target,
            Class<?> targetClass) {
        Task<@Nullable Object> task = method.executor().isolatesTasks()
                ? inProcess(method.method(), invocation, targetClass) : inThread(invocation);
        Future<@Nullable Object> future = submit(method, task, target, invocation.getArguments());
        if (method.returnsNothing()) {
            future.addDoneCallback((done) -> logFailure(done, method));
            return null;
        }
        return future;
    }

    static @Nullable SubmitAsync find(Method method, Class<?> targetClass) {
        SubmitAsync onMethod = AnnotatedElementUtils.findMergedAnnotation(method, SubmitAsync.class);
        if (onMethod != null) {
            return onMethod;
        }
        return isPublic(method) && returnsFuture(method)
                ? AnnotatedElementUtils.findMergedAnnotation(targetClass, SubmitAsync.class) : null;
    }

    private static boolean isPublic(Method method) {
        return Modifier.isPublic(method.getModifiers()) && !Modifier.isStatic(method.getModifiers());
    }

    private static boolean returnsFuture(Method method) {
        return java.util.concurrent.Future.class.isAssignableFrom(method.getReturnType())
                || method.getReturnType() == java.util.concurrent.CompletionStage.class;
    }

    /**
     * The rest of the invocation stays behind, so there must be nothing in it. Two beans
     * of a class need not have the same advice, so this is not remembered by method.
     */
    private static Task<@Nullable Object> inProcess(Method method, MethodInvocation invocation, Class<?> targetClass) {
        Object proxy = (invocation instanceof ProxyMethodInvocation proxied) ? proxied.getProxy() : null;
        SkippedAdvice.refuse(proxy, method, targetClass);
        return BeanCall.of(targetClass, method, invocation.getArguments());
    }

    /** The invocation is copied, since the caller's thread goes on with the original. */
    private static Task<@Nullable Object> inThread(MethodInvocation invocation) {
        MethodInvocation copy = (invocation instanceof ProxyMethodInvocation proxied) ? proxied.invocableClone()
                : invocation;
        return () -> {
            try {
                return unwrap(copy.proceed());
            }
            catch (Exception | Error ex) {
                throw ex;
            }
            catch (Throwable ex) {
                throw new ExecutionException(ex);
            }
        };
    }

    /** The method itself returns a future, normally one that is done. */
    private static @Nullable Object unwrap(@Nullable Object returned) throws Exception {
        return BeanCall.unwrap(returned);
    }

    private static Future<@Nullable Object> submit(SubmitAsyncMethod method, Task<@Nullable Object> task, Object target,
            @Nullable Object[] arguments) {
        try {
            return method.executor().submit(task, method.options(target, arguments));
        }
        catch (RejectedExecutionException | BrokenExecutorException ex) {
            return Futures.failed(ex);
        }
    }

    private static void logFailure(Future<?> done, SubmitAsyncMethod method) {
        try {
            Throwable failure = done.cancelled() ? null : done.exception();
            if (failure != null) {
                logger.log(Level.ERROR, "@SubmitAsync method " + method.method() + " failed", failure);
            }
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

}
