// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;

import dev.futures.BrokenExecutorException;
import dev.futures.Executor;
import dev.futures.Future;
import dev.futures.Futures;
import dev.futures.Task;
import dev.futures.TaskOptions;
import dev.futures.pool.PendingResult;
import dev.futures.pool.PoolExecutor;
import dev.futures.pool.UnpooledExecutor;
import dev.futures.spring.worker.BeanCall;
import dev.futures.spring.worker.MethodResult;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.expression.BeanFactoryResolver;
import org.springframework.core.BridgeMethodResolver;
import org.springframework.core.MethodClassKey;
import org.springframework.expression.EvaluationContext;

/**
 * Turns the call of a {@link SubmitAsync} method into a task.
 */
final class SubmitAsyncInterceptor implements MethodInterceptor {

    private final ConfigurableListableBeanFactory beans;

    private final BeanFactoryResolver beanResolver;

    private final Submitters submitters;

    private final UncaughtFailures failures;

    private final Map<MethodClassKey, Optional<SubmitAsyncMethod>> methods = new ConcurrentHashMap<>();

    SubmitAsyncInterceptor(ConfigurableListableBeanFactory beans, Submitters submitters, UncaughtFailures failures) {
        this.beans = beans;
        this.submitters = submitters;
        this.beanResolver = new BeanFactoryResolver(beans);
        this.failures = failures;
    }

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        Object target = invocation.getThis();
        if (target == null) {
            throw new IllegalStateException("@SubmitAsync needs a target object: " + invocation.getMethod());
        }
        Class<?> targetClass = AopUtils.getTargetClass(target);
        SubmitAsyncMethod method = this.methods
            .computeIfAbsent(new MethodClassKey(invocation.getMethod(), targetClass),
                    (key) -> Optional.ofNullable(read(invocation.getMethod(), targetClass)))
            .orElse(null);
        if (method == null) {
            return invocation.proceed();
        }
        // the caller's thread goes on with the original
        MethodInvocation call = copy(invocation);
        return switch (method.returnKind()) {
            case FUTURE -> asDeclared(method, submit(method, call, target));
            case MONO -> MonoCalls.of(() -> submit(method, copy(call), target));
            case NOTHING -> {
                submit(method, call, target)
                    .addDoneCallback((done) -> this.failures.report(done, method.method(), method.where(), invocation));
                yield null;
            }
        };
    }

    private @Nullable SubmitAsyncMethod read(Method called, Class<?> targetClass) {
        Method specific = BridgeMethodResolver.getMostSpecificMethod(called, targetClass);
        SubmitAsync annotation = SubmitAsyncMethod.find(specific, targetClass);
        return (annotation != null) ? SubmitAsyncMethod.read(specific, targetClass, annotation, this.beans) : null;
    }

    private static MethodInvocation copy(MethodInvocation invocation) {
        return (invocation instanceof ProxyMethodInvocation proxied) ? proxied.invocableClone() : invocation;
    }

    private static Object asDeclared(SubmitAsyncMethod method, Future<?> future) {
        return method.method().getReturnType().isInstance(future) ? future : future.toCompletableFuture();
    }

    /**
     * Submits one call. What is wrong with it fails its future, so that whoever sees to
     * its failures sees to this one too.
     */
    private Future<@Nullable Object> submit(SubmitAsyncMethod method, MethodInvocation call, Object target) {
        Executor executor;
        TaskOptions options;
        try {
            EvaluationContext context = method.dependsOnCall() ? CallTemplate.context(method.method(),
                    method.targetClass(), target, call.getArguments(), this.beanResolver) : null;
            executor = method.executor(context, this.beans);
            options = method.options(context);
        }
        catch (RuntimeException ex) {
            return Futures.failed(ex);
        }
        try {
            Task<@Nullable Object> task = executor.isolatesTasks() ? elsewhere(method, call)
                    : inThread(call, executor instanceof PoolExecutor || executor instanceof UnpooledExecutor);
            return executor.submit(task, options);
        }
        catch (InvalidSubmitAsyncException | RejectedExecutionException | BrokenExecutorException ex) {
            return Futures.failed(ex);
        }
    }

    /**
     * The rest of the invocation stays behind, so there must be nothing in it. Two beans
     * of a class need not have the same advice, so this is not remembered by method.
     * @throws InvalidSubmitAsyncException if other advice would be skipped
     */
    private Task<@Nullable Object> elsewhere(SubmitAsyncMethod method, MethodInvocation call) {
        Object proxy = (call instanceof ProxyMethodInvocation proxied) ? proxied.getProxy() : null;
        SkippedAdvice.refuse(proxy, method.method(), method.targetClass());
        return BeanCall.of(method.targetClass(), method.method(), this.submitters.requiredBy(method.targetClass()),
                call.getArguments());
    }

    private static Task<@Nullable Object> inThread(MethodInvocation call, boolean inPool) {
        return () -> {
            Object started;
            try {
                started = MethodResult.started(call.proceed());
            }
            catch (Exception | Error ex) {
                throw ex;
            }
            catch (Throwable ex) {
                throw new ExecutionException(ex);
            }
            CompletionStage<?> unfinished = MethodResult.unfinished(started);
            return (unfinished != null && inPool && PendingResult.isSupportedHere()) ? PendingResult.of(unfinished)
                    : MethodResult.of(started);
        };
    }

}
