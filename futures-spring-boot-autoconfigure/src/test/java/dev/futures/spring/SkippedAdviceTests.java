// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.futures.Future;
import dev.futures.Futures;
import dev.futures.spring.boot.autoconfigure.FuturesAutoConfiguration;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.aop.Advisor;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.framework.autoproxy.DefaultAdvisorAutoProxyCreator;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.NameMatchMethodPointcut;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link SkippedAdvice}.
 */
class SkippedAdviceTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(FuturesAutoConfiguration.class))
        .withPropertyValues("futures.thread-pools.threads.max-workers=1",
                "futures.process-pools.processes.max-workers=1");

    @Test
    void adviceOfAProcessMethodIsFoundAtStartUp() {
        this.runner.withUserConfiguration(Security.class)
            .withBean(InProcess.class)
            .run((context) -> assertThat(context).getFailure()
                .isInstanceOf(InvalidSubmitAsyncException.class)
                .hasMessageContaining("InProcess.secured runs in a worker process")
                .hasMessageContaining("does not travel there"));
    }

    @Test
    void adviceOfABeanThatIsMadeLaterFailsTheCall() {
        this.runner.withUserConfiguration(Security.class)
            .withBean(InProcess.class, InProcess::new, (definition) -> definition.setLazyInit(true))
            .run((context) -> {
                InProcess bean = context.getBean(InProcess.class);
                assertThat(bean.secured().exception()).isInstanceOf(InvalidSubmitAsyncException.class)
                    .hasMessageContaining("does not travel there");
            });
    }

    @Test
    void adviceOfAMethodWithoutResultIsAFailureForTheHandlers() {
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        SubmitAsyncExceptionHandler handler = (failure, method, arguments) -> failures.add(failure);
        this.runner.withUserConfiguration(Security.class)
            .withBean(SubmitAsyncExceptionHandler.class, () -> handler)
            .withBean(NothingInProcess.class, NothingInProcess::new, (definition) -> definition.setLazyInit(true))
            .run((context) -> {
                context.getBean(NothingInProcess.class).secured();
                assertThat(failures).singleElement().isInstanceOf(InvalidSubmitAsyncException.class);
            });
    }

    @Test
    void adviceOfAMethodThatReturnsAMonoFailsTheSubscription() {
        this.runner.withUserConfiguration(Security.class)
            .withBean(MonoInProcess.class, MonoInProcess::new, (definition) -> definition.setLazyInit(true))
            .run((context) -> {
                Mono<String> secured = context.getBean(MonoInProcess.class).secured();
                assertThatThrownBy(() -> secured.block(Duration.ofSeconds(60)))
                    .isInstanceOf(InvalidSubmitAsyncException.class);
            });
    }

    @Test
    void adviceIsFoundWhenATemplateYieldsAProcessPool() {
        this.runner.withUserConfiguration(Security.class)
            .withBean(Chosen.class)
            .run((context) -> assertThat(context.getBean(Chosen.class).secured("processes").exception())
                .isInstanceOf(InvalidSubmitAsyncException.class)
                .hasMessageContaining("does not travel there"));
    }

    @Test
    void adviceInAProxyThatCannotBeAddedToIsFound() {
        this.runner.withBean(InProcess.class, SkippedAdviceTests::frozenProxy)
            .run((context) -> assertThat(context).getFailure().isInstanceOf(InvalidSubmitAsyncException.class));
    }

    @Test
    void adviceInAProxyThatDoesNotShowItIsFound() {
        this.runner.withBean(InProcess.class, SkippedAdviceTests::opaqueProxy)
            .run((context) -> assertThat(context).getFailure()
                .isInstanceOf(InvalidSubmitAsyncException.class)
                .hasMessageContaining("does not show it"));
    }

    @Test
    void adviceOfOtherMethodsDoesNotMatter() {
        this.runner.withUserConfiguration(Security.class)
            .withBean(OtherMethodSecured.class)
            .run((context) -> assertThat(context).hasNotFailed());
    }

    @Test
    void adviceOfAThreadMethodRunsInTheThread() {
        this.runner.withUserConfiguration(Security.class)
            .withBean(InThread.class)
            .run((context) -> assertThat(context.getBean(InThread.class).secured().exception())
                .isInstanceOf(SecurityException.class)
                .hasMessage("threads_0"));
    }

    private static InProcess frozenProxy() {
        ProxyFactory factory = new ProxyFactory(new InProcess());
        factory.addAdvisor(Security.advisor());
        factory.setProxyTargetClass(true);
        factory.setFrozen(true);
        return (InProcess) factory.getProxy();
    }

    private static InProcess opaqueProxy() {
        ProxyFactory factory = new ProxyFactory(new InProcess());
        factory.addAdvisor(Security.advisor());
        factory.setProxyTargetClass(true);
        factory.setOpaque(true);
        return (InProcess) factory.getProxy();
    }

    @Configuration(proxyBeanMethods = false)
    static class Security {

        @Bean
        static DefaultAdvisorAutoProxyCreator creator() {
            DefaultAdvisorAutoProxyCreator creator = new DefaultAdvisorAutoProxyCreator();
            creator.setOrder(Ordered.HIGHEST_PRECEDENCE);
            creator.setProxyTargetClass(true);
            return creator;
        }

        @Bean
        static Advisor advisor() {
            NameMatchMethodPointcut pointcut = new NameMatchMethodPointcut();
            pointcut.setMappedName("secured");
            MethodInterceptor interceptor = (invocation) -> {
                throw new SecurityException(Thread.currentThread().getName());
            };
            return new DefaultPointcutAdvisor(pointcut, interceptor);
        }

    }

    static class InProcess {

        @SubmitAsync("processes")
        public Future<String> secured() {
            return Futures.completed("it ran");
        }

    }

    static class NothingInProcess {

        @SubmitAsync("processes")
        public void secured() {
        }

    }

    static class MonoInProcess {

        @SubmitAsync("processes")
        public Mono<String> secured() {
            return Mono.just("it ran");
        }

    }

    static class Chosen {

        @SubmitAsync("#{#pool}")
        public Future<String> secured(String pool) {
            return Futures.completed("it ran");
        }

    }

    static class OtherMethodSecured {

        @SubmitAsync("processes")
        public Future<String> free() {
            return Futures.completed("it ran");
        }

        public String secured() {
            return "";
        }

    }

    static class InThread {

        @SubmitAsync("threads")
        public Future<String> secured() {
            return Futures.completed("it ran");
        }

    }

}
