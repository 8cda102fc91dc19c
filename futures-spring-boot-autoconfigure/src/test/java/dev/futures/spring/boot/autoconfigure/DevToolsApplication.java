// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.io.Serializable;
import java.util.concurrent.atomic.AtomicInteger;

import dev.futures.Future;
import dev.futures.Futures;
import dev.futures.spring.SubmitAsync;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.devtools.restart.Restarter;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The application of {@link DevToolsTests}. What it counts survives its restarts, since
 * system properties do.
 */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({ FuturesAutoConfiguration.class, LifecycleAutoConfiguration.class })
class DevToolsApplication {

    static final int STARTS = 2;

    private static final String STARTED = "starts.so.far";

    @Bean
    Tasks tasks() {
        return new Tasks();
    }

    public static void main(String[] arguments) throws Exception {
        ConfigurableApplicationContext context = SpringApplication.run(DevToolsApplication.class, arguments);
        int start = Integer.getInteger(STARTED, 0) + 1;
        System.setProperty(STARTED, String.valueOf(start));
        ClassLoader loader = DevToolsApplication.class.getClassLoader();
        System.out.println("start " + start + " by " + loader.getClass().getSimpleName());
        System.out.println("start " + start + " old threads " + threads() + " old workers " + workers());
        Tasks tasks = context.getBean(Tasks.class);
        Answer inThread = tasks.inThread(new Answer("")).result();
        Answer inProcess = tasks.inProcess(new Answer("")).result();
        System.out.println("start " + start + " answers " + inThread.text() + " " + inProcess.text() + " same class "
                + (inThread.getClass() == inProcess.getClass()));
        System.out.println("start " + start + " new threads " + (threads() > 0) + " new workers " + (workers() > 0));
        if (start < STARTS) {
            new Thread(() -> Restarter.getInstance().restart(), "restarts").start();
        }
        else {
            context.close();
            // a worker is gone for its pool a little before its thread has ended
            for (Thread thread : Thread.getAllStackTraces().keySet()) {
                if (thread.getName().startsWith("pool-")) {
                    thread.join(60_000);
                }
            }
            System.out.println("end old threads " + threads() + " old workers " + workers());
            System.exit(0);
        }
    }

    private static long threads() {
        return Thread.getAllStackTraces()
            .keySet()
            .stream()
            .filter((each) -> each.getName().startsWith("pool-"))
            .count();
    }

    private static long workers() {
        return ProcessHandle.current().children().count();
    }

    record Answer(String text) implements Serializable {

    }

    static class Tasks {

        private final AtomicInteger calls = new AtomicInteger();

        @SubmitAsync("pool-of-threads")
        public Future<Answer> inThread(Answer argument) {
            return Futures.completed(new Answer("thread" + this.calls.incrementAndGet()));
        }

        @SubmitAsync("pool-of-processes")
        public Future<Answer> inProcess(Answer argument) {
            return Futures.completed(new Answer("process" + this.calls.incrementAndGet()));
        }

    }

}
