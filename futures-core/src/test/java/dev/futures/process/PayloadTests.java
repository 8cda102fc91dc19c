// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import dev.futures.CloseableIterator;
import dev.futures.Future;
import dev.futures.MapOptions;
import dev.futures.PoolState;
import dev.futures.RemoteTaskException;
import dev.futures.Task;
import dev.futures.TaskFunction;
import dev.futures.TaskSerializationException;
import dev.futures.support.Await;
import dev.futures.support.Gate;
import dev.futures.support.LeakCheck;
import dev.futures.support.LogCapture;
import dev.futures.support.Work;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Large and too large tasks and results.
 */
@ExtendWith(LeakCheck.class)
class PayloadTests {

    private static final int MIB = 1024 * 1024;

    @TempDir
    private Path directory;

    static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 31 + i / 251);
        }
        return bytes;
    }

    static Task<byte[]> echo(byte[] bytes) {
        return () -> bytes;
    }

    @Test
    void payloadsOfAllSizesTravelBothWays() throws Exception {
        try (ProcessPoolExecutor pool = Pools.builder(1).maxHeap(256L * MIB).build()) {
            for (int size : new int[] { 0, 1, 1024, 64 * 1024 - 100, 64 * 1024, 64 * 1024 + 1, MIB, 16 * MIB }) {
                assertThat(pool.submit(echo(bytes(size))).result(Await.PATIENCE)).isEqualTo(bytes(size));
            }
            assertThat(pool.statistics().restarts()).isZero();
        }
    }

    @Test
    void largePayloadsAtTheSameTimeDoNotBlockEachOther() throws Exception {
        try (ProcessPoolExecutor pool = Pools.builder(2).maxHeap(256L * MIB).build()) {
            List<Future<byte[]>> futures = new ArrayList<>();
            for (int round = 0; round < 2; round++) {
                for (int i = 0; i < 4; i++) {
                    futures.add(pool.submit(echo(bytes(8 * MIB + i))));
                }
            }
            for (int i = 0; i < futures.size(); i++) {
                assertThat(futures.get(i).result(Await.PATIENCE)).hasSize(8 * MIB + i % 4);
            }
        }
    }

    @Test
    void aProcessThatIsKilledWhileALargeTaskIsSentFailsOnlyThat() throws Exception {
        byte[] bytes = bytes(16 * MIB);
        try (ProcessPoolExecutor pool = Pools.builder(1).maxHeap(256L * MIB).build()) {
            for (int i = 0; i < 5; i++) {
                assertThat(pool.submit(() -> 1).result(Await.PATIENCE)).isEqualTo(1);
                Future<byte[]> large = pool.submit(echo(bytes));
                Future<Integer> next = pool.submit(() -> 2);
                assertThat(large.cancel(true)).isTrue();
                assertThat(next.result(Await.PATIENCE)).isEqualTo(2);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsTooLargeFailsOnlyItsTask(DeathPolicy deathPolicy) throws Exception {
        try (ProcessPoolExecutor pool = Pools.builder(1).deathPolicy(deathPolicy).maxPayload(100_000).build()) {
            long pid = pool.submit(Work::pid).result(Await.PATIENCE);
            byte[] tooLarge = bytes(100_001);
            assertThat(pool.submit(() -> tooLarge.length).exception(Await.PATIENCE))
                .isInstanceOf(TaskSerializationException.class)
                .hasMessageContaining("larger than the limit of 100000 bytes")
                .hasMessageContaining("maxPayload");
            assertThat(pool.submit(() -> new byte[100_001]).exception(Await.PATIENCE))
                .isInstanceOf(TaskSerializationException.class)
                .hasMessageContaining("the result, of class [B, could not be sent back")
                .hasMessageContaining("larger than the limit of 100000 bytes");
            assertThat(pool.submit(() -> new byte[90_000]).result(Await.PATIENCE)).hasSize(90_000);
            assertThat(pool.submit(Work::pid).result(Await.PATIENCE)).isEqualTo(pid);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anExceptionLargerThanTheLimitFailsOnlyItsTask(DeathPolicy deathPolicy) throws Exception {
        try (ProcessPoolExecutor pool = Pools.builder(1).deathPolicy(deathPolicy).maxPayload(1_000).build()) {
            Future<Object> failed = pool.submit(() -> {
                throw new IllegalStateException("much too long: " + "x".repeat(200_000));
            });
            assertThat(failed.exception(Await.PATIENCE)).isInstanceOf(RemoteTaskException.class)
                .hasMessageContaining("much too long");
            Future<Object> euros = pool.submit(() -> {
                throw new IllegalStateException("\u20ac".repeat(200_000));
            });
            assertThat(euros.exception(Await.PATIENCE)).isInstanceOf(RemoteTaskException.class);
            assertThat(pool.statistics().restarts()).isZero();
            assertThat(pool.statistics().state()).isEqualTo(PoolState.RUNNING);
        }
    }

    @Test
    void aLotOfOutputHoldsUpNobody() throws Exception {
        try (ProcessPoolExecutor pool = Pools.builder(1).name("noisy").build();
                LogCapture log = new LogCapture("dev.futures.worker.noisy")) {
            Future<Integer> noisy = pool.submit(() -> {
                String line = "y".repeat(99);
                for (int i = 0; i < 5_000; i++) {
                    System.out.println(line);
                    System.err.println(line);
                }
                System.out.write(new byte[3 * MIB]);
                System.out.println();
                return 1;
            });
            assertThat(noisy.result(Await.PATIENCE)).isEqualTo(1);
            Await.until("as much is logged as may be at once", () -> log.messages().size() >= 2_000);
            assertThat(log.messages()).allMatch((message) -> message.length() <= 8 * 1024 + 40);
        }
    }

    @ParameterizedTest
    @EnumSource
    void largeInputsWhoseProcessesDieHoldUpNobody(DeathPolicy deathPolicy) throws Exception {
        Gate gate = Gate.in(this.directory);
        List<byte[]> inputs = Collections.nCopies(10, bytes(MIB));
        TaskFunction<byte[], Integer> death = (input) -> {
            gate.pass(input);
            Runtime.getRuntime().halt(1);
            return input.length;
        };
        try (LogCapture log = new LogCapture("dev.futures");
                ProcessPoolExecutor pool = Pools.builder(2).deathPolicy(deathPolicy).build()) {
            MapOptions goOn = MapOptions.defaults().withContinueAfterFailure(true);
            CloseableIterator<Integer> results = pool.map(death, inputs, goOn);
            gate.letPass();
            for (int i = 0; i < 10; i++) {
                assertThatExceptionOfType(BrokenProcessPoolException.class).isThrownBy(results::next);
            }
            assertThat(results.hasNext()).isFalse();
            assertThat(log.messages()).isNotEmpty();
        }
    }

}
