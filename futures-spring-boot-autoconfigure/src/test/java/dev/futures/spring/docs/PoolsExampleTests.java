// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.docs;

import java.util.concurrent.ExecutorService;

import dev.futures.thread.ThreadPoolExecutor;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the examples of pools in docs/spring.md.
 */
class PoolsExampleTests {

    @Test
    void poolsAreInjected() {
        Examples.runner("pools.yaml").withBean(Newsletter.class).run((context) -> {
            Newsletter newsletter = context.getBean(Newsletter.class);
            assertThat(newsletter.send("to all").result()).isEqualTo(6);
            assertThat(newsletter.measure("to all").result()).isEqualTo(6);
            assertThat(newsletter.pools()).containsExactlyInAnyOrder("mail", "documents");
        });
    }

    @Test
    void customizersAndOwnPoolsAreUsed() {
        Examples.runner("pools.yaml").withUserConfiguration(PoolConfiguration.class).run((context) -> {
            int before = Greetings.loaded.get();
            assertThat(context.getBean("mail", ThreadPoolExecutor.class).submit(() -> 1).result()).isEqualTo(1);
            assertThat(Greetings.loaded).hasValueGreaterThan(before);
            assertThat(context.getBean("computations", ThreadPoolExecutor.class).statistics().queueCapacity())
                .isEqualTo(10);
        });
    }

    @Test
    void thePoolIsSeenAsAnExecutorOfTheJdk() {
        Examples.runner("pools.yaml").withUserConfiguration(ViewConfiguration.class).run((context) -> {
            ExecutorService view = context.getBean("mailExecutorService", ExecutorService.class);
            assertThat(view.submit(() -> Thread.currentThread().getName()).get()).startsWith("mail_");
            ThreadPoolExecutor pool = context.getBean("mail", ThreadPoolExecutor.class);
            assertThat(pool.statistics().tasks().succeeded()).isEqualTo(1);
        });
    }

}
