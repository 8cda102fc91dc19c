// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.futures.PoolListener;
import dev.futures.TaskInfo;
import dev.futures.TaskOptions;
import dev.futures.pool.PoolExecutor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PoolListener} beans.
 */
class PoolListenerBeansTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(FuturesAutoConfiguration.class))
        .withPropertyValues("futures.inline=true");

    @Test
    void eachPoolTellsAllOfThemInTheirOrderAndBeforeThoseOfCustomizers() {
        this.runner
            .withPropertyValues("futures.thread-pools.reports.max-workers=1",
                    "futures.process-pools.documents.max-workers=1")
            .withUserConfiguration(Listeners.class)
            .run((context) -> {
                List<String> calls = context.getBean(Listeners.class).calls;
                for (String pool : List.of("reports", "documents")) {
                    calls.clear();
                    context.getBean(pool, PoolExecutor.class).submit(() -> 1, TaskOptions.named("a"));
                    assertThat(calls).containsExactly("first " + pool + " a", "second " + pool + " a",
                            "customizer " + pool + " a");
                }
            });
    }

    @Test
    void aPoolOfAChildContextTellsThoseOfItsParentToo() {
        this.runner.withUserConfiguration(Listeners.class)
            .run((parent) -> this.runner.withParent(parent)
                .withPropertyValues("futures.thread-pools.mail.max-workers=1")
                .run((child) -> {
                    child.getBean("mail", PoolExecutor.class).submit(() -> 1, TaskOptions.named("a"));
                    assertThat(parent.getBean(Listeners.class).calls).contains("first mail a");
                }));
    }

    @Configuration(proxyBeanMethods = false)
    static class Listeners {

        private final List<String> calls = new CopyOnWriteArrayList<>();

        @Bean
        @Order(2)
        PoolListener second() {
            return listener("second");
        }

        @Bean
        @Order(1)
        PoolListener first() {
            return listener("first");
        }

        @Bean
        ThreadPoolBuilderCustomizer threads() {
            return (name, builder) -> builder.listener(listener("customizer"));
        }

        @Bean
        ProcessPoolBuilderCustomizer processes() {
            return (name, builder) -> builder.listener(listener("customizer"));
        }

        private PoolListener listener(String name) {
            return new PoolListener() {

                @Override
                public @Nullable TaskListener taskSubmitted(String pool, TaskInfo task) {
                    Listeners.this.calls.add(name + " " + pool + " " + task.name());
                    return null;
                }

            };
        }

    }

}
