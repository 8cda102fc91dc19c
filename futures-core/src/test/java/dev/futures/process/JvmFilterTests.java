// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

import dev.futures.Task;
import dev.futures.TaskSerializationException;
import dev.futures.support.Await;
import dev.futures.support.JavaProgram;
import dev.futures.support.LeakCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The deserialization filter of a JVM holds for its processes, in both directions.
 */
@ExtendWith(LeakCheck.class)
class JvmFilterTests {

    private static final String FILTER = "-Djdk.serialFilter=!java.util.BitSet";

    private static final String REFUSED = "class java.util.BitSet is refused by the deserialization filter";

    @Test
    void aChildObeysTheFilterOfItsOwnJvm() throws Exception {
        BitSet bits = new BitSet();
        try (ProcessPoolExecutor pool = Pools.builder(1).jvmOptions(List.of(FILTER)).build()) {
            assertThat(pool.submit(bits::cardinality).exception(Await.PATIENCE))
                .isInstanceOf(TaskSerializationException.class)
                .hasMessageContaining("the task could not be read in the worker process")
                .hasMessageContaining(REFUSED);
            assertThat(pool.submit(() -> 1).result(Await.PATIENCE)).isEqualTo(1);
        }
    }

    @Test
    void aParentObeysTheFilterOfItsOwnJvmAndPassesItOn() throws Exception {
        try (JavaProgram program = JavaProgram.start(Filtered.class, List.of(FILTER), Map.of())) {
            assertThat(program.await("result")).contains(REFUSED, "look at jdk.serialFilter of this JVM");
            assertThat(program.await("task")).contains("could not be read in the worker process", REFUSED);
            assertThat(program.awaitExit()).isZero();
        }
    }

    static final class Filtered {

        private Filtered() {
        }

        public static void main(String[] args) throws Exception {
            BitSet bits = new BitSet();
            System.out.println("result: " + messageOf(() -> BitSet.valueOf(new long[] { 5 }), "-Djdk.serialFilter=*"));
            System.out.println("task: " + messageOf(bits::cardinality));
        }

        private static String messageOf(Task<?> task, String... options) throws Exception {
            try (ProcessPoolExecutor pool = ProcessPoolExecutor.builder()
                .maxWorkers(1)
                .maxHeap(48 << 20)
                .jvmOptions(List.of(options))
                .build()) {
                return String.valueOf(pool.submit(task).exception(Duration.ofSeconds(60))).replace("\n", " ");
            }
        }

    }

}
