// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.futures.CloseableIterator;
import dev.futures.Future;
import dev.futures.MapOptions;
import dev.futures.PoolState;
import dev.futures.RemoteStackTrace;
import dev.futures.TaskFunction;
import dev.futures.TaskOptions;
import dev.futures.TaskSerializationException;
import dev.futures.serial.JvmFilter;
import dev.futures.serial.Parcel;
import dev.futures.serial.Payloads;
import dev.futures.support.Await;
import dev.futures.support.LeakCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static dev.futures.process.PayloadTests.bytes;
import static dev.futures.process.PayloadTests.echo;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Arrays and buffers on their way through a pool of processes.
 */
@ExtendWith(LeakCheck.class)
class LargePayloadTests {

    private static final int MIB = 1024 * 1024;

    private static final int PART = Parcel.MIN_PART;

    @Test
    void theSmallestLimitConcernsNothingButTheTask() throws Exception {
        try (ProcessPoolExecutor pool = Pools.builder(1).maxPayload(1).build()) {
            assertThat(pool.submit(() -> 1).exception(Await.PATIENCE)).isInstanceOf(TaskSerializationException.class)
                .hasMessageContaining("raise the limit (maxPayload)");
            assertThat(pool.statistics().state()).isEqualTo(PoolState.RUNNING);
        }
    }

    @Test
    void aNameMayBeLongerThanATask() throws Exception {
        try (ProcessPoolExecutor pool = Pools.builder(1).maxPayload(900).build()) {
            assertThat(pool.submit(() -> 1, TaskOptions.named("\u20ac".repeat(1000))).result(Await.PATIENCE))
                .isEqualTo(1);
        }
    }

    @Test
    void arraysOfAllSizesTravelBothWays() throws Exception {
        int[] sizes = { 0, 1, PART - 1, PART, PART + 1, 64 * 1024 - 1, 64 * 1024, 64 * 1024 + 1, MIB, 64 * MIB };
        try (ProcessPoolExecutor pool = Pools.builder(1).maxHeap(200L * MIB).build()) {
            for (int size : sizes) {
                byte[] bytes = bytes(size);
                assertThat(Arrays.equals(pool.submit(echo(bytes)).result(Await.PATIENCE), bytes)).as("%s", size)
                    .isTrue();
                assertThat(pool.submit(() -> Arrays.hashCode(bytes)).result(Await.PATIENCE))
                    .isEqualTo(Arrays.hashCode(bytes));
                assertThat(Arrays.equals(pool.submit(() -> bytes(size)).result(Await.PATIENCE), bytes)).isTrue();
            }
            assertThat(pool.statistics().restarts()).isZero();
        }
    }

    /** The heap of the process has room for one copy and no more. */
    @Test
    void hundredsOfMegabytesTravelWithoutBeingCopied() throws Exception {
        int size = 300 * MIB;
        byte[] bytes = new byte[size];
        bytes[0] = 1;
        bytes[size - 1] = 2;
        try (ProcessPoolExecutor pool = Pools.builder(1).maxHeap(500L * MIB).maxPayload(size + 10_000).build()) {
            byte[] back = pool.submit(echo(bytes)).result(Await.PATIENCE.multipliedBy(3));
            assertThat(Arrays.equals(back, bytes)).isTrue();
            assertThat(pool.statistics().restarts()).isZero();
        }
    }

    @Test
    void bothDirectionsAtOnceWithABacklogDoNotBlockEachOther() throws Exception {
        for (int size : new int[] { 16 * 1024, 64 * 1024, 256 * 1024, MIB, 5 * MIB }) {
            try (ProcessPoolExecutor pool = Pools.builder(3).maxHeap(64L * MIB).build()) {
                List<byte[]> inputs = new ArrayList<>();
                for (int i = 0; i < 24; i++) {
                    inputs.add(bytes(size + i));
                }
                TaskFunction<byte[], byte[]> reversed = (input) -> {
                    byte[] output = new byte[input.length + 1];
                    System.arraycopy(input, 0, output, 1, input.length);
                    return output;
                };
                CloseableIterator<byte[]> results = pool.map(reversed, inputs,
                        MapOptions.defaults().withTimeout(Await.PATIENCE.multipliedBy(2)));
                for (byte[] input : inputs) {
                    byte[] output = results.next();
                    assertThat(Arrays.equals(output, 1, output.length, input, 0, input.length)).isTrue();
                }
                assertThat(pool.statistics().restarts()).isZero();
            }
        }
    }

