// SPDX-License-Identifier: Apache-2.0

package dev.futures.thread;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.futures.Future;
import dev.futures.support.Await;
import dev.futures.support.LeakCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for pools that are resized while workers are getting ready.
 */
@ExtendWith(LeakCheck.class)
class ResizeTests {

    private final AtomicInteger initialized = new AtomicInteger();

    private final CountDownLatch coming = new CountDownLatch(1);

    private final CountDownLatch ready = new CountDownLatch(1);

    private final CountDownLatch release = new CountDownLatch(1);

    @Test
    void aWorkerThatIsReadyStaysRatherThanOneThatIsNot() throws Exception {
        try (ThreadPoolExecutor pool = pool()) {
            Future<String> running = pool.submit(this::hold);
            pool.resize(2);
            Future<String> waiting = pool.submit(() -> Thread.currentThread().getName());
            await(this.coming);
            pool.resize(1);
            this.release.countDown();
            String first = running.result(Await.PATIENCE);
            assertThat(waiting.result(Await.PATIENCE)).isEqualTo(first);
            this.ready.countDown();
            Await.until("the other one has left", () -> pool.statistics().liveWorkers() == 1);
            assertThat(pool.submit(() -> Thread.currentThread().getName()).result(Await.PATIENCE)).isEqualTo(first);
        }
    }

    @Test
    void aWorkerThatWasOneTooManyServesWhenItIsWantedAgain() throws Exception {
        try (ThreadPoolExecutor pool = pool()) {
            Future<String> running = pool.submit(this::hold);
            pool.resize(2);
            Future<String> waiting = pool.submit(() -> Thread.currentThread().getName());
            await(this.coming);
            pool.resize(1);
            pool.resize(2);
            this.ready.countDown();
            String second = waiting.result(Await.PATIENCE);
            this.release.countDown();
            assertThat(running.result(Await.PATIENCE)).isNotEqualTo(second);
            assertThat(this.initialized).as("workers that were started").hasValue(2);
        }
    }

    private ThreadPoolExecutor pool() {
        return ThreadPoolExecutor.builder().maxWorkers(1).initializer(() -> {
            if (this.initialized.incrementAndGet() == 2) {
                this.coming.countDown();
                await(this.ready);
            }
        }).build();
    }

    private String hold() throws InterruptedException {
        await(this.release);
        return Thread.currentThread().getName();
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

}
