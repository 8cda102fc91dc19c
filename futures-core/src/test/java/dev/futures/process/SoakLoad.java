// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import dev.futures.Future;
import dev.futures.support.Await;

/**
 * Submits tasks of all kinds from one thread, some at a time, and looks at what becomes
 * of each.
 */
final class SoakLoad {

    private final ProcessPoolExecutor pool;

    private final List<SoakJob> jobs;

    private final boolean mortal;

    private final Random random;

    private final SoakLedger ledger;

    /**
     * Creates a load.
     * @param pool where the tasks go
     * @param jobs what they do: each as often as it is there
     * @param mortal whether they may lose their process
     * @param random what decides
     * @param ledger where everything is written down
     */
    SoakLoad(ProcessPoolExecutor pool, List<SoakJob> jobs, boolean mortal, Random random, SoakLedger ledger) {
        this.pool = pool;
        this.jobs = jobs;
        this.mortal = mortal;
        this.random = random;
        this.ledger = ledger;
    }

    void runWhile(BooleanSupplier goingOn) throws Exception {
        while (goingOn.getAsBoolean()) {
            runSome(1 + this.random.nextInt(12));
        }
    }

    void runSome(int number) throws Exception {
        List<SoakOutcome> outcomes = new ArrayList<>();
        List<AtomicInteger> callbacks = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            SoakJob job = this.jobs.get(this.random.nextInt(this.jobs.size()));
            SoakOutcome outcome = job.submit(this.pool, this.random);
            outcomes.add(outcome);
            if (outcome.future() != null && this.random.nextBoolean()) {
                callbacks.add(watch(outcome.future()));
            }
        }
        for (SoakOutcome outcome : outcomes) {
            this.ledger.count("tasks: " + outcome.settle(this.mortal, this.ledger));
        }
        for (AtomicInteger each : callbacks) {
            awaitIgnoringInterrupts("a callback has run", () -> each.get() > 0);
        }
    }

    /** In the end there must have been as many callbacks as futures that got one. */
    private AtomicInteger watch(Future<?> future) {
        AtomicInteger count = new AtomicInteger();
        this.ledger.submitted();
        future.addDoneCallback((done) -> {
            count.incrementAndGet();
            this.ledger.calledBack();
        });
        return count;
    }

    private void awaitIgnoringInterrupts(String what, BooleanSupplier condition) {
        while (true) {
            try {
                Await.until(what, condition);
                return;
            }
            catch (InterruptedException ex) {
                this.ledger.count(SoakOutcome.INTERRUPTED);
            }
        }
    }

}
