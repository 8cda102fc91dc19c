// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import dev.futures.pool.PoolExecutor;

import org.springframework.context.SmartLifecycle;

/**
 * Lets the pools drain and pauses them when the context stops, after the web server and
 * before what tasks may need; resumes them when it starts again. Only closing is final.
 */
final class PoolLifecycle implements SmartLifecycle {

    /** As Spring's own executors. */
    static final int PHASE = Integer.MAX_VALUE / 2;

    private static final Logger logger = System.getLogger(PoolLifecycle.class.getName());

    private final Supplier<List<PoolExecutor>> pools;

    private final ShutdownPatience patience;

    // volatile: written by the container and by the draining thread, read by the
    // container
    private volatile boolean running;

    PoolLifecycle(Supplier<List<PoolExecutor>> pools, ShutdownPatience patience) {
        this.pools = pools;
        this.patience = patience;
    }

    @Override
    public void start() {
        this.pools.get().forEach(PoolExecutor::resume);
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
        List<PoolExecutor> all = this.pools.get();
        try {
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

    /** A checkpoint, or another context, must not find what is about to end. */
    private void awaitNoWorkers(List<PoolExecutor> pools) throws InterruptedException {
        long deadline = System.nanoTime() + this.patience.withWorkers().toNanos();
        for (PoolExecutor pool : pools) {
            if (!pool.awaitNoWorkers(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())))) {
                logger.log(Level.DEBUG, "workers of pool ''{0}'' are still about to end", pool.name());
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
            logger.log(Level.WARNING, "tasks of pool ''{0}'' did not end within {1}; they are stopped", pool.name(),
                    this.patience.withTasks());
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
