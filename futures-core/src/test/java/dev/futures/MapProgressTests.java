// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import dev.futures.support.Await;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MapProgressTests {

    @Test
    void callsNeverOverlapAndTheLastNumberAlwaysComes() throws Exception {
        for (int round = 0; round < 200; round++) {
            AtomicBoolean inside = new AtomicBoolean();
            AtomicBoolean overlapped = new AtomicBoolean();
            // not thread-safe, on purpose
            List<Long> told = new ArrayList<>();
            MapProgress progress = new MapProgress((done) -> {
                overlapped.compareAndSet(false, !inside.compareAndSet(false, true));
                told.add(done);
                inside.set(false);
            }, "test");
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                threads.add(new Thread(() -> {
                    for (int i = 0; i < 250; i++) {
                        progress.add(2);
                    }
                }));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join(Await.PATIENCE.toMillis());
            }
            assertThat(overlapped).isFalse();
            assertThat(told).isSorted().doesNotHaveDuplicates().endsWith(2000L);
        }
    }

    @Test
    void nobodyWaitsForASlowListener() throws Exception {
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        List<Long> told = new ArrayList<>();
        MapProgress progress = new MapProgress((done) -> {
            told.add(done);
            called.countDown();
            await(goOn);
        }, "test");
        Thread slow = new Thread(() -> progress.add(1));
        slow.start();
        await(called);
        progress.add(1);
        progress.add(5);
        goOn.countDown();
        slow.join(Await.PATIENCE.toMillis());
        assertThat(told).containsExactly(1L, 7L);
    }

    @Test
    void aListenerThatCausesProgressIsCalledAgainAfterwards() {
        AtomicReference<MapProgress> progress = new AtomicReference<>();
        List<String> order = new ArrayList<>();
        progress.set(new MapProgress((done) -> {
            order.add("in " + done);
            if (done == 1) {
                progress.get().add(1);
            }
            order.add("out " + done);
        }, "test"));
        progress.get().add(1);
        assertThat(order).containsExactly("in 1", "out 1", "in 2", "out 2");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(Await.PATIENCE.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
        }
        catch (InterruptedException ex) {
            throw new AssertionError(ex);
        }
    }

}
