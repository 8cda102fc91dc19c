// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.futures.PoolState;
import dev.futures.support.Await;
import dev.futures.support.LeakCheck;
import dev.futures.support.LogCapture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Pools of several kinds under all kinds of load, while their processes are killed,
 * stopped and starved. The property {@code soak.minutes} says how long, and
 * {@code soak.seed} repeats the choices of an earlier run as far as threads allow. From
 * ten minutes on it also has to get through {@code soak.tasks} tasks and
 * {@code soak.cycles} pools, and goes on for up to as long again until it has.
 */
@ExtendWith(LeakCheck.class)
@Tag("reliability")
class SoakTests {

    private static final Duration DURATION = Duration
        .ofMillis((long) (60_000 * Double.parseDouble(System.getProperty("soak.minutes", "1"))));

    /** A slow machine gets through fewer, so a short soak need not reach any number. */
    private static final boolean LONG = DURATION.compareTo(Duration.ofMinutes(10)) >= 0;

    private static final long TASKS = Long.getLong("soak.tasks", LONG ? 100_000 : 0);

    private static final long CYCLES = Long.getLong("soak.cycles", LONG ? 1_000 : 0);

    private static final List<SoakJob> ORDINARY = List.of(SoakJob.SMALL, SoakJob.SMALL, SoakJob.SMALL, SoakJob.SMALL,
            SoakJob.LARGE, SoakJob.THROWING, SoakJob.CANCELLED_EARLY, SoakJob.CANCELLED_LATE, SoakJob.MAP);

    private static final List<SoakJob> QUICK = List.of(SoakJob.SMALL, SoakJob.SMALL, SoakJob.SMALL, SoakJob.SMALL,
            SoakJob.SMALL, SoakJob.SMALL, SoakJob.SMALL, SoakJob.SMALL, SoakJob.SMALL, SoakJob.MAP);

    private final SoakLedger ledger = new SoakLedger();

    private final AtomicBoolean over = new AtomicBoolean();

    private final List<Thread> threads = new ArrayList<>();

    private final List<Thread> submitters = new ArrayList<>();

    private final List<ProcessPoolExecutor> pools = new ArrayList<>();

    private long seed;

    private Random seeds;

    @Test
    @Timeout(value = 10, unit = TimeUnit.HOURS)
    void everyFutureEndsRightlyAndNothingIsLeft() throws Exception {
        this.seed = Long.getLong("soak.seed", 0);
        this.seed = (this.seed != 0) ? this.seed : System.nanoTime();
        System.out.println("soak: " + DURATION + ", -Dsoak.seed=" + this.seed);
        try (LogCapture log = new LogCapture("dev.futures", 1_000)) {
            this.seeds = new Random(1);
            // what is loaded and opened once belongs to the baseline
            cycle(this.seeds);
            SoakUsage before = SoakUsage.now();
            this.seeds = new Random(this.seed);
            SoakMemory memory = new SoakMemory();
            startAll();
            long start = System.nanoTime();
            memory.watchFor(DURATION, this::hasFailed);
            boolean unused = Await.happens(DURATION, () -> hasFailed() || isEnough());
            this.over.set(true);
            endAll();
            double seconds = (System.nanoTime() - start) / 1e9;
            memory.assertSteady();
            SoakUsage after = SoakUsage.afterAWhile(before);
            System.out.println(SoakReport.of(this.seed, seconds, this.ledger, before, after, memory));
            assertThat(this.ledger.failures()).isEmpty();
            this.ledger.assertBalanced();
            after.assertNotAbove(before);
            assertThat(this.ledger.tasks()).as("tasks in twice the time").isGreaterThanOrEqualTo(TASKS);
            assertThat(this.ledger.cycles()).as("pools in twice the time").isGreaterThanOrEqualTo(CYCLES);
            assertThat(log.messages()).as("deaths are logged").isNotEmpty();
        }
    }

    private boolean hasFailed() {
        return !this.ledger.failures().isEmpty();
    }

    private boolean isEnough() {
        return this.ledger.tasks() >= TASKS && this.ledger.cycles() >= CYCLES;
    }

    private void startAll() {
        ProcessPoolExecutor mortal = add(Pools.builder(3).name("soak-mortal").restartLimit(1_000_000));
        load(mortal, with(SoakJob.ENDLESS), true);
        load(mortal, with(SoakJob.ENDLESS), true);
        attack(mortal, EnumSet.complementOf(EnumSet.of(SoakAttack.Weapon.STOP)));
        ProcessPoolExecutor recycling = add(
                Pools.builder(2).name("soak-recycling").maxTasksPerChild(20).stopGrace(Duration.ofMillis(100)));
        load(recycling, with(SoakJob.ENDLESS, SoakJob.WITH_A_GRANDCHILD), false);
        load(recycling, with(SoakJob.WITH_A_GRANDCHILD), false);
        attack(recycling, EnumSet.of(SoakAttack.Weapon.STOP, SoakAttack.Weapon.STARVE, SoakAttack.Weapon.RESIZE));
        ProcessPoolExecutor tiny = add(Pools.builder(2)
            .name("soak-tiny")
            .maxHeap(16 * 1024 * 1024)
            .restartLimit(1_000_000)
            .stopGrace(Duration.ZERO));
        load(tiny, with(SoakJob.HOARDING, SoakJob.ENDLESS), true);
        attack(tiny, EnumSet.of(SoakAttack.Weapon.KILL, SoakAttack.Weapon.STOP));
        ProcessPoolExecutor quick = add(Pools.builder(2).name("soak-quick").restartLimit(1_000_000));
        stream(quick);
        stream(quick);
        attack(quick, EnumSet.allOf(SoakAttack.Weapon.class), Duration.ofSeconds(3));
        for (int i = 0; i < 3; i++) {
            Random random = new Random(this.seeds.nextLong());
            start(() -> {
                while (!this.over.get()) {
                    cycle(random);
                }
            });
        }
        Random interrupts = new Random(this.seeds.nextLong());
        start(() -> interrupt(interrupts));
        this.threads.forEach(Thread::start);
    }

