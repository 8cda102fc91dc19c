// SPDX-License-Identifier: Apache-2.0

package dev.futures.support;

import java.util.concurrent.CountDownLatch;

/**
 * What tasks do.
 */
public final class Work {

    /** What an initializer left for the tasks of the same worker. */
    public static final ThreadLocal<String> INITIALIZED = new ThreadLocal<>();

    private Work() {
    }

    /** Names the worker that the caller runs in. */
    public static String place() {
        return pid() + "/" + Thread.currentThread().getName();
    }

    public static long pid() {
        return ProcessHandle.current().pid();
    }

    public static void blockForEver() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    public static void spinForEver() {
        while (true) {
            Thread.onSpinWait();
        }
    }

}
