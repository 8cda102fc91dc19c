// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import dev.futures.Future;
import dev.futures.support.Await;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The futures of a test, each of which has to end exactly once. Every other one has a
 * callback from the beginning: a worker ends those in another way.
 */
final class FutureTally {

    private final List<Future<?>> futures = new ArrayList<>();

    private final List<AtomicInteger> callbacks = new ArrayList<>();

    private boolean early;

    FutureTally(boolean early) {
        this.early = early;
    }

    <T> Future<T> add(Future<T> future) {
        AtomicInteger count = new AtomicInteger();
        if (this.early) {
            future.addDoneCallback((done) -> count.incrementAndGet());
            this.futures.add(future);
            this.callbacks.add(count);
        }
        else {
            this.futures.add(future);
            this.callbacks.add(null);
        }
        this.early = !this.early;
        return future;
    }

    void assertAllEndedOnce() throws Exception {
        for (int i = 0; i < this.futures.size(); i++) {
            Future<?> future = this.futures.get(i);
            AtomicInteger count = this.callbacks.get(i);
            Await.until("future " + i + " is done", future::done);
            if (count == null) {
                AtomicInteger late = new AtomicInteger();
                future.addDoneCallback((done) -> late.incrementAndGet());
                count = late;
            }
            AtomicInteger counted = count;
            Await.until("the callback of future " + i + " has run", () -> counted.get() > 0);
        }
        for (AtomicInteger count : this.callbacks) {
            if (count != null) {
                assertThat(count).as("callbacks").hasValue(1);
            }
        }
    }

}
