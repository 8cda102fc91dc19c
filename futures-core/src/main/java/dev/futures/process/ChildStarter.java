// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

import dev.futures.serial.Failure;
import org.jspecify.annotations.Nullable;

/**
 * Starts the children of one worker, one after the other, with pauses when they are lost,
 * and breaks the pool when that is hopeless. For the worker's thread only.
 */
final class ChildStarter {

    private static final Logger logger = System.getLogger("dev.futures");

    private final ProcessPoolExecutor pool;

    private final String name;

    private final ChildSlot slot;

    private final BooleanSupplier retireIfUnneeded;

    private final BiConsumer<String, Throwable> breakPool;

    private final FailedStarts starts;

    ChildStarter(ProcessPoolExecutor pool, String name, ChildSlot slot, BooleanSupplier retireIfUnneeded,
            BiConsumer<String, Throwable> breakPool) {
        this.pool = pool;
        this.name = name;
        this.slot = slot;
        this.retireIfUnneeded = retireIfUnneeded;
        this.breakPool = breakPool;
        this.starts = new FailedStarts(pool.settings());
    }

    /** A child has done a task. */
    void useful() {
        this.starts.useful();
    }

    /** A child was lost that had nothing to do. */
    void lost() {
        this.starts.lost();
    }

    /**
     * Starts a child, again and again with pauses.
     * @return the child, which is ready, or {@code null} if that is hopeless
     */
    @Nullable WorkerProcess start() {
        while (mayStart()) {
            // a callback may have left this thread interrupted
            Thread.interrupted();
            try {
                WorkerProcess child = this.pool.spares().next(this.name, this.slot::starting);
                this.starts.ready();
                this.pool.noteReady();
                this.slot.ready();
                return child;
            }
            catch (WorkerStartException.InitializerFailed ex) {
                this.slot.clear();
                logger.log(Level.ERROR, "exception in initializer of " + this.name, ex.failure());
                if (!this.pool.hasBeenReady()) {
                    this.breakPool.accept("a process initializer failed, the process pool is not usable anymore: "
                            + Failure.describe(ex.failure()), ex.failure());
                    return null;
                }
                if (!isWorthTryingAgain(ex)) {
                    return null;
                }
            }
            catch (IOException | RuntimeException | OutOfMemoryError ex) {
                // there may be memory, or a thread, for the next one
                this.slot.clear();
                if (!isWorthTryingAgain(ex)) {
                    return null;
                }
            }
        }
        return null;
    }

    /**
     * Takes note of a process that did not get ready. If that is hopeless the worker
     * ends, whether or not the pool was broken before, and its item with it.
     */
    private boolean isWorthTryingAgain(Throwable failure) {
        if (this.slot.isStopped()) {
            return false;
        }
        String hopeless = this.starts.add(failure, this.pool.hasBeenReady());
        if (hopeless != null) {
            this.breakPool.accept(hopeless, failure);
            return false;
        }
        int left = this.starts.left();
        logger.log(Level.WARNING,
                "starting a process for " + this.name + " failed, trying again in " + seconds() + ", "
                        + ((left == 1) ? "once" : "up to " + left + " times") + " before the pool is broken: "
                        + failure.getMessage());
        return true;
    }

    private String seconds() {
        Duration pause = this.starts.pause();
        return ((pause != null) ? pause.toMillis() / 1000.0 : 0) + " s";
    }

    /** Pauses if processes were lost; returns whether there is to be another one. */
    private boolean mayStart() {
        Duration pause = this.starts.pause();
        if (pause == null) {
            return true;
        }
        return !this.retireIfUnneeded.getAsBoolean() && this.slot.pause(pause.toMillis())
                && !this.retireIfUnneeded.getAsBoolean();
    }

}
