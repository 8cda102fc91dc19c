// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;

import dev.futures.support.JavaProgram;
import dev.futures.support.LeakCheck;
import dev.futures.support.Work;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application may keep the common pool busy, above all with waiting for tasks.
 */
@ExtendWith(LeakCheck.class)
class BusyCommonPoolTests {

    @Test
    void theEndOfAProcessIsNoticedAllTheSame() throws Exception {
        try (JavaProgram program = JavaProgram.start(Busy.class,
                List.of("-Djava.util.concurrent.ForkJoinPool.common.parallelism=3"), Map.of())) {
            assertThat(program.await("refused")).contains("BrokenProcessPoolException", "Unrecognized option: -Xwrong");
            assertThat(program.awaitExit()).isZero();
        }
    }

    static final class Busy {

        private Busy() {
        }

        public static void main(String[] args) throws Exception {
            CountDownLatch blocked = new CountDownLatch(3);
            CountDownLatch end = new CountDownLatch(1);
            for (int i = 0; i < 3; i++) {
                ForkJoinPool.commonPool().execute(() -> {
                    blocked.countDown();
                    try {
                        end.await();
                    }
                    catch (InterruptedException ex) {
                        Thread.currentThread().interrupt();
                    }
                });
            }
            blocked.await();
            try (ProcessPoolExecutor pool = builder().jvmOptions(List.of("-Xwrong")).build()) {
                System.out.println("refused: " + String.valueOf(pool.submit(Work::pid).exception()).replace("\n", " "));
            }
            end.countDown();
        }

        private static ProcessPoolBuilder builder() {
            return ProcessPoolExecutor.builder().maxWorkers(1).maxHeap(48 << 20).startTimeout(Duration.ofHours(1));
        }

    }

}
