// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring;

import org.springframework.aop.Pointcut;
import org.springframework.aop.support.ComposablePointcut;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;

/**
 * Brings the calls of {@link SubmitAsync} methods to the interceptor. The annotation may
 * be on the method, on the one that it overrides or implements, on the class, or on
 * another annotation there.
 */
final class SubmitAsyncAdvisor extends DefaultPointcutAdvisor {

    private static final long serialVersionUID = 1L;

    SubmitAsyncAdvisor(SubmitAsyncInterceptor interceptor) {
        super(pointcut(), interceptor);
    }

    private static Pointcut pointcut() {
        Pointcut onMethod = new AnnotationMatchingPointcut(null, SubmitAsync.class, true);
        Pointcut onClass = new AnnotationMatchingPointcut(SubmitAsync.class, true);
        return new ComposablePointcut(onMethod).union(onClass);
    }

}
