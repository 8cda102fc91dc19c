// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import dev.futures.process.ProcessPoolExecutor;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for messages of a running pool that tell to change a setting.
 */
class PropertyNamesInMessagesTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(FuturesAutoConfiguration.class))
        .withPropertyValues("futures.process-pools.documents.max-workers=1", "futures.defaults.max-payload=5KB",
                "futures.process-pools.documents.max-heap=64MB");

    @Test
    void nameThePropertyAlsoIfItIsInheritedAndInTheWorker() {
        this.runner.run((context) -> {
            ProcessPoolExecutor pool = context.getBean(ProcessPoolExecutor.class);
            byte[] large = new byte[10_000];
            assertThat(pool.submit(() -> large.length).exception())
                .hasMessageEndingWith("raise the limit (futures.defaults.max-payload)");
            assertThat(pool.submit(() -> new byte[10_000]).exception())
                .hasMessageEndingWith("raise the limit (futures.defaults.max-payload)");
            assertThat(pool.submit(() -> new long[100_000_000].length).exception())
                .hasMessageContaining("give the workers a larger heap (futures.process-pools.documents.max-heap)");
            assertThat(pool.submit(() -> new javax.management.ObjectName("a:b=c")).exception())
                .hasMessageContaining("give the pool a futures.process-pools.documents.serial-filter that allows it");
        });
    }

}
