// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import org.jspecify.annotations.Nullable;

/**
 * Processes that are ready before they are needed, to take the place of one that has died
 * or is worn out. There are some as long as the pool has workers. Each is started by a
 * thread of its own. So is the process that makes the pool's start-up cache.
 */
final class WarmSpares {

    private static final Logger logger = System.getLogger("dev.futures");

    private static final int MAX_LOSSES = 5;

    private final WorkerLauncher launcher;

    private final String poolName;

    private final String threadName;

    private final int wanted;

    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private final Deque<WorkerProcess> ready = new ArrayDeque<>();

    /**
     * The threads that start a process, or end one, each with its process as soon as
     * there is one.
     */
    @GuardedBy("lock")
    private final Map<Thread, Optional<WorkerProcess>> helpers = new LinkedHashMap<>();

    @GuardedBy("lock")
    private int workers;

    @GuardedBy("lock")
    private boolean starting;

    /** Spare ones that died since a worker last started one. */
    @GuardedBy("lock")
    private int losses;

    WarmSpares(WorkerLauncher launcher, String poolName, int wanted) {
        this.launcher = launcher;
        this.poolName = poolName;
        this.threadName = poolName + "_spare";
        this.wanted = wanted;
    }

    /** A worker has come. Does not block. */
    void workerCame() {
        this.lock.lock();
        try {
            this.workers++;
        }
        finally {
            this.lock.unlock();
        }
    }

    /** A worker leaves; the last one waits for the end of what is left. */
    void workerLeft() {
        List<Thread> leftHelpers;
        this.lock.lock();
        try {
            this.workers--;
            if (this.workers > 0) {
                return;
            }
            this.helpers.values().forEach((process) -> process.ifPresent(WarmSpares::condemn));
            leftHelpers = List.copyOf(this.helpers.keySet());
        }
        finally {
            this.lock.unlock();
        }
        leftHelpers.forEach(WarmSpares::join);
        for (WorkerProcess spare = poll(true); spare != null; spare = poll(true)) {
            spare.close();
        }
    }

