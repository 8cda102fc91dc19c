// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

import dev.futures.Future;
import dev.futures.PoolState;
import dev.futures.TaskAction;
import dev.futures.support.Await;
import dev.futures.support.Gate;
import dev.futures.support.LeakCheck;
import dev.futures.support.LogCapture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Worker processes that die, in a pool that follows Python's rule.
 */
@ExtendWith(LeakCheck.class)
class StrictDeathTests {

    @TempDir
    private Path directory;

    /** {@link StrictFaultMatrixTests} has all deaths, this has all that is said. */
    @Test
    void oneDeathBreaksThePool() throws Exception {
        Gate gate = Gate.in(this.directory);
        try (LogCapture log = new LogCapture("dev.futures");
                ProcessPoolExecutor pool = Pools.builder(2).deathPolicy(DeathPolicy.STRICT).build()) {
            List<Future<Integer>> innocent = new ArrayList<>();
            innocent.add(pool.submit(() -> gate.pass(1)));
            gate.awaitEntered(1);
            Future<?> bomb = pool.submit((TaskAction) FaultKind.HALT::commit);
            for (int i = 0; i < 3; i++) {
                innocent.add(pool.submit(() -> gate.pass(2)));
            }
            assertThat(bomb.exception(Await.PATIENCE)).isInstanceOf(WorkerDiedException.class)
                .hasMessageContaining(FaultKind.HALT.words());
            assertThatExceptionOfType(BrokenProcessPoolException.class).isThrownBy(() -> pool.submit(() -> 1))
                .havingRootCause()
                .isInstanceOf(WorkerDiedException.class);
            for (Future<Integer> future : innocent) {
                assertThat(future.exception(Await.PATIENCE)).isExactlyInstanceOf(BrokenProcessPoolException.class)
                    .hasCauseInstanceOf(WorkerDiedException.class);
            }
            assertThat(pool.statistics().state()).isEqualTo(PoolState.BROKEN);
            assertThat(pool.statistics().brokenBy()).hasCauseInstanceOf(WorkerDiedException.class);
            assertThat(log.messages()).isNotEmpty();
        }
    }

    @Test
    void anIdleDeathBreaksThePoolAsWell() throws Exception {
        Gate gate = Gate.in(this.directory);
        try (LogCapture log = new LogCapture("dev.futures");
                ProcessPoolExecutor pool = Pools.builder(1).deathPolicy(DeathPolicy.STRICT).build()) {
            pool.submit(() -> Charge.plant(gate, FaultKind.HALT)).result(Await.PATIENCE);
            gate.letPass();
            Await.until("the pool is broken", () -> pool.statistics().state() == PoolState.BROKEN);
            assertThatExceptionOfType(BrokenProcessPoolException.class).isThrownBy(() -> pool.submit(() -> 1));
            assertThat(log.messages()).isNotEmpty();
        }
    }

    @Test
    void aDeathAfterShutdownFailsWhatIsLeft() throws Exception {
        Gate gate = Gate.in(this.directory);
        try (LogCapture log = new LogCapture("dev.futures");
                ProcessPoolExecutor pool = Pools.builder(1).deathPolicy(DeathPolicy.STRICT).build()) {
            Future<Object> bomb = pool.submit(() -> {
                gate.pass(1);
                FaultKind.HALT.commit();
                return 1;
            });
            Future<Integer> waiting = pool.submit(() -> 1);
            gate.awaitEntered(1);
            pool.shutdown(false, false);
            gate.letPass();
            assertThat(bomb.exception(Await.PATIENCE)).isInstanceOf(WorkerDiedException.class);
            assertThat(waiting.exception(Await.PATIENCE)).isInstanceOf(BrokenProcessPoolException.class);
            assertThat(pool.awaitTermination(Await.PATIENCE)).isTrue();
            assertThat(log.messages()).isNotEmpty();
        }
    }

    @Test
    void aBrokenPoolCanBeKilledAndTerminated() throws Exception {
        try (LogCapture log = new LogCapture("dev.futures");
                ProcessPoolExecutor pool = Pools.builder(2).deathPolicy(DeathPolicy.STRICT).build()) {
            Future<?> bomb = pool.submit((TaskAction) FaultKind.HALT::commit);
            assertThat(bomb.exception(Await.PATIENCE)).isInstanceOf(WorkerDiedException.class);
            pool.terminateWorkers();
            pool.killWorkers();
            assertThat(pool.awaitTermination(Await.PATIENCE)).isTrue();
            assertThat(pool.statistics().state()).isEqualTo(PoolState.BROKEN);
            assertThat(log.messages()).isNotEmpty();
        }
    }

    @Test
    void everyFutureHasAnExceptionOfItsOwn() throws Exception {
        try (LogCapture log = new LogCapture("dev.futures");
                ProcessPoolExecutor pool = Pools.builder(1).deathPolicy(DeathPolicy.STRICT).build()) {
            List<Future<?>> futures = new ArrayList<>();
            futures.add(pool.submit((TaskAction) FaultKind.HALT::commit));
            try {
                for (int i = 0; i < 3; i++) {
                    futures.add(pool.submit(() -> 1));
                }
            }
            catch (BrokenProcessPoolException ex) {
                // the process died before all were submitted
                assertThat(ex).hasRootCauseInstanceOf(WorkerDiedException.class);
            }
            Set<Throwable> thrown = Collections.newSetFromMap(new IdentityHashMap<>());
            for (Future<?> future : futures) {
                assertThat(thrown.add(future.exception(Await.PATIENCE))).isTrue();
            }
            assertThat(log.messages()).isNotEmpty();
        }
    }

}
