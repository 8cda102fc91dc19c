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
import dev.futures.support.Await;
import dev.futures.support.Gate;
import dev.futures.support.LeakCheck;
import dev.futures.support.LogCapture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Worker processes that die, in a pool that follows Python's rule.
 */
@ExtendWith(LeakCheck.class)
class StrictDeathTests {

    @TempDir
    private Path directory;

    static List<Arguments> bombs() {
        List<Arguments> all = new ArrayList<>();
        for (Bomb.Moment moment : Bomb.Moment.values()) {
            for (Death death : Death.values()) {
                all.add(Arguments.of(moment, death));
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("bombs")
    void oneDeathBreaksThePool(Bomb.Moment moment, Death death) throws Exception {
        Gate gate = Gate.in(this.directory);
        try (LogCapture log = new LogCapture("dev.futures");
                ProcessPoolExecutor pool = Pools.builder(2).deathPolicy(DeathPolicy.STRICT).build()) {
            List<Future<Integer>> innocent = new ArrayList<>();
            innocent.add(pool.submit(() -> gate.pass(1)));
            gate.awaitEntered(1);
            Future<Object> bomb = pool.submit(new Bomb(moment, death));
            for (int i = 0; i < 3; i++) {
                innocent.add(pool.submit(() -> gate.pass(2)));
            }
            assertThat(bomb.exception(Await.PATIENCE)).isInstanceOf(WorkerDiedException.class)
                .hasMessageContaining(death.description());
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

    @ParameterizedTest
    @EnumSource
    void anIdleDeathBreaksThePoolAsWell(Death death) throws Exception {
        Gate gate = Gate.in(this.directory);
        try (LogCapture log = new LogCapture("dev.futures");
                ProcessPoolExecutor pool = Pools.builder(1).deathPolicy(DeathPolicy.STRICT).build()) {
            pool.submit(() -> WorkerDeathTests.plant(gate, death)).result(Await.PATIENCE);
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
                Death.HALT.die();
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
            Future<Object> bomb = pool.submit(new Bomb(Bomb.Moment.RUN, Death.HALT));
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
            futures.add(pool.submit(new Bomb(Bomb.Moment.RUN, Death.HALT)));
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