    private static void join(Thread starter) {
        boolean interrupted = false;
        while (starter.isAlive()) {
            try {
                starter.join();
            }
            catch (InterruptedException ex) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Returns a process that is ready: a spare one, or one that is started now.
     * @param workerName the name of the worker that wants it
     * @param spawned told of the process as soon as it can be killed
     * @throws IOException if it could not be started
     * @throws WorkerStartException.InitializerFailed if its initializer failed
     */
    WorkerProcess next(String workerName, Consumer<WorkerProcess> spawned)
            throws IOException, WorkerStartException.InitializerFailed {
        WorkerProcess spare = take();
        if (spare == null) {
            return this.launcher.launch(workerName, spawned);
        }
        spawned.accept(spare);
        return spare;
    }

    private @Nullable WorkerProcess take() {
        WorkerProcess spare = poll(false);
        while (spare != null && !spare.isAlive()) {
            close(spare);
            spare = poll(false);
        }
        return spare;
    }

    /** Returns how many are ready. */
    int ready() {
        this.lock.lock();
        try {
            return this.ready.size();
        }
        finally {
            this.lock.unlock();
        }
    }

    /** Starts what is missing. Called by a worker that has a process itself. */
    void refill() {
        this.lock.lock();
        try {
            this.losses = 0;
            startMissing();
            if (this.workers > 0 && this.launcher.wantsTraining()) {
                boolean unused = run(this::train, Optional.empty());
            }
        }
        finally {
            this.lock.unlock();
        }
    }

    @GuardedBy("lock")
    private void startMissing() {
        // one after the other: the workers' own processes come first
        if (this.workers > 0 && this.losses < MAX_LOSSES && !this.starting && this.ready.size() < this.wanted) {
            this.starting = run(this::start, Optional.empty());
        }
    }

    /**
     * Lets a process end in its own way that a worker has no further use for, while that
     * goes on.
     * @return {@code false} if the worker has to do that itself
     */
    boolean sendOff(WorkerProcess wornOut) {
        this.lock.lock();
        try {
            return this.wanted > 0 && this.workers > 0 && run(() -> {
                wornOut.farewell();
                wornOut.close();
                ended();
            }, Optional.of(wornOut));
        }
        finally {
            this.lock.unlock();
        }
    }

    @GuardedBy("lock")
    private boolean run(Runnable action, Optional<WorkerProcess> process) {
        Thread thread = new Thread(null, action, this.threadName, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
        try {
            this.helpers.put(thread, process);
            thread.start();
            return true;
        }
        catch (OutOfMemoryError ex) {
            this.helpers.remove(thread);
            logger.log(Level.WARNING, "there is no thread for a spare process", ex);
            return false;
        }
    }

    /** A spare one that dies is replaced, but not for ever. */
    @SuppressWarnings("FutureReturnValueIgnored") // the action cannot fail
    private void watch(WorkerProcess spare) {
        spare.onExit(() -> {
            this.lock.lock();
            try {
                // without a worker, the last one to leave closes it
                if (this.workers > 0 && this.ready.remove(spare)) {
                    this.losses++;
                    run(() -> bury(spare), Optional.of(spare));
                }
            }
            finally {
                this.lock.unlock();
            }
        });
    }

    private static void close(WorkerProcess dead) {
        logger.log(Level.WARNING, "a spare worker process, " + dead.pid() + ", " + dead.describeExit()
                + "; it is replaced" + dead.lastWords());
        dead.close();
    }

    private void bury(WorkerProcess spare) {
        close(spare);
        this.lock.lock();
        try {
            this.helpers.remove(Thread.currentThread());
            startMissing();
        }
        finally {
            this.lock.unlock();
        }
    }

    private void ended() {
        this.lock.lock();
        try {
            this.helpers.remove(Thread.currentThread());
        }
        finally {
            this.lock.unlock();
        }
    }

    private @Nullable WorkerProcess poll(boolean onlyIfUnneeded) {
        this.lock.lock();
        try {
            return (onlyIfUnneeded && this.workers > 0) ? null : this.ready.poll();
        }
        finally {
            this.lock.unlock();
        }
    }

    private void start() {
        WorkerProcess spare = null;
        try {
            spare = this.launcher.launch(this.threadName, this::spawned);
        }
        catch (IOException | WorkerStartException.InitializerFailed | RuntimeException ex) {
            // the next worker that needs a process starts one itself, and tries again
            warn("a spare process could not be started: ", ex);
        }
        finally {
            started(spare);
        }
    }

    private void train() {
        try {
            this.launcher.train(this.threadName, this::spawned);
        }
        catch (IOException | WorkerStartException.InitializerFailed | RuntimeException ex) {
            warn("the startupCache could not be made; the pool does without: ", ex);
        }
        finally {
            ended();
        }
    }

    /** A process that was ended because the pool is being closed is not worth a word. */
    private void warn(String what, Exception failure) {
        boolean needed;
        this.lock.lock();
        try {
            needed = this.workers > 0;
        }
        finally {
            this.lock.unlock();
        }
        if (needed) {
            logger.log(Level.WARNING, "pool '" + this.poolName + "': " + what + failure.getMessage());
        }
    }

    private void spawned(WorkerProcess process) {
        this.lock.lock();
        try {
            this.helpers.put(Thread.currentThread(), Optional.of(process));
            if (this.workers == 0) {
                condemn(process);
            }
        }
        finally {
            this.lock.unlock();
        }
    }

    private static void condemn(WorkerProcess process) {
        process.doom();
        process.kill();
    }

    private void started(@Nullable WorkerProcess spare) {
        this.lock.lock();
        try {
            this.helpers.remove(Thread.currentThread());
            this.starting = false;
            if (spare != null) {
                this.ready.add(spare);
                startMissing();
            }
        }
        finally {
            this.lock.unlock();
        }
        if (spare != null) {
            watch(spare);
        }
    }

}
