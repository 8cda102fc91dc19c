// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.util.List;
import java.util.TreeSet;

import dev.futures.Executor;
import dev.futures.Future;
import dev.futures.Futures;
import dev.futures.spring.SubmitAsync;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The application of {@link AheadOfTimeTests}. It is not nested, since what is generated
 * is found by its name.
 */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({ FuturesAutoConfiguration.class, TaskExecutionAutoConfiguration.class,
        LifecycleAutoConfiguration.class })
class AheadOfTimeApplication {

    @Bean
    Tasks tasks() {
        return new Tasks();
    }

    public static void main(String[] arguments) throws Exception {
        SpringApplication application = new SpringApplicationBuilder(AheadOfTimeApplication.class)
            .web(WebApplicationType.NONE)
            .build();
        try (ConfigurableApplicationContext context = application.run(arguments)) {
            System.out.println("pools " + new TreeSet<>(List.of(context.getBeanNamesForType(Executor.class))));
            Tasks tasks = context.getBean(Tasks.class);
            System.out.println("in " + tasks.thread().result());
            System.out.println("reports has " + context.getBean("reports", Executor.class).statistics().maxWorkers());
            System.out.println("in another process " + (tasks.process().result() != ProcessHandle.current().pid()));
        }
    }

    static class Tasks {

        @SubmitAsync("${thread.pool:reports}")
        public Future<String> thread() {
            return Futures.completed(Thread.currentThread().getName());
        }

        @SubmitAsync("${process.pool:documents}")
        public Future<Long> process() {
            return Futures.completed(ProcessHandle.current().pid());
        }

    }

}
