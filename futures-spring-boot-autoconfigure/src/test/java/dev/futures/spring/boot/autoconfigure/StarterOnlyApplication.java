// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import dev.futures.Future;
import dev.futures.Futures;
import dev.futures.spring.SubmitAsync;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * The application of {@link StarterOnlyTests}.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(StarterOnlyApplication.Tasks.class)
class StarterOnlyApplication {

    public static void main(String[] arguments) throws Exception {
        try (ConfigurableApplicationContext context = SpringApplication.run(StarterOnlyApplication.class, arguments)) {
            Tasks tasks = context.getBean(Tasks.class);
            System.out.println("in " + tasks.thread().result());
            System.out.println("in another process " + (tasks.process().result() != ProcessHandle.current().pid()));
        }
    }

    static class Tasks {

        @SubmitAsync(name = "task #{#root.methodName}")
        public Future<String> thread() {
            return Futures.completed(Thread.currentThread().getName());
        }

        @SubmitAsync("futuresProcessPool")
        public Future<Long> process() {
            return Futures.completed(ProcessHandle.current().pid());
        }

    }

}
