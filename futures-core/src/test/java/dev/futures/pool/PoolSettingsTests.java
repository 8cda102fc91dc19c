// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.futures.DeadlockException;
import dev.futures.QueueFullException;
import dev.futures.interpreter.InterpreterPoolExecutor;
import dev.futures.process.ProcessPoolExecutor;
import dev.futures.thread.ThreadPoolExecutor;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
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
    void aSlipThatWouldStartAMillionThreadsOrProcessesIsRefused() {
        try (ThreadPoolExecutor executor = new ThreadPoolExecutor(32767)) {
            executor.resize(1);
            assertThatIllegalArgumentException().isThrownBy(() -> executor.resize(1_000_000))
                .withMessage("maxWorkers must be at most 32767 but was 1000000; choose a smaller number and let tasks "
                        + "wait");
            assertThat(executor.maxWorkers()).isOne();
            executor.resize(32767);
            assertThat(executor.maxWorkers()).isEqualTo(32767);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new ThreadPoolExecutor(32768))
            .withMessageStartingWith("maxWorkers must be at most 32767 but was 32768; ");
        try (ProcessPoolExecutor executor = new ProcessPoolExecutor(1024)) {
            assertThatIllegalArgumentException().isThrownBy(() -> executor.resize(1025))
                .withMessageStartingWith("maxWorkers must be at most 1024 but was 1025; ");
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new ProcessPoolExecutor(1025));
        assertThatIllegalArgumentException().isThrownBy(() -> new InterpreterPoolExecutor(32768));
    }

    @Test
    void aSettingMustHaveAName() {
        assertThatNullPointerException()
            .isThrownBy(() -> ThreadPoolExecutor.builder().settingNames((setting) -> null).build())
            .withMessageContaining("settingNames returned null for 'queueCapacity'");
    }

}
