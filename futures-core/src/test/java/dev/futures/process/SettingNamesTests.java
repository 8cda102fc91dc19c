// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;

import dev.futures.Task;
import dev.futures.TaskAction;
import dev.futures.support.Await;
import dev.futures.support.LeakCheck;
import dev.futures.support.LogCapture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/**
 * Tests for {@link ProcessPoolBuilder#settingNames}: messages that tell to change a
 * setting.
 */
@ExtendWith(LeakCheck.class)
class SettingNamesTests {

    private static ProcessPoolBuilder named() {
        return Pools.builder(1).settingNames((setting) -> "my." + setting);
    }

    private static String message(ProcessPoolBuilder builder, Task<?> task) throws Exception {
        try (LogCapture log = new LogCapture("dev.futures"); ProcessPoolExecutor pool = builder.build()) {
            assertThat(log.messages()).isEmpty();
            return String.valueOf(pool.submit(task).exception(Await.PATIENCE));
        }
    }

    @Test
    void areUsedForATaskThatIsTooLarge() throws Exception {
        byte[] large = new byte[10_000];
        assertThat(message(named().maxPayload(5_000), () -> large.length)).contains("could not be sent to a worker")
            .endsWith("larger than the limit of 5000 bytes; pass a file name, or raise the limit (my.maxPayload)");
    }

    @Test
    void areUsedForAResultThatIsTooLarge() throws Exception {
        assertThat(message(named().maxPayload(5_000), () -> new byte[10_000])).contains("could not be sent back")
            .endsWith("larger than the limit of 5000 bytes; pass a file name, or raise the limit (my.maxPayload)");
    }

    @Test
    void areUsedForAResultThatIsRefused() throws Exception {
        assertThat(message(named(), () -> new javax.management.ObjectName("a:b=c")))
            .contains("give the pool a my.serialFilter that allows it");
    }

    @Test
    void areUsedForAHeapThatIsExhausted() throws Exception {
        assertThat(message(named(), () -> {
            List<long[]> all = new ArrayList<>();
            while (all.size() < Integer.MAX_VALUE) {
                all.add(new long[100_000]);
            }
            return all.size();
        })).contains("give the workers a larger heap (my.maxHeap)");
    }

    @Test
    void areUsedForOptionsThatTheJvmRefuses() throws Exception {
        assertThat(message(named().jvmOptions(List.of("-Xms128m", "-Xmx64m")), () -> 1))
            .contains("correct my.jvmOptions or my.maxHeap");
        assertThat(message(named().jvmOptions(List.of("-XX:NoSuchOption")), () -> 1))
            .contains("correct my.jvmOptions or my.maxHeap");
    }

    @Test
    void areUsedForAnInitializerThatIsTooSlow() throws Exception {
        TaskAction slow = () -> new CountDownLatch(1).await();
        assertThat(message(named().startTimeout(Duration.ofSeconds(3)).restartLimit(1).initializer(slow), () -> 1))
            .contains("give it a longer my.startTimeout");
    }

    @Test
    void areUsedForAMachineThatCannotMeasureProcesses(@TempDir Path nothing) {
        try (LogCapture log = new LogCapture("dev.futures")) {
            named().maxMemoryPerChild(1).processSettings().recycling().warn("pool", nothing, (name) -> "my." + name);
            assertThat(log.messages()).singleElement()
                .asString()
                .startsWith("my.maxMemoryPerChild of pool 'pool' is without effect")
                .contains("use my.maxTasksPerChild or my.maxAgePerChild");
        }
    }

    @Test
    void areThoseOfTheBuilderByDefaultAndAskedForOnce() {
        List<String> asked = new ArrayList<>();
        UnaryOperator<String> names = (setting) -> {
            asked.add(setting);
            return setting;
        };
        ProcessSettings settings = Pools.builder(1).settingNames(names).processSettings();
        assertThat(asked).containsExactlyInAnyOrderElementsOf(ProcessSettings.NAMED);
        assertThat(settings.name("maxHeap")).isEqualTo("maxHeap");
        assertThat(asked).hasSameSizeAs(ProcessSettings.NAMED);
        assertThat(Pools.builder(1).processSettings().name("maxHeap")).isEqualTo("maxHeap");
    }

    @Test
    void mustNotBeMissing() {
        assertThatNullPointerException().isThrownBy(() -> Pools.builder(1).settingNames((setting) -> null).build());
    }

}
