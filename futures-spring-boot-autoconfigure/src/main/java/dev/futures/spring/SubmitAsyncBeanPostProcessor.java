// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.futures.process.ProcessPoolExecutor;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.EmbeddedValueResolverAware;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;
import org.springframework.util.StringValueResolver;

/**
 * Proxies beans with {@link SubmitAsync} methods. The advice comes before all that is
 * there, so that transactions and security happen in the worker if that is a thread. To a
 * process no other advice travels, so a method that has some is refused. What is wrong
 * with a method is reported at start-up.
 */
public final class SubmitAsyncBeanPostProcessor extends AbstractBeanFactoryAwareAdvisingPostProcessor
        implements EmbeddedValueResolverAware, SmartInitializingSingleton {

    private static final long serialVersionUID = 1L;

    /** The beans whose methods name an executor, with their classes, by its name. */
    private final transient Map<String, Map<String, Class<?>>> submitters = new ConcurrentHashMap<>();

    /** The methods found so far that run in processes, for the check at the end. */
    private final transient Set<ProcessCall> inProcesses = ConcurrentHashMap.newKeySet();

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
        this.advisor = new SubmitAsyncAdvisor(
                new SubmitAsyncInterceptor(this.beans, (value) -> this.placeholders.resolveStringValue(value)));
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        Class<?> targetClass = AopUtils.getTargetClass(bean);
        if (isEligible(targetClass)) {
            ReflectionUtils.doWithMethods(targetClass, (method) -> check(method, targetClass, bean, beanName),
                    ReflectionUtils.USER_DECLARED_METHODS);
        }
        return super.postProcessAfterInitialization(bean, beanName);
    }

    /**
     * Looks for advice that would be skipped in a worker process. By now every
     * post-processor had its turn; beans that are made later are checked when they are
     * called.
     */
    @Override
    public void afterSingletonsInstantiated() {
        this.inProcesses.forEach((call) -> {
            Object singleton = (this.beanFactory != null) ? this.beanFactory.getSingleton(call.beanName()) : null;
            SkippedAdvice.refuse(singleton, call.method(), call.targetClass());
        });
        this.inProcesses.clear();
    }

    /**
     * Returns which of the beans that have been created have methods that are submitted
     * to the executor of the given name.
     * @param executor the bean name of the executor
     * @return the classes of these beans, by their names
     */
    public Map<String, Class<?>> submittersTo(String executor) {
        return Map.copyOf(this.submitters.getOrDefault(executor, Map.of()));
    }

    private void check(Method method, Class<?> targetClass, Object bean, String beanName) {
        SubmitAsync annotation = SubmitAsyncInterceptor.find(method, targetClass);
        if (annotation == null || this.beans == null) {
            return;
        }
        requireProxyable(targetClass, bean, beanName);
        SubmitAsyncMethod.check(method, targetClass, annotation, this.beans, this.placeholders);
        String executor = SubmitAsyncMethod.executorName(annotation, this.placeholders);
        this.submitters.computeIfAbsent(executor, (key) -> new ConcurrentHashMap<>()).put(beanName, targetClass);
        if (!executor.isEmpty() && this.beans.isTypeMatch(executor, ProcessPoolExecutor.class)) {
            this.inProcesses.add(new ProcessCall(beanName, method, targetClass));
        }
    }

    private void requireProxyable(Class<?> targetClass, Object bean, String beanName) {
        if (Modifier.isFinal(targetClass.getModifiers()) && !(bean instanceof Advised)
                && !Proxy.isProxyClass(targetClass) && isProxiedByClass(bean, beanName)) {
            throw new InvalidSubmitAsyncException(
                    "class " + ClassUtils.getShortName(targetClass)
                            + " of a @SubmitAsync method is final, so its calls cannot be intercepted",
                    "Do not make it final. In Kotlin, classes are: declare it open, or use the compiler plugin "
                            + "kotlin-spring.");
        }
    }

    /** Asks as the super class is about to do. */
    private boolean isProxiedByClass(Object bean, String beanName) {
        ProxyFactory factory = prepareProxyFactory(bean, beanName);
        if (!factory.isProxyTargetClass()) {
            evaluateProxyInterfaces(bean.getClass(), factory);
        }
        return factory.isProxyTargetClass();
    }

    private record ProcessCall(String beanName, Method method, Class<?> targetClass) {

    }

}
