// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.aop.support.AopUtils;
import org.springframework.asm.Type;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ApplicationEventPublisherAware;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.config.TaskManagementConfigUtils;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Proxies beans with {@link SubmitAsync} methods. The advice comes before all that is
 * there, so that transactions and security happen in the worker if that is a thread. To a
 * process no other advice travels, so a method that has some is refused. What is wrong
 * with a method is reported at start-up.
 */
public final class SubmitAsyncBeanPostProcessor extends AbstractBeanFactoryAwareAdvisingPostProcessor
        implements ApplicationEventPublisherAware, SmartInitializingSingleton {

    private static final long serialVersionUID = 1L;

    private static final Log logger = LogFactory.getLog(SubmitAsync.class);

    /** The methods found so far that run in processes, for the check at the end. */
    private final transient Set<ProcessCall> inProcesses = ConcurrentHashMap.newKeySet();

    private final transient AnnotatedClasses annotated = new AnnotatedClasses(SubmitAsync.class);

    /** The classes whose own calls were looked at. */
    private final transient Set<Class<?>> inspected = ConcurrentHashMap.newKeySet();

    private transient @Nullable ConfigurableListableBeanFactory beans;

    private transient @Nullable Submitters submitters;

    private transient @Nullable ApplicationEventPublisher publisher;

    /**
     * Creates a post-processor whose advice comes before all other.
     */
    public SubmitAsyncBeanPostProcessor() {
        setBeforeExistingAdvisors(true);
    }

    @Override
    public void setApplicationEventPublisher(ApplicationEventPublisher applicationEventPublisher) {
        this.publisher = applicationEventPublisher;
    }

    @Override
    public void setBeanFactory(BeanFactory beanFactory) {
        super.setBeanFactory(beanFactory);
        ConfigurableListableBeanFactory factory = (ConfigurableListableBeanFactory) beanFactory;
        Submitters known = new Submitters(factory);
        this.beans = factory;
        this.submitters = known;
    }

    private void publish(Object event) {
        if (this.publisher != null) {
            this.publisher.publishEvent(event);
        }
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        Class<?> targetClass = AopUtils.getTargetClass(bean);
        ConfigurableListableBeanFactory factory = this.beans;
        if (factory == null) {
            return bean;
        }
        boolean submits = this.annotated.contains(targetClass);
        if (submits) {
            makeAdvisor(factory);
            check(bean, beanName, targetClass, factory);
        }
        if (factory.containsBean(TaskManagementConfigUtils.ASYNC_ANNOTATION_PROCESSOR_BEAN_NAME)
                && AnnotationUtils.isCandidateClass(targetClass, Async.class)) {
            ReflectionUtils.doWithMethods(targetClass, (method) -> MethodRules.checkAsync(method, targetClass),
                    ReflectionUtils.USER_DECLARED_METHODS);
        }
        return submits ? super.postProcessAfterInitialization(bean, beanName) : bean;
    }

    private void check(Object bean, String beanName, Class<?> targetClass, ConfigurableListableBeanFactory factory) {
        if (isEligible(targetClass)) {
            Set<String> methods = new HashSet<>();
            ReflectionUtils.doWithMethods(targetClass, (method) -> {
                if (check(method, targetClass, bean, beanName, factory)) {
                    methods.add(method.getName() + Type.getMethodDescriptor(method));
                }
            }, ReflectionUtils.USER_DECLARED_METHODS);
            warnOfSelfInvocations(targetClass, methods);
        }
    }

    /** An application without such methods loads nothing of it. */
    private void makeAdvisor(ConfigurableListableBeanFactory factory) {
        if (this.advisor == null && this.submitters != null) {
            UncaughtFailures failures = new UncaughtFailures(factory, (event) -> publish(event));
            this.advisor = new SubmitAsyncAdvisor(new SubmitAsyncInterceptor(factory, this.submitters, failures));
        }
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
     * Returns what the workers of a process pool need for the beans that have been
     * created and have methods that are, or may be, submitted to it.
     * @param executor the bean name of the executor
     * @param withDependencies whether to include the components that these beans need
     * @return names of classes, by bean name
     */
    public Map<String, String> componentsFor(String executor, boolean withDependencies) {
        Submitters known = this.submitters;
        return (known != null) ? known.of(executor, withDependencies) : Map.of();
    }

    /** Returns whether the method is one whose calls are submitted. */
    private boolean check(Method method, Class<?> targetClass, Object bean, String beanName,
            ConfigurableListableBeanFactory factory) {
        SubmitAsync annotation = SubmitAsyncMethod.find(method, targetClass);
        if (annotation == null) {
            return false;
        }
        requireProxyable(targetClass, bean, beanName);
        MethodRules.check(method, targetClass);
        SubmitAsyncMethod found = SubmitAsyncMethod.read(method, targetClass, annotation, factory);
        String executor = found.executorName(factory);
        if (executor == null) {
            note(null, beanName, targetClass);
            return true;
        }
        NamedExecutors known = new NamedExecutors(factory);
        known.require(found.where(), executor);
        note(executor, beanName, targetClass);
        if (known.isolates(executor)) {
            TravellingTypes.check(found.where(), method, targetClass);
            this.inProcesses.add(new ProcessCall(beanName, method, targetClass));
        }
        return true;
    }

    private void note(@Nullable String executor, String beanName, Class<?> targetClass) {
        if (this.submitters != null) {
            this.submitters.add(executor, beanName, targetClass);
        }
    }

    private void requireProxyable(Class<?> targetClass, Object bean, String beanName) {
        if (Modifier.isFinal(targetClass.getModifiers()) && !(bean instanceof Advised)
                && !Proxy.isProxyClass(targetClass) && isProxiedByClass(bean, beanName)) {
            throw MethodRules.finalClass(targetClass);
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

    private void warnOfSelfInvocations(Class<?> targetClass, Set<String> methods) {
        if (this.inspected.add(targetClass)) {
            SelfInvocations.in(targetClass, methods)
                .forEach((call) -> logger.warn("in " + ClassUtils.getShortName(targetClass) + ", " + call
                        + ", a @SubmitAsync method, on the same object: no proxy sees that, and it runs in the "
                        + "caller's thread; call it on the bean, injected into another one"));
        }
    }

    private record ProcessCall(String beanName, Method method, Class<?> targetClass) {

    }

}
