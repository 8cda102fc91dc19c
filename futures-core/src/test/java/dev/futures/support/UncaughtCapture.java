// SPDX-License-Identifier: Apache-2.0

package dev.futures.support;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * What reaches the default handler of uncaught exceptions while this is open.
 */
public final class UncaughtCapture implements AutoCloseable {

    private final BlockingQueue<Throwable> thrown = new LinkedBlockingQueue<>();

    private final Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();

    public UncaughtCapture() {
        Thread.setDefaultUncaughtExceptionHandler((thread, ex) -> this.thrown.add(ex));
    }

    public Throwable await() throws InterruptedException {
        Throwable first = this.thrown.poll(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (first == null) {
            throw new AssertionError("nothing was thrown");
        }
        return first;
    }

    public boolean isEmpty() {
        return this.thrown.isEmpty();
    }

    @Override
    public void close() {
        Thread.setDefaultUncaughtExceptionHandler(this.before);
    }

}