    private ProcessPoolExecutor add(ProcessPoolBuilder builder) {
        ProcessPoolExecutor pool = builder.build();
        this.pools.add(pool);
        return pool;
    }

    private static List<SoakJob> with(SoakJob... further) {
        List<SoakJob> jobs = new ArrayList<>(ORDINARY);
        jobs.addAll(List.of(further));
        return jobs;
    }

    private void load(ProcessPoolExecutor pool, List<SoakJob> jobs, boolean mortal) {
        SoakLoad load = new SoakLoad(pool, jobs, 12, mortal, new Random(this.seeds.nextLong()), this.ledger);
        this.submitters.add(start(() -> load.runWhile(() -> !this.over.get())));
    }

    /** Bursts of quick tasks, with pauses: the others need some time as well. */
    private void stream(ProcessPoolExecutor pool) {
        Random random = new Random(this.seeds.nextLong());
        SoakLoad load = new SoakLoad(pool, QUICK, 500, true, random, this.ledger);
        this.submitters.add(start(() -> {
            while (!this.over.get()) {
                load.runSome();
                pause(Duration.ofMillis(random.nextInt(200)));
            }
        }));
    }

    private void pause(Duration duration) {
        try {
            Await.happens(duration, this.over::get);
        }
        catch (InterruptedException ex) {
            this.ledger.count("pauses that were interrupted");
        }
    }

    private void attack(ProcessPoolExecutor pool, Set<SoakAttack.Weapon> weapons) {
        attack(pool, weapons, Duration.ofSeconds(1));
    }

    private void attack(ProcessPoolExecutor pool, Set<SoakAttack.Weapon> weapons, Duration pause) {
        SoakAttack attack = new SoakAttack(pool, weapons, pause, new Random(this.seeds.nextLong()), this.ledger);
        start(() -> attack.runWhile(() -> !this.over.get()));
    }

    private Thread start(Part part) {
        Thread thread = new Thread(() -> {
            try {
                part.run();
            }
            catch (Throwable ex) {
                this.ledger.failed(ex);
            }
        }, "soak-" + this.threads.size());
        this.threads.add(thread);
        return thread;
    }

    private interface Part {

        void run() throws Exception;

    }

    /** Interrupts those who submit and wait. */
    private void interrupt(Random random) throws InterruptedException {
        while (!this.over.get()) {
            Await.happens(Duration.ofMillis(random.nextInt(500)), this.over::get);
            this.submitters.get(random.nextInt(this.submitters.size())).interrupt();
        }
    }

    /** The whole life of a small pool. */
    private void cycle(Random random) throws Exception {
        ProcessPoolExecutor pool = Pools.builder(1).name("soak-cycle").build();
        try {
            new SoakLoad(pool, List.of(SoakJob.SMALL, SoakJob.LARGE, SoakJob.THROWING), 4, false, random, this.ledger)
                .runSome();
            SoakOutcome last = SoakJob.SMALL.submit(pool, random);
            end(pool, last, random.nextInt(5));
        }
        finally {
            pool.killWorkers();
        }
        assertThat(pool.awaitTermination(Await.PATIENCE)).as("the end of a pool").isTrue();
        this.ledger.cycled();
    }

    private void end(ProcessPoolExecutor pool, SoakOutcome last, int how) throws Exception {
        switch (how) {
            case 0 -> pool.close();
            case 1 -> assertThat(pool.close(Await.PATIENCE)).isTrue();
            case 2 -> pool.shutdown(true, true);
            case 3 -> pool.terminateWorkers();
            default -> pool.killWorkers();
        }
        Throwable thrown = last.awaitEnd(this.ledger);
        boolean right = last.judge(thrown) != null || (how > 1 && last.future().cancelled())
                || (how > 2 && thrown instanceof BrokenProcessPoolException);
        assertThat(right).as("the end of the last task of a pool, ended in way %s: %s", how, thrown).isTrue();
    }

    private void endAll() throws Exception {
        for (Thread thread : this.threads) {
            // what was submitted last may have to wait for some processes to start
            boolean ended = Await.happens(Await.PATIENCE.multipliedBy(4), () -> !thread.isAlive());
            assertThat(ended).as("the end of " + thread.getName()).isTrue();
        }
        for (ProcessPoolExecutor pool : this.pools) {
            PoolState state = pool.statistics().state();
            if (state != PoolState.RUNNING) {
                this.ledger.failed(new AssertionError(pool + " is " + state, pool.statistics().brokenBy()));
            }
            else {
                FaultCell.assertCountersAddUp(pool);
                assertWorks(pool);
            }
            this.ledger.add("restarts", pool.statistics().restarts());
            this.ledger.add("tasks that the long-lived pools counted", pool.statistics().tasks().submitted());
            pool.close();
        }
    }

    /** The last attack may not have been noticed yet. */
    private static void assertWorks(ProcessPoolExecutor pool) throws InterruptedException {
        Await.until(pool + " works", () -> {
            try {
                return pool.submit(() -> 1).exception(Await.PATIENCE) == null;
            }
            catch (RejectedExecutionException ex) {
                throw ex;
            }
            catch (Exception ex) {
                throw new AssertionError(ex);
            }
        });
    }

}
