// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.ObjectInputFilter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import dev.futures.BrokenExecutorException;
import dev.futures.TaskAction;
import dev.futures.pool.PoolBuilder;
import dev.futures.pool.PoolExecutor;
import dev.futures.pool.PoolSettings;
import dev.futures.pool.Worker;
import dev.futures.serial.Payloads;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks in a pool of child JVMs: PEP 3148's {@code ProcessPoolExecutor}. A task
 * there may crash, exhaust its memory or never end without harm to this JVM: it is
 * bounded by a heap and a time limit, can be killed, and by default takes nothing else
 * with it, since each process has one task at a time and is replaced when it dies.
 * <p>
 * Tasks, what they capture, and their results travel by Java serialization. Processes are
 * started on demand with the class path of this JVM, used again when they are idle, and
 * end with this executor or with this JVM, however that ends.
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

    private static final AtomicInteger unnamed = new AtomicInteger();

    private final ProcessSettings settings;

    private final Payloads payloads;

    private final WorkerLauncher launcher;

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
     * @throws IllegalArgumentException if it is not greater than 0
     */
    public ProcessPoolExecutor(int maxWorkers) {
        this(builder().maxWorkers(maxWorkers));
    }

    private ProcessPoolExecutor(Builder builder) {
        this(builder.poolSettings(), builder.processSettings());
    }

    private ProcessPoolExecutor(PoolSettings poolSettings, ProcessSettings settings) {
        super(poolSettings, "process");
        ensureNotTooDeep();
        this.settings = settings;
        this.payloads = new Payloads(Thread.currentThread().getContextClassLoader(), settings.serialFilter(),
                settings.maxPayload());
        this.launcher = new WorkerLauncher(poolSettings.name(), this::maxWorkers, settings, this.payloads);
    }

    /**
     * Returns a builder with the defaults.
     * @return the builder
     */
    public static Builder builder() {
        return new Builder();
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

    @Override
    public boolean isolatesTasks() {
        return true;
    }

    @Override
    protected Worker newWorker(Worker.Seat seat) {
        return new ProcessWorker(seat, this);
    }

    @Override
    protected BrokenExecutorException broken(String message, @Nullable Throwable cause) {
        return new BrokenProcessPoolException(message, cause);
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

    boolean hasBeenReady() {
        return this.beenReady;
    }

    void noteReady() {
        this.beenReady = true;
    }

    /**
     * Collects the settings of a {@link ProcessPoolExecutor}.
     */
    public static final class Builder extends PoolBuilder<Builder> {

        private DeathPolicy deathPolicy = DeathPolicy.HEAL;

        private long maxHeap;

        private List<String> jvmOptions = List.of();

        private Map<String, String> environment = Map.of();

        private @Nullable Path workingDirectory;

        private int maxTasksPerChild;

        private Duration startTimeout = Duration.ofSeconds(60);

        private int restartLimit = 5;

        private int maxPayload = 256 * 1024 * 1024;

        private @Nullable ObjectInputFilter serialFilter;

        private Builder() {
            super(Runtime.getRuntime().availableProcessors());
        }

        /**
         * Sets what the death of a process means for the pool. The default is
         * {@link DeathPolicy#HEAL}.
         * @param deathPolicy the policy
         * @return this builder
         */
        public Builder deathPolicy(DeathPolicy deathPolicy) {
            this.deathPolicy = Objects.requireNonNull(deathPolicy, "deathPolicy");
            return this;
        }

        /**
         * Sets the heap limit of each process. The default is an equal share of the
         * memory that this JVM leaves, at least 64 MiB; how many share it is asked when a
         * process starts.
         * @param maxHeap the limit in bytes, at least 2 MiB
         * @return this builder
         */
        public Builder maxHeap(long maxHeap) {
            if (maxHeap < 2 * 1024 * 1024) {
                throw new IllegalArgumentException(
                        "maxHeap is in bytes and must be at least 2 MiB (2097152) but was " + maxHeap);
            }
            this.maxHeap = maxHeap;
            return this;
        }

        /**
         * Sets further options of the JVMs, which win over those that the pool sets; the
         * pool chooses no garbage collector if they do.
         * @param jvmOptions the options
         * @return this builder
         */
        public Builder jvmOptions(List<String> jvmOptions) {
            this.jvmOptions = List.copyOf(jvmOptions);
            return this;
        }

        /**
         * Sets further environment variables of the processes.
         * @param environment the variables
         * @return this builder
         */
        public Builder environment(Map<String, String> environment) {
            this.environment = Map.copyOf(new LinkedHashMap<>(environment));
            return this;
        }

        /**
         * Sets the working directory of the processes. The default is that of this JVM.
         * @param workingDirectory the directory, which must exist
         * @return this builder
         */
        public Builder workingDirectory(@Nullable Path workingDirectory) {
            this.workingDirectory = workingDirectory;
            return this;
        }

        /**
         * Sets after how many tasks a process is replaced by a fresh one. The default is
         * never.
         * @param maxTasksPerChild the number, greater than 0
         * @return this builder
         */
        public Builder maxTasksPerChild(int maxTasksPerChild) {
            if (maxTasksPerChild < 1) {
                throw new IllegalArgumentException("maxTasksPerChild must be >= 1 but was " + maxTasksPerChild);
            }
            this.maxTasksPerChild = maxTasksPerChild;
            return this;
        }

        /**
         * Sets how long a process may take to get ready, initializer included. The
         * default is a minute.
         * @param startTimeout the time
         * @return this builder
         */
        public Builder startTimeout(Duration startTimeout) {
            if (startTimeout.isNegative() || startTimeout.isZero()) {
                throw new IllegalArgumentException("startTimeout must be greater than 0 but was " + startTimeout);
            }
            this.startTimeout = startTimeout;
            return this;
        }

        /**
         * Sets how often in a row a worker's process may fail to get ready before the
         * pool is broken. The default is 5. The death of a process that was ready does
         * not count: a task that was running there fails and is not run again.
         * @param restartLimit the number, greater than 0
         * @return this builder
         */
        public Builder restartLimit(int restartLimit) {
            if (restartLimit < 1) {
                throw new IllegalArgumentException("restartLimit must be >= 1 but was " + restartLimit);
            }
            this.restartLimit = restartLimit;
            return this;
        }

        /**
         * Sets how large a serialized task or result may be. The default is 256 MiB.
         * @param maxPayload the limit in bytes, greater than 0
         * @return this builder
         */
        public Builder maxPayload(int maxPayload) {
            if (maxPayload < 1) {
                throw new IllegalArgumentException("maxPayload must be >= 1 but was " + maxPayload);
            }
            this.maxPayload = maxPayload;
            return this;
        }

        /**
         * Sets the filter for what this JVM deserializes from the processes. The default
         * bounds depth and number of objects and refuses classes that are known to do
         * harm; an allow-list is safer. The filter of this JVM applies as well.
         * @param serialFilter the filter
         * @return this builder
         */
        public Builder serialFilter(@Nullable ObjectInputFilter serialFilter) {
            this.serialFilter = serialFilter;
            return this;
        }

        /**
         * Creates the pool. It has no process yet.
         * @return the pool
         * @throws IllegalArgumentException if a number is out of range
         */
        public ProcessPoolExecutor build() {
            return new ProcessPoolExecutor(this);
        }

        private PoolSettings poolSettings() {
            return settings(isNamed() ? "" : "ProcessPoolExecutor-" + unnamed.getAndIncrement());
        }

        private ProcessSettings processSettings() {
            TaskAction initializer = initializer();
            return new ProcessSettings(this.deathPolicy, this.maxHeap, this.jvmOptions, this.environment,
                    this.workingDirectory, this.maxTasksPerChild, this.startTimeout, this.restartLimit, this.maxPayload,
                    SerialFilters.fromChild(this.serialFilter), initializer);
        }

        @Override
        protected Builder self() {
            return this;
        }

    }

}
