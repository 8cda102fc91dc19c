// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.logging.Level;

import dev.futures.Future;
import dev.futures.WorkerStatistics;
import dev.futures.support.Await;
import dev.futures.support.Gate;
import dev.futures.support.LeakCheck;
import dev.futures.support.LogCapture;
import dev.futures.support.Work;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Processes that are replaced because they have become large or old, and those that are
 * to be there all the time.
 */
@ExtendWith(LeakCheck.class)
class WearAndTearTests {

    private static final long MIB = 1024 * 1024;

    private static final long NONE = -1;

    /** What a task leaves behind in its process. */
    private static ByteBuffer hoard;

    @TempDir
    private Path directory;

    private static long pid(ProcessPoolExecutor pool) throws Exception {
        return pool.submit(Work::pid).result(Await.PATIENCE);
    }

    private static Long idlePid(ProcessPoolExecutor pool) {
        List<WorkerStatistics> workers = pool.statistics().workers();
        boolean idle = workers.size() == 1 && workers.get(0).state() == WorkerStatistics.State.IDLE;
        return idle ? workers.get(0).pid() : null;
    }

    private static long awaitIdle(ProcessPoolExecutor pool, long otherThan) throws Exception {
        AtomicLong pid = new AtomicLong(otherThan);
        Await.until("another process than " + otherThan + " is idle", () -> {
            Long idle = idlePid(pool);
            pid.set((idle != null) ? idle : otherThan);
            return pid.get() != otherThan;
        });
        return pid.get();
    }

    @Test
    void aProcessThatHasBecomeLargeIsReplaced() throws Exception {
        boolean known = ResidentMemory.isKnown(ResidentMemory.PROC);
        try (LogCapture log = new LogCapture("dev.futures");
                ProcessPoolExecutor pool = Pools.builder(1)
                    .jvmOptions(List.of(Pools.FAST, "-XX:MaxDirectMemorySize=1g"))
                    .maxMemoryPerChild(250 * MIB)
                    .build()) {
            long pid = pid(pool);
            assertThat(pid(pool)).as("it is small").isEqualTo(pid);
            assertThat(pool.submit(WearAndTearTests::hoard).result(Await.PATIENCE)).isEqualTo(pid);
            assertThat(pid(pool) != pid).isEqualTo(known);
            assertThat(pool.statistics().restarts()).as("that is no accident").isZero();
            assertThat(log.messages(Level.WARNING)).hasSize(known ? 0 : 1);
        }
    }

    private static long hoard() {
        hoard = ByteBuffer.allocateDirect((int) (300 * MIB));
        for (int i = 0; i < hoard.capacity(); i += 1024) {
            hoard.put(i, (byte) 1);
        }
        return Work.pid();
    }

    @Test
    void howMuchMemoryAProcessHasIsKnownWhereTheSystemTells() {
        if (ResidentMemory.isKnown(ResidentMemory.PROC)) {
            assertThat(ResidentMemory.of(Work.pid())).isGreaterThan(8 * MIB);
        }
        assertThat(ResidentMemory.of(Long.MAX_VALUE)).isZero();
    }

    @Test
    void aLimitOfMemoryThatHasNoEffectIsLogged() {
        Path nothing = this.directory.resolve("nothing");
        try (LogCapture log = new LogCapture("dev.futures")) {
            new Recycling(0, 0, null).warn("carefree", nothing, UnaryOperator.identity());
            assertThat(log.messages()).as("no limit").isEmpty();
            new Recycling(0, MIB, null).warn("careful", nothing, UnaryOperator.identity());
            assertThat(log.messages(Level.WARNING))
                .containsExactly("maxMemoryPerChild of pool 'careful' is without effect: " + nothing
                        + " does not tell the memory of processes on this system; use maxTasksPerChild or"
                        + " maxAgePerChild to have them replaced");
        }
    }

    @Test
    void anIdleProcessThatHasBecomeOldIsReplaced() throws Exception {
        Duration age = Duration.ofMillis(300);
        try (ProcessPoolExecutor pool = Pools.builder(1).maxAgePerChild(age).build()) {
            long pid = pid(pool);
            awaitIdle(pool, pid);
            assertThat(pool.submit(() -> 1).result(Await.PATIENCE)).isEqualTo(1);
            assertThat(pool.statistics().restarts()).isZero();
        }
    }

