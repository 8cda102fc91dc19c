// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring;

import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;

import org.springframework.aop.Advisor;
import org.springframework.aop.IntroductionAdvisor;
import org.springframework.aop.Pointcut;
import org.springframework.aop.PointcutAdvisor;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.interceptor.ExposeInvocationInterceptor;
import org.springframework.aop.support.AopUtils;

/**
 * Finds the advice that a call would lose on its way to a worker process: what comes
 * after ours, be it in the same proxy or in one behind it. A method that somebody secured
 * must rather fail than run unsecured.
 */
final class SkippedAdvice {

    private SkippedAdvice() {
    }

    /**
     * Refuses a method with other advice.
     * @throws InvalidSubmitAsyncException if there is such advice
     */
    static void refuse(@Nullable Object proxy, Method method, Class<?> targetClass) {
        boolean skipped = false;
        Object current = proxy;
        while (current instanceof Advised advised) {
            for (Advisor advisor : advised.getAdvisors()) {
                if (skipped && applies(advisor, method, targetClass)) {
                    throw refusal(method, targetClass, advisor);
                }
                skipped = skipped || advisor instanceof SubmitAsyncAdvisor;
            }
            current = AopProxyUtils.getSingletonTarget(current);
        }
        if (skipped && current != null && AopUtils.isAopProxy(current)) {
            throw refusal(method, targetClass, "of a proxy that does not show it");
        }
    }

    /** What depends on the arguments of the call counts as well. */
    private static boolean applies(Advisor advisor, Method method, Class<?> targetClass) {
        if (advisor == ExposeInvocationInterceptor.ADVISOR || advisor instanceof IntroductionAdvisor) {
            return false;
        }
        if (!(advisor instanceof PointcutAdvisor pointcutAdvisor)) {
            return true;
        }
        Pointcut pointcut = pointcutAdvisor.getPointcut();
        return pointcut.getClassFilter().matches(targetClass)
                && pointcut.getMethodMatcher().matches(method, targetClass);
    }

    private static InvalidSubmitAsyncException refusal(Method method, Class<?> targetClass, Object advice) {
        return new InvalidSubmitAsyncException(
                "@SubmitAsync method " + SubmitAsyncMethod.describe(method, targetClass)
                        + " runs in a worker process, and its other advice does not travel there: " + advice,
                "Move what the advice is for to a method that calls this one, or to a bean of the worker's "
                        + "configuration that this one calls, or use a thread pool.");
    }

}
