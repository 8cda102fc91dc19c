// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import dev.futures.pool.PoolExecutor;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.context.SmartLifecycle;

/**
 * Lets the pools drain and pauses them when the context stops, after the web server and
 * before what tasks may need; resumes them when it starts again. Only closing is final.
 */
final class PoolLifecycle implements SmartLifecycle {

    /** As Spring's own executors. */
    static final int PHASE = Integer.MAX_VALUE / 2;

    /** Not the JDK's, which is gone as soon as the JVM is told to end. */
    private static final Log logger = LogFactory.getLog(PoolLifecycle.class);

    private final Supplier<List<PoolExecutor>> pools;

    private final ShutdownPatience patience;

    // volatile: written by the container and by the draining thread, read by the
    // container
    private volatile boolean running;

    // volatile: written by the draining thread, read by the container
    private volatile boolean stopped;

    PoolLifecycle(Supplier<List<PoolExecutor>> pools, ShutdownPatience patience) {
        this.pools = pools;
        this.patience = patience;
    }

    @Override
    public void start() {
        if (this.stopped) {
            for (PoolExecutor pool : this.pools.get()) {
                pool.resume();
            }
        }
        this.running = true;
    }

    @Override
    public void stop() {
        drain();
    }

    @Override
    public void stop(Runnable callback) {
        Thread thread = new Thread(() -> {
            try {
                drain();
            }
            finally {
                callback.run();
            }
        }, "futures-drain");
        thread.start();
    }

    private void drain() {
        this.stopped = true;
        List<PoolExecutor> all = this.pools.get();
        try {
            announce(all);
            awaitQuiescence(all, System.nanoTime() + this.patience.withTasks().toNanos());
            for (PoolExecutor pool : all) {
                stop(pool);
            }
            all.forEach(PoolExecutor::pause);
            awaitNoWorkers(all);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
        finally {
            all.forEach(PoolExecutor::pause);
            this.running = false;
        }
    }

    private void announce(List<PoolExecutor> pools) throws InterruptedException {
        List<String> busy = new ArrayList<>();
        for (PoolExecutor pool : pools) {
            if (!pool.awaitQuiescence(Duration.ZERO)) {
                busy.add("'" + pool.name() + "'");
            }
        }
        if (!busy.isEmpty()) {
            logger.info("waiting up to " + this.patience.withTasks() + " for the tasks of " + String.join(", ", busy));
        }
    }

    /** A checkpoint, or another context, must not find what is about to end. */
    private void awaitNoWorkers(List<PoolExecutor> pools) throws InterruptedException {
        long deadline = System.nanoTime() + this.patience.withWorkers().toNanos();
        for (PoolExecutor pool : pools) {
            if (!pool.awaitNoWorkers(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())))) {
                logger.debug("workers of pool '" + pool.name() + "' are still about to end");
            }
        }
    }

    /** The end of a task in one pool may be the beginning of one in another. */
    private static void awaitQuiescence(List<PoolExecutor> pools, long deadline) throws InterruptedException {
        boolean quiet = false;
        while (!quiet && deadline - System.nanoTime() > 0) {
            quiet = true;
            for (PoolExecutor pool : pools) {
                boolean atRest = pool.awaitQuiescence(Duration.ZERO);
                quiet = quiet && atRest;
                pool.awaitQuiescence(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
            }
        }
    }

    private void stop(PoolExecutor pool) throws InterruptedException {
        if (!pool.awaitQuiescence(Duration.ZERO)) {
            logger.warn("tasks of pool '" + pool.name() + "' did not end within " + this.patience.withTasks()
                    + "; they are stopped");
            pool.cancelAll();
        }
    }

    @Override
    public boolean isRunning() {
        return this.running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

}
