// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.futures.DeadlockException;
import dev.futures.QueueFullException;
import dev.futures.thread.ThreadPoolExecutor;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/**
 * Tests for {@link PoolSettings}.
 */
class PoolSettingsTests {

    private final List<String> asked = new ArrayList<>();

    private String name(String setting) {
        this.asked.add(setting);
        return "my." + setting;
    }

    @Test
    void namesOfSettingsAreAskedForOnlyWhenThePoolIsBuilt() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        try (ThreadPoolExecutor executor = ThreadPoolExecutor.builder()
            .maxWorkers(1)
            .queueCapacity(1)
            .settingNames(this::name)
            .build()) {
            assertThat(this.asked).containsExactlyInAnyOrder("queueCapacity", "maxWorkers");
            executor.submit(() -> goOn.await(20, TimeUnit.SECONDS));
            executor.submit(() -> "queued");
            assertThatExceptionOfType(QueueFullException.class).isThrownBy(() -> executor.submit(() -> "too many"))
                .withMessageContaining("my.queueCapacity");
            goOn.countDown();
            assertThat(this.asked).hasSize(2);
        }
    }

    @Test
    void aDeadlockIsDescribedWithTheNameOfTheSetting() throws Exception {
        try (ThreadPoolExecutor executor = ThreadPoolExecutor.builder()
            .maxWorkers(1)
            .settingNames(this::name)
            .build()) {
            assertThat(executor.submit(() -> executor.submit(() -> "inner").result()).exception())
                .isInstanceOf(DeadlockException.class)
                .hasMessageContaining("a my.maxWorkers of 1");
            assertThat(this.asked).hasSize(2);
        }
    }

    @Test
    void aSettingMustHaveAName() {
        assertThatNullPointerException()
            .isThrownBy(() -> ThreadPoolExecutor.builder().settingNames((setting) -> null).build())
            .withMessageContaining("settingNames returned null for 'queueCapacity'");
    }

}
