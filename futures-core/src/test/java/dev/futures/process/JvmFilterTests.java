// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.ObjectInputFilter;
import java.time.Duration;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;

import dev.futures.Task;
import dev.futures.TaskSerializationException;
import dev.futures.support.Await;
import dev.futures.support.JavaProgram;
import dev.futures.support.LeakCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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

    @Test
    void aChildObeysTheFactoryOfFiltersOfItsOwnJvm() throws Exception {
        String factory = "-Djdk.serialFilterFactory=" + NoDoubles.class.getName();
        try (ProcessPoolExecutor pool = Pools.builder(1).jvmOptions(List.of(factory)).build()) {
            assertThat(pool.map((Integer each) -> each, List.of(1)).next()).isEqualTo(1);
            Iterator<Double> results = pool.map((Double each) -> each, List.of(1.5));
            assertThatExceptionOfType(TaskSerializationException.class).isThrownBy(results::next)
                .withMessageContaining("the task could not be read in the worker process")
                .withMessageContaining("filter status: REJECTED");
        }
    }

    /** Puts its own filter before any other. */
    public static final class NoDoubles implements BinaryOperator<ObjectInputFilter> {

        @Override
        public ObjectInputFilter apply(ObjectInputFilter current, ObjectInputFilter next) {
            ObjectInputFilter own = ObjectInputFilter.Config.createFilter("!java.lang.Double");
            return (next != null) ? ObjectInputFilter.merge(own, next) : own;
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
