// SPDX-License-Identifier: Apache-2.0

package dev.futures.thread;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.futures.Future;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for an interrupt that is on its way when the task that it is meant for ends.
 */
class InterruptRaceTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final CountDownLatch interrupting = new CountDownLatch(1);

    private final CountDownLatch interrupt = new CountDownLatch(1);

    @Test
    void theNextTaskWaitsForAnInterruptThatIsMeantForTheOneBefore() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        try (ThreadPoolExecutor pool = ThreadPoolExecutor.builder()
            .name("raced")
            .maxWorkers(1)
            .threads(SlowlyInterrupted::new)
            .build()) {
            CountDownLatch started = new CountDownLatch(1);
            Future<Boolean> victim = pool.submit(() -> {
                started.countDown();
                boolean toBeInterrupted = this.interrupting.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                ended.countDown();
                return toBeInterrupted;
            });
            assertThat(started.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            Thread canceller = new Thread(() -> victim.cancel(true), "canceller");
            canceller.start();
            assertThat(ended.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            CountDownLatch next = new CountDownLatch(1);
            Future<Boolean> interrupted = pool.submit(() -> {
                next.countDown();
                canceller.join(PATIENCE.toMillis());
                return false;
            });
            awaitBlocked(pool);
            assertThat(next.getCount()).as("the next task is not started yet").isOne();
            this.interrupt.countDown();
            assertThat(interrupted.result(PATIENCE)).isFalse();
            canceller.join(PATIENCE.toMillis());
            assertThat(victim.cancelled()).isTrue();
        }
    }

    private static void awaitBlocked(ThreadPoolExecutor pool) {
        String worker = pool.statistics().workers().get(0).name();
        Thread thread = Thread.getAllStackTraces()
            .keySet()
            .stream()
            .filter((each) -> each.getName().equals(worker))
            .findFirst()
            .orElseThrow();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (thread.getState() != Thread.State.WAITING) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private final class SlowlyInterrupted extends Thread {

        SlowlyInterrupted(Runnable action) {
            super(action);
        }

        @Override
        public void interrupt() {
            InterruptRaceTests.this.interrupting.countDown();
            try {
                InterruptRaceTests.this.interrupt.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
            catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
            }
            super.interrupt();
        }

    }

}