    @Test
    void howeverShortItsLifeAProcessRunsATask() throws Exception {
        List<Long> pids = new ArrayList<>();
        try (ProcessPoolExecutor pool = Pools.builder(1).maxAgePerChild(Duration.ofNanos(1)).build()) {
            List<Future<Long>> futures = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                futures.add(pool.submit(Work::pid));
            }
            for (Future<Long> future : futures) {
                pids.add(future.result(Await.PATIENCE));
            }
        }
        assertThat(pids).doesNotHaveDuplicates();
    }

    @Test
    void ageDoesNotStopATask() throws Exception {
        Gate gate = Gate.in(this.directory);
        Duration age = Duration.ofMillis(50);
        try (ProcessPoolExecutor pool = Pools.builder(1).maxAgePerChild(age).build()) {
            Future<Long> future = pool.submit(() -> gate.pass(Work.pid()));
            gate.awaitEntered(1);
            assertThat(Await.happens(age.multipliedBy(4), future::done)).isFalse();
            gate.letPass();
            assertThat(pid(pool)).isNotEqualTo(future.result(Await.PATIENCE));
        }
    }

    @Test
    void theMinimumIsReplacedAndStays() throws Exception {
        try (ProcessPoolExecutor pool = Pools.builder(2)
            .minWorkers(1)
            .keepAlive(Duration.ofMillis(20))
            .maxAgePerChild(Duration.ofMillis(300))
            .build()) {
            long first = awaitIdle(pool, NONE);
            awaitIdle(pool, first);
            assertThat(pool.statistics().liveWorkers()).isEqualTo(1);
        }
    }

    @Test
    void theMinimumIsThereAgainAfterADeath() throws Exception {
        try (LogCapture log = new LogCapture("dev.futures");
                ProcessPoolExecutor pool = Pools.builder(2).minWorkers(1).build()) {
            long first = awaitIdle(pool, NONE);
            ProcessHandle.of(first).orElseThrow().destroyForcibly();
            long second = awaitIdle(pool, first);
            assertThat(pool.statistics().restarts()).isEqualTo(1);
            assertThat(pid(pool)).isEqualTo(second);
            assertThat(log.messages()).isNotEmpty();
        }
    }

    @Test
    void limitsMustBePositive() {
        assertThatIllegalArgumentException().isThrownBy(() -> Pools.builder(1).maxMemoryPerChild(0))
            .withMessage("maxMemoryPerChild is in bytes and must be >= 1 but was 0");
        assertThatIllegalArgumentException().isThrownBy(() -> Pools.builder(1).maxAgePerChild(Duration.ZERO))
            .withMessage("maxAgePerChild must be greater than 0 but was PT0S");
        assertThatIllegalArgumentException().isThrownBy(() -> Pools.builder(1).maxAgePerChild(Duration.ofNanos(-1)))
            .withMessage("maxAgePerChild must be greater than 0 but was PT-0.000000001S");
        assertThatIllegalArgumentException().isThrownBy(() -> Pools.builder(1).stopGrace(Duration.ofNanos(-1)))
            .withMessage("stopGrace must not be negative but was PT-0.000000001S");
    }

    @Test
    void anotherProcessIsAsGoodAsNew() {
        WearAndTear wear = new WearAndTear(new Recycling(2, 1, Duration.ofHours(1)));
        long anHourAgo = System.nanoTime() - Duration.ofHours(1).toNanos();
        wear.renew(anHourAgo);
        assertThat(wear.nanosLeft()).isNotPositive();
        assertThat(wear.isDue()).as("it has not been used").isFalse();
        wear.wasIdle();
        assertThat(wear.isDue()).as("too old").isTrue();
        wear.renew(anHourAgo);
        assertThat(wear.isDue()).as("not used either").isFalse();
        wear.renew(System.nanoTime());
        wear.taskDone(Work.pid());
        assertThat(wear.isDue()).as("too large").isEqualTo(ResidentMemory.isKnown(ResidentMemory.PROC));
        wear.renew(System.nanoTime());
        assertThat(wear.isDue()).isFalse();
        wear.taskDone(Long.MAX_VALUE);
        assertThat(wear.isDue()).as("one task").isFalse();
        wear.taskDone(Long.MAX_VALUE);
        assertThat(wear.isDue()).as("two tasks").isTrue();
        wear.renew(System.nanoTime());
        wear.taskDone(Long.MAX_VALUE);
        assertThat(wear.isDue()).as("one task again").isFalse();
    }

}
