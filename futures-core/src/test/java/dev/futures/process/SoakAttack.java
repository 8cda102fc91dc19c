// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import dev.futures.WorkerStatistics;
import dev.futures.support.Await;

/**
 * Does harm to the processes of a pool, now and then.
 */
final class SoakAttack {

    /** What can be done. */
    enum Weapon {

        KILL, TERMINATE, STOP, STARVE, RESIZE

    }

    private final ProcessPoolExecutor pool;

    private final List<Weapon> weapons;

    private final Duration pause;

    private final Random random;

    private final SoakLedger ledger;

    /**
     * Creates an attack.
     * @param pool whose processes it hits
     * @param weapons what it does
     * @param pause the longest pause between two strikes
     * @param random what decides
     * @param ledger where everything is written down
     */
    SoakAttack(ProcessPoolExecutor pool, Set<Weapon> weapons, Duration pause, Random random, SoakLedger ledger) {
        this.pool = pool;
        this.pause = pause;
        this.weapons = List.copyOf(weapons).stream().sorted().toList();
        this.random = random;
        this.ledger = ledger;
    }

    void runWhile(BooleanSupplier goingOn) throws Exception {
        while (goingOn.getAsBoolean()) {
            Await.happens(Duration.ofMillis(this.random.nextLong(this.pause.toMillis())),
                    () -> !goingOn.getAsBoolean());
            strike(this.weapons.get(this.random.nextInt(this.weapons.size())));
        }
    }

    private void strike(Weapon weapon) throws Exception {
        if (weapon == Weapon.RESIZE) {
            this.pool.resize(1 + this.random.nextInt(4));
            this.ledger.count("resizes");
            return;
        }
        List<WorkerStatistics> workers = this.pool.statistics().workers();
        Long pid = workers.isEmpty() ? null : workers.get(this.random.nextInt(workers.size())).pid();
        ProcessHandle victim = (pid != null) ? ProcessHandle.of(pid).orElse(null) : null;
        if (victim == null) {
            return;
        }
        switch (weapon) {
            case KILL -> count("kills", victim.destroyForcibly());
            case TERMINATE -> count("terminations", victim.destroy());
            case STARVE -> {
                run("renice", "-n", "19", "-p", String.valueOf(pid));
                this.ledger.count("times without processor");
                crowd(Duration.ofMillis(this.random.nextInt(500)));
            }
            default -> {
                run("kill", "-STOP", String.valueOf(pid));
                this.ledger.count("stops");
                Await.happens(Duration.ofMillis(this.random.nextInt(250)), () -> !victim.isAlive());
                run("kill", "-CONT", String.valueOf(pid));
            }
        }
    }

    private void count(String what, boolean done) {
        if (done) {
            this.ledger.count(what);
        }
    }

    /** Keeps every processor busy, which leaves next to nothing to a nice process. */
    private static void crowd(Duration duration) throws InterruptedException {
        long start = System.nanoTime();
        List<Thread> crowd = new ArrayList<>();
        for (int i = 2 * Runtime.getRuntime().availableProcessors(); i > 0; i--) {
            Thread thread = new Thread(() -> {
                while (System.nanoTime() - start < duration.toNanos()) {
                    Thread.onSpinWait();
                }
            }, "soak-crowd");
            crowd.add(thread);
            thread.start();
        }
        for (Thread thread : crowd) {
            thread.join();
        }
    }

    /** It may fail: the process may be gone by now. */
    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
        try {
            process.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        finally {
            process.getOutputStream().close();
        }
    }

}