    @Test
    void manyArraysInOneResultTravel() throws Exception {
        try (ProcessPoolExecutor pool = Pools.builder(1).maxHeap(128L * MIB).build()) {
            List<byte[]> arrays = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                arrays.add(bytes(PART - 500 + i));
            }
            List<byte[]> back = pool.submit(() -> arrays).result(Await.PATIENCE);
            for (int i = 0; i < arrays.size(); i++) {
                assertThat(back.get(i)).isEqualTo(arrays.get(i));
            }
        }
    }

    private record Message(String text, ByteBuffer body) implements Serializable {
    }

    @Test
    void whatIsSharedStaysSharedAndBuffersKeepTheirKind() throws Exception {
        try (ProcessPoolExecutor pool = Pools.builder(1).build()) {
            byte[] shared = bytes(PART);
            List<Object> twice = new ArrayList<>(List.of(shared, shared, new int[100_000], new double[] { 1.5 }));
            boolean sharedThere = pool.submit(() -> twice.get(0) == twice.get(1)).result(Await.PATIENCE);
            assertThat(sharedThere).isTrue();
            List<Object> back = pool.submit(() -> twice).result(Await.PATIENCE);
            assertThat(back.get(0)).isEqualTo(shared).isSameAs(back.get(1));
            assertThat((int[]) back.get(2)).hasSize(100_000);
            ByteBuffer direct = ByteBuffer.allocateDirect(2 * PART).order(ByteOrder.LITTLE_ENDIAN).putInt(42).flip();
            Message message = new Message("small", direct);
            Message large = new Message("large", direct.duplicate().limit(2 * PART).asReadOnlyBuffer());
            List<Message> messages = new ArrayList<>(List.of(message, large));
            List<Message> answer = pool.submit(() -> {
                List<Message> copy = new ArrayList<>(messages);
                copy.add(new Message("there", ByteBuffer.allocateDirect(PART).putInt(0, 43)));
                return copy;
            }).result(Await.PATIENCE);
            assertThat(answer.get(0).body().order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
            assertThat(answer.get(0).body().getInt()).isEqualTo(42);
            assertThat(answer.get(1).body().isReadOnly()).isTrue();
            assertThat(answer.get(1).body().remaining()).isEqualTo(2 * PART);
            assertThat(answer.get(2).body().getInt()).isEqualTo(43);
            assertThat(direct.position()).isZero();
            assertThat(direct.limit()).isEqualTo(Integer.BYTES);
        }
    }

    @Test
    void aResultOfExactlyTheLimitPassesAndOneMoreByteDoesNot() throws Exception {
        Payloads payloads = new Payloads(LargePayloadTests.class.getClassLoader(), JvmFilter.alone(),
                Payloads.UNLIMITED);
        int limit = payloads.pack(new byte[5 * PART]).length();
        try (ProcessPoolExecutor pool = Pools.builder(1).maxPayload(limit).build()) {
            assertThat(pool.submit(() -> new byte[5 * PART]).result(Await.PATIENCE)).hasSize(5 * PART);
            assertThat(pool.submit(() -> new byte[5 * PART + 1]).exception(Await.PATIENCE))
                .isInstanceOf(TaskSerializationException.class)
                .hasMessageContaining("the result, of class [B, could not be sent back")
                .hasMessageContaining("larger than the limit of " + limit + " bytes")
                .hasMessageContaining("maxPayload");
            byte[] argument = new byte[5 * PART + 1];
            assertThat(pool.submit(() -> argument.length).exception(Await.PATIENCE))
                .isInstanceOf(TaskSerializationException.class)
                .hasMessageContaining("larger than the limit of " + limit + " bytes");
            assertThat(pool.statistics().restarts()).isZero();
        }
    }

    private static final class DataException extends Exception {

        private static final long serialVersionUID = 1L;

        @SuppressWarnings("serial")
        private final ByteBuffer data;

        DataException(String message, ByteBuffer data) {
            super(message);
            this.data = data;
        }

    }

    @Test
    void anExceptionKeepsItsClassUnderATinyLimit() throws Exception {
        try (ProcessPoolExecutor pool = Pools.builder(1).maxPayload(2_000).build()) {
            Throwable thrown = pool.submit(() -> {
                throw new DataException("d".repeat(3_000), ByteBuffer.allocate(2 * PART));
            }).exception(Await.PATIENCE);
            assertThat(thrown).isExactlyInstanceOf(DataException.class).hasMessage("d".repeat(3_000));
            assertThat(((DataException) thrown).data.remaining()).isEqualTo(2 * PART);
            assertThat(thrown.getSuppressed()).singleElement().isInstanceOf(RemoteStackTrace.class);
        }
    }

    @Test
    void aBacklogOfFuturesOfLargeArraysIsServedInAnyOrder() throws Exception {
        try (ProcessPoolExecutor pool = Pools.builder(2).maxHeap(128L * MIB).build()) {
            List<Future<byte[]>> futures = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                futures.add(pool.submit(echo(bytes(3 * MIB + i))));
            }
            for (int i = futures.size() - 1; i >= 0; i--) {
                assertThat(futures.get(i).result(Await.PATIENCE)).hasSize(3 * MIB + i);
            }
        }
    }

}
