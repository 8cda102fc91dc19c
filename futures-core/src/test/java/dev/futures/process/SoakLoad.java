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

    private final int most;

    private final Random random;

    private final SoakLedger ledger;

    /**
     * Creates a load.
     * @param pool where the tasks go
     * @param jobs what they do: each as often as it is there
     * @param most how many there may be at a time
     * @param mortal whether they may lose their process
     * @param random what decides
     * @param ledger where everything is written down
     */
    SoakLoad(ProcessPoolExecutor pool, List<SoakJob> jobs, int most, boolean mortal, Random random, SoakLedger ledger) {
        this.pool = pool;
        this.jobs = jobs;
        this.most = most;
        this.mortal = mortal;
        this.random = random;
        this.ledger = ledger;
    }

    void runWhile(BooleanSupplier goingOn) throws Exception {
        while (goingOn.getAsBoolean()) {
            runSome();
        }
    }

    void runSome() throws Exception {
        int number = this.random.nextInt(this.most + 1);
        List<SoakOutcome> outcomes = new ArrayList<>();
        List<AtomicInteger> callbacks = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            SoakJob job = this.jobs.get(this.random.nextInt(this.jobs.size()));
            SoakOutcome outcome = job.submit(this.pool, this.random);
            this.ledger.submitted();
            outcomes.add(outcome);
            if (outcome.future() != null && this.random.nextBoolean()) {
                callbacks.add(watch(outcome.future()));
            }
        }
        for (SoakOutcome outcome : outcomes) {
            this.ledger.settled(outcome.settle(this.mortal, this.ledger));
        }
        for (AtomicInteger each : callbacks) {
            awaitIgnoringInterrupts("a callback has run", () -> each.get() > 0);
        }
    }

    /** In the end there must have been as many callbacks as futures that got one. */
    private AtomicInteger watch(Future<?> future) {
        AtomicInteger count = new AtomicInteger();
        this.ledger.watched();
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
