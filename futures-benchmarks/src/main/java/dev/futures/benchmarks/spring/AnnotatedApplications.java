// SPDX-License-Identifier: Apache-2.0

package dev.futures.benchmarks.spring;

import java.util.concurrent.CompletableFuture;

import dev.futures.spring.SubmitAsync;
import dev.futures.spring.boot.autoconfigure.FuturesAutoConfiguration;
import dev.futures.spring.boot.autoconfigure.FuturesContextAutoConfiguration;
import dev.futures.thread.ThreadPoolExecutor;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.support.ContextPropagatingTaskDecorator;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.concurrent.ConcurrentTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/**
 * The applications of {@link AnnotatedCalls}. None has actuators, so nobody looks at
 * their pools.
 */
final class AnnotatedApplications {

    private static final int WORKERS = 2;

    private AnnotatedApplications() {
    }

    static ConfigurableApplicationContext start(String contestant, boolean propagate) {
        Class<?> application = switch (contestant) {
            case "futures" -> Futures.class;
            case "async" -> AsyncWithPool.class;
            case "asyncSpring" -> AsyncWithSpring.class;
            default -> throw new IllegalArgumentException("no contestant is called '" + contestant + "'");
        };
        // With @Async it is the decorator that propagates, not the pool.
        boolean byPool = propagate && contestant.equals("futures");
        return SpringApplication.run(application, "--spring.main.banner-mode=off",
                "--spring.main.web-application-type=none", "--logging.level.root=warn",
                "--futures.context.propagate=" + byPool, "--decorate=" + propagate,
                "--futures.thread-pools.measured.max-workers=" + WORKERS,
                "--futures.thread-pools.measured.queue-capacity=100000");
    }

    /**
     * What is called.
     */
    interface Calls {

        CompletableFuture<String> call();

    }

    /**
     * Runs in the pool because of our annotation.
     */
    static class Submitted implements Calls {

        @Override
        @SubmitAsync("measured")
        public CompletableFuture<String> call() {
            return CompletableFuture.completedFuture("done");
        }

    }

    /**
     * Runs in an executor because of Spring's annotation.
     */
    static class Asynchronous implements Calls {

        @Override
        @Async("executor")
        public CompletableFuture<String> call() {
            return CompletableFuture.completedFuture("done");
        }

    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({ FuturesAutoConfiguration.class, FuturesContextAutoConfiguration.class })
    static class Futures {

        @Bean
        Calls calls() {
            return new Submitted();
        }

    }

    @Configuration(proxyBeanMethods = false)
    @EnableAsync
    @ImportAutoConfiguration({ FuturesAutoConfiguration.class, FuturesContextAutoConfiguration.class })
    static class AsyncWithPool {

        @Bean
        Calls calls() {
            return new Asynchronous();
        }

        @Bean
        AsyncTaskExecutor executor(ThreadPoolExecutor measured, @Value("${decorate}") boolean decorate) {
            ConcurrentTaskExecutor executor = new ConcurrentTaskExecutor(measured.asExecutorService());
            if (decorate) {
                executor.setTaskDecorator(new ContextPropagatingTaskDecorator());
            }
            return executor;
        }

    }

    @Configuration(proxyBeanMethods = false)
    @EnableAsync
    static class AsyncWithSpring {

        @Bean
        Calls calls() {
            return new Asynchronous();
        }

        @Bean
        ThreadPoolTaskExecutor executor(@Value("${decorate}") boolean decorate) {
            ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
            executor.setCorePoolSize(WORKERS);
            executor.setMaxPoolSize(WORKERS);
            executor.setQueueCapacity(100_000);
            if (decorate) {
                executor.setTaskDecorator(new ContextPropagatingTaskDecorator());
            }
            return executor;
        }

    }

}
