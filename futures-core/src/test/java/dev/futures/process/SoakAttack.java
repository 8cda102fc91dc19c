// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.IOException;
import java.time.Duration;
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

        KILL, TERMINATE, STOP, RESIZE

    }

    private final ProcessPoolExecutor pool;

    private final List<Weapon> weapons;

    private final Random random;

    private final SoakLedger ledger;

    SoakAttack(ProcessPoolExecutor pool, Set<Weapon> weapons, Random random, SoakLedger ledger) {
        this.pool = pool;
        this.weapons = List.copyOf(weapons).stream().sorted().toList();
        this.random = random;
        this.ledger = ledger;
    }

    void runWhile(BooleanSupplier goingOn) throws Exception {
        while (goingOn.getAsBoolean()) {
            Await.happens(Duration.ofMillis(this.random.nextInt(1_000)), () -> !goingOn.getAsBoolean());
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
            default -> {
                signal("-STOP", victim);
                this.ledger.count("stops");
                Await.happens(Duration.ofMillis(this.random.nextInt(250)), () -> !victim.isAlive());
                signal("-CONT", victim);
            }
        }
    }

    private void count(String what, boolean done) {
        if (done) {
            this.ledger.count(what);
        }
    }

    private static void signal(String signal, ProcessHandle process) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", signal, String.valueOf(process.pid())).redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
        try {
            kill.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        finally {
            kill.getOutputStream().close();
        }
    }

}
