// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;

import dev.futures.BrokenExecutorException;
import dev.futures.Future;
import dev.futures.Futures;
import dev.futures.Task;
import dev.futures.process.ProcessPoolExecutor;
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

    private final Map<MethodClassKey, SubmitAsyncMethod> methods = new ConcurrentHashMap<>();

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
        SubmitAsyncMethod method = method(invocation.getMethod(), AopUtils.getTargetClass(target));
        if (method == null) {
            return invocation.proceed();
        }
        Task<@Nullable Object> task = (method.executor() instanceof ProcessPoolExecutor)
                ? BeanCall.of(AopUtils.getTargetClass(target), method.method(), invocation.getArguments())
                : inThread(invocation);
        Future<@Nullable Object> future = submit(method, task, target, invocation.getArguments());
        if (method.returnsNothing()) {
            future.addDoneCallback((done) -> logFailure(done, method));
            return null;
        }
        return future;
    }

    private @Nullable SubmitAsyncMethod method(Method called, Class<?> targetClass) {
        return this.methods.computeIfAbsent(new MethodClassKey(called, targetClass), (key) -> {
            Method specific = BridgeMethodResolver.getMostSpecificMethod(called, targetClass);
            SubmitAsync annotation = find(specific, targetClass);
            return (annotation != null)
                    ? SubmitAsyncMethod.resolve(specific, targetClass, annotation, this.beans, this.placeholders)
                    : null;
        });
    }

    static @Nullable SubmitAsync find(Method method, Class<?> targetClass) {
        SubmitAsync onMethod = AnnotatedElementUtils.findMergedAnnotation(method, SubmitAsync.class);
        if (onMethod != null) {
            return onMethod;
        }
        boolean returnsFuture = java.util.concurrent.Future.class.isAssignableFrom(method.getReturnType())
                || method.getReturnType() == java.util.concurrent.CompletionStage.class;
        return returnsFuture ? AnnotatedElementUtils.findMergedAnnotation(targetClass, SubmitAsync.class) : null;
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
