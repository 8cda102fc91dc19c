// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.BiConsumer;

import dev.futures.BrokenExecutorException;
import dev.futures.ProcessStatistics;
import dev.futures.WorkerStatistics;
import dev.futures.pool.PoolExecutor;
import dev.futures.pool.PoolSettings;
import dev.futures.pool.Seat;
import dev.futures.pool.Worker;
import dev.futures.serial.Payloads;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks in a pool of child JVMs: PEP 3148's {@code ProcessPoolExecutor}. A task
 * there may crash, exhaust its memory or never end without harm to this JVM: it is
 * bounded by a heap and a time limit, can be killed, and by default takes nothing else
 * with it, since each process has one task at a time and is replaced when it dies.
 * <p>
 * Tasks, what they capture, and their results travel by Java serialization. Nobody may
 * change what a task captures before its future is done: it is written when a process
 * takes the task, and large arrays and buffers are not copied. Processes are started on
 * demand with the class path of this JVM, used again when they are idle, and end with
 * this executor or with this JVM, however that ends.
 */
public final class ProcessPoolExecutor extends PoolExecutor {

    /**
     * The system property that is {@code true} in a worker process.
     */
    public static final String WORKER_PROPERTY = "futures.worker";

    /**
     * How many worker processes are above one another, this JVM included if it is one.
     */
    static final String DEPTH_PROPERTY = "futures.worker.depth";

    private static final int MAX_DEPTH = 4;

    private final ProcessSettings settings;

    private final Payloads payloads;

    private final WorkerLauncher launcher;

    private final WarmSpares spares;

    // volatile: set by the first worker whose process gets ready, read by all
    private volatile boolean beenReady;

    /**
     * Creates a pool with as many workers as there are processors.
     */
    public ProcessPoolExecutor() {
        this(builder());
    }

    /**
     * Creates a pool.
     * @param maxWorkers how many processes there may be
     * @throws IllegalArgumentException if it is not in [1, 1024]
     */
    public ProcessPoolExecutor(int maxWorkers) {
        this(builder().maxWorkers(maxWorkers));
    }

    private ProcessPoolExecutor(ProcessPoolBuilder builder) {
        this(builder.poolSettings(), builder.processSettings());
    }

    ProcessPoolExecutor(PoolSettings poolSettings, ProcessSettings settings) {
        super(poolSettings, "process");
        ensureNotTooDeep();
        this.settings = settings;
        settings.recycling().warn(poolSettings.name(), ResidentMemory.PROC, settings.names());
        this.payloads = new Payloads(Thread.currentThread().getContextClassLoader(), settings.serialFilter(),
                settings.maxPayload(), settings.name("maxPayload"));
        this.launcher = new WorkerLauncher(poolSettings.name(), this::maxWorkers, settings, this.payloads);
        this.spares = new WarmSpares(this.launcher, poolSettings.name(), settings.warmSpares());
    }

    /**
     * Returns a builder with the defaults.
     * @return the builder
     */
    public static ProcessPoolBuilder builder() {
        return new ProcessPoolBuilder();
    }

    /**
     * Returns whether this JVM is itself a worker process.
     * @return {@code true} if so
     */
    public static boolean isWorkerProcess() {
        return Boolean.getBoolean(WORKER_PROPERTY);
    }

    static int depth() {
        return Integer.getInteger(DEPTH_PROPERTY, 0);
    }

    /** A class that makes a pool when it is loaded does so in each process, and so on. */
    private static void ensureNotTooDeep() {
        if (depth() >= MAX_DEPTH) {
            throw new IllegalStateException("worker processes are already nested " + depth() + " deep, and may be "
                    + MAX_DEPTH + "; does a class that tasks use make a pool when it is loaded?");
        }
    }

    /**
     * Shuts down at once, asking the processes to end, as SIGTERM does. What was waiting
     * is cancelled; what was running fails with a {@link BrokenProcessPoolException}.
     * Does not wait for the processes.
     */
    public void terminateWorkers() {
        endWorkers(false, "terminateWorkers()");
    }

    /**
     * Shuts down at once, killing the processes and those that they started. What was
     * waiting is cancelled; what was running fails with a
     * {@link BrokenProcessPoolException}.
     */
    public void killWorkers() {
        endWorkers(true, "killWorkers()");
    }

    private void endWorkers(boolean force, String how) {
        Set<Worker> workers = new LinkedHashSet<>(workers());
        shutdown(false, true);
        // submit() may have hired another one before the shutdown
        workers.addAll(workers());
        for (Worker worker : workers) {
            ((ProcessWorker) worker).endChild(force,
                    broken("the worker process was ended by " + how + " of pool '" + name() + "'", null));
        }
    }

    /** Starts the processes that are to be there before there is a task. */
    void open() {
        startMinimum();
    }

    @Override
    public boolean isolatesTasks() {
        return !isInline();
    }

    @Override
    protected Worker newWorker(Seat seat) {
        return new ProcessWorker(seat, this);
    }

    @Override
    protected BrokenExecutorException broken(String message, @Nullable Throwable cause) {
        return new BrokenProcessPoolException(message, cause);
    }

    @Override
    protected WorkerStatistics measured(WorkerStatistics worker) {
        ProcessStatistics process = worker.process();
        return (process != null) ? worker.withProcess(process.withResidentMemory(ResidentMemory.of(process.pid())))
                : worker;
    }

    @Override
    protected void describe(BiConsumer<String, Object> settings) {
        this.settings.describe(settings);
    }

    /** A worker has lost a process that was not to end. */
    void mourn(String worker, WorkerDeath death) {
        workerDied(worker, death.asException());
    }

    ProcessSettings settings() {
        return this.settings;
    }

    Payloads payloads() {
        return this.payloads;
    }

    WorkerLauncher launcher() {
        return this.launcher;
    }

    WarmSpares spares() {
        return this.spares;
    }

    boolean hasBeenReady() {
        return this.beenReady;
    }

    void noteReady() {
        this.beenReady = true;
    }

}
