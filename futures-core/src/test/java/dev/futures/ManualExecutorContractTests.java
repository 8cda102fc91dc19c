// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;

import dev.futures.test.ManualExecutor;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Has every task run as soon as it is submitted.
 */
class ManualExecutorContractTests implements BasicContract {

    @Override
    public Executor executor() {
        ManualExecutor manual = new ManualExecutor();
        return (Executor) Proxy.newProxyInstance(Executor.class.getClassLoader(), new Class<?>[] { Executor.class },
                (proxy, method, arguments) -> {
                    if (method.isDefault()) {
                        return InvocationHandler.invokeDefault(proxy, method, arguments);
                    }
                    try {
                        Object result = method.invoke(manual, arguments);
                        if (method.getName().equals("submit")) {
                            manual.runAll();
                        }
                        return result;
                    }
                    catch (InvocationTargetException ex) {
                        throw ex.getCause();
                    }
                });
    }

    /** Time passes only when it is told to. */
    @Test
    @Override
    public void aTimeLimitStopsATaskThatListens() throws Exception {
        try (ManualExecutor executor = new ManualExecutor()) {
            Future<Boolean> future = executor.submit(() -> {
                executor.advance(Duration.ofSeconds(60));
                return Thread.currentThread().isInterrupted();
            }, TaskOptions.named("endless").withTimeLimit(Duration.ofSeconds(60)));
            executor.advance(Duration.ofHours(1));
            assertThat(future.done()).isFalse();
            executor.runAll();
            assertThat(future.exception(Duration.ZERO)).isInstanceOf(TaskTimeoutException.class)
                .hasMessageContaining("'endless'")
                .hasMessageContaining("PT1M");
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            assertThat(executor.statistics().tasks().timedOut()).isEqualTo(1);
        }
    }

    @Test
    @Override
    public void aTaskThatIgnoresInterruptsSeesThatItIsLate() throws Exception {
        try (ManualExecutor executor = new ManualExecutor()) {
            StringBuilder seen = new StringBuilder();
            executor.submit(() -> {
                seen.append(TaskContext.current().remaining()).append(TaskContext.current().isCancelled());
                executor.advance(Duration.ofSeconds(2));
                seen.append(TaskContext.current().remaining()).append(TaskContext.current().isCancelled());
                executor.advance(Duration.ofSeconds(3));
                seen.append(TaskContext.current().remaining()).append(TaskContext.current().isCancelled());
            }, TaskOptions.none().withTimeLimit(Duration.ofSeconds(5)));
            assertThat(executor.runAll()).isEqualTo(1);
            assertThat(seen).hasToString("PT5SfalsePT3SfalsePT0Strue");
        }
    }

    @Test
    @Override
    public void aTaskKnowsHowMuchTimeIsLeft() throws Exception {
        try (ManualExecutor executor = new ManualExecutor()) {
            TaskOptions options = TaskOptions.none().withQueueTimeLimit(Duration.ofSeconds(1));
            Future<Duration> unlimited = executor.submit(() -> TaskContext.current().remaining(), options);
            Future<Duration> limited = executor.submit(() -> {
                executor.advance(Duration.ofSeconds(20));
                return TaskContext.current().remaining();
            }, options.withTimeLimit(Duration.ofMinutes(1)));
            executor.runAll();
            assertThat(unlimited.result(Duration.ZERO)).isNull();
            assertThat(limited.result(Duration.ZERO)).isEqualTo(Duration.ofSeconds(40));
        }
    }

}
