// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring;

import java.lang.reflect.Method;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.ComposablePointcut;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.context.EmbeddedValueResolverAware;
import org.springframework.util.ReflectionUtils;
import org.springframework.util.StringValueResolver;

/**
 * Proxies beans with {@link SubmitAsync} methods. The advice is the outermost, so that
 * transactions, security and retries happen in the worker. What is wrong with such a
 * method is reported when its bean is created.
 */
public final class SubmitAsyncBeanPostProcessor extends AbstractBeanFactoryAwareAdvisingPostProcessor
        implements EmbeddedValueResolverAware {

    private static final long serialVersionUID = 1L;

    /** The names of the executors that the methods found so far name. */
    private final transient Set<String> executors = ConcurrentHashMap.newKeySet();

    private transient @Nullable ListableBeanFactory beans;

    private transient StringValueResolver placeholders = (value) -> value;

    /**
     * Creates a post-processor whose advice comes before all other.
     */
    public SubmitAsyncBeanPostProcessor() {
        setBeforeExistingAdvisors(true);
    }

    @Override
    public void setEmbeddedValueResolver(StringValueResolver resolver) {
        this.placeholders = resolver;
    }

    @Override
    public void setBeanFactory(BeanFactory beanFactory) {
        super.setBeanFactory(beanFactory);
        this.beans = (ListableBeanFactory) beanFactory;
        ComposablePointcut pointcut = new ComposablePointcut(
                AnnotationMatchingPointcut.forMethodAnnotation(SubmitAsync.class));
        pointcut.union((org.springframework.aop.Pointcut) new AnnotationMatchingPointcut(SubmitAsync.class, true));
        this.advisor = new DefaultPointcutAdvisor(pointcut,
                new SubmitAsyncInterceptor(this.beans, (value) -> this.placeholders.resolveStringValue(value)));
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        Class<?> targetClass = AopUtils.getTargetClass(bean);
        if (isEligible(targetClass)) {
            ReflectionUtils.doWithMethods(targetClass, (method) -> check(method, targetClass),
                    ReflectionUtils.USER_DECLARED_METHODS);
        }
        return super.postProcessAfterInitialization(bean, beanName);
    }

    /**
     * Returns whether a method of a bean that has been created is submitted to the
     * executor of the given name.
     * @param executor the bean name of the executor
     * @return {@code true} if so
     */
    public boolean submitsTo(String executor) {
        return this.executors.contains(executor);
    }

    private void check(Method method, Class<?> targetClass) {
        SubmitAsync annotation = SubmitAsyncInterceptor.find(method, targetClass);
        if (annotation != null && this.beans != null) {
            SubmitAsyncMethod.check(method, targetClass, annotation, this.beans, this.placeholders);
            this.executors.add(SubmitAsyncMethod.executorName(annotation, this.placeholders));
        }
    }

}
