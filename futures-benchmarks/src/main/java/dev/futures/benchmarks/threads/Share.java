// SPDX-License-Identifier: Apache-2.0

package dev.futures.benchmarks.threads;

import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

/**
 * What one thread submits and awaits.
 */
final class Share implements Callable<@Nullable Object> {

    private final Submitting pool;

    private final java.util.concurrent.Future<?>[] futures;

    Share(Submitting pool, int tasks) {
        this.pool = pool;
        this.futures = new java.util.concurrent.Future<?>[tasks];
    }

    @Override
    public @Nullable Object call() throws Exception {
        for (int i = 0; i < this.futures.length; i++) {
            this.futures[i] = this.pool.submit();
        }
        Object last = null;
        for (int i = 0; i < this.futures.length; i++) {
            last = this.futures[i].get();
            this.futures[i] = null; // or the garbage of one flood would burden the next
        }
        return last;
    }

}
