// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.ObjectInputFilter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

import dev.futures.pool.PoolBuilder;
import dev.futures.pool.PoolSettings;
import org.jspecify.annotations.Nullable;

/**
 * Collects the settings of a {@link ProcessPoolExecutor}. Not safe for use by multiple
 * threads.
 */
public final class ProcessPoolBuilder extends PoolBuilder<ProcessPoolBuilder> {

    private static final AtomicInteger unnamed = new AtomicInteger();

    private static final int MAX_SPARES = 64;

    /** ZGC of Java 25 does not start with 4 MiB; the others need less. */
    private static final long MIN_HEAP = 8 * 1024 * 1024;

    /** How many workers a process pool may ever be given. */
    public static final int MAX_WORKERS = 1024;

    private DeathPolicy deathPolicy = DeathPolicy.HEAL;

    private long maxHeap;

    private List<String> jvmOptions = List.of();

    private InheritedVariables inheritedVariables = InheritedVariables.ALL;

    private Map<String, String> environment = Map.of();

    private @Nullable Path workingDirectory;

    private @Nullable Path java;

    private @Nullable Path startupCache;

    private int maxTasksPerChild;

    private long maxMemoryPerChild;

    private @Nullable Duration maxAgePerChild;

    private int warmSpares;

    private Duration stopGrace = Duration.ofMillis(500);

    private Duration startTimeout = Duration.ofSeconds(60);

    private int restartLimit = 5;

    private int maxPayload = 256 * 1024 * 1024;

    private @Nullable ObjectInputFilter serialFilter;

    ProcessPoolBuilder() {
        super(Math.min(MAX_WORKERS, Runtime.getRuntime().availableProcessors()));
    }

    /**
     * Sets what the death of a process means for the pool. The default is
     * {@link DeathPolicy#HEAL}.
     * @param deathPolicy the policy
     * @return this builder
     */
    public ProcessPoolBuilder deathPolicy(DeathPolicy deathPolicy) {
        this.deathPolicy = Objects.requireNonNull(deathPolicy, "deathPolicy");
        return this;
    }

    /**
     * Sets the heap limit of each process. The default is an equal share of the memory
     * that this JVM leaves, at least 64 MiB; how many share it is asked when a process
     * starts.
     * @param maxHeap the limit in bytes, at least 8 MiB
     * @return this builder
     */
    public ProcessPoolBuilder maxHeap(long maxHeap) {
        if (maxHeap < MIN_HEAP) {
            throw new IllegalArgumentException("maxHeap is in bytes and must be at least 8 MiB (" + MIN_HEAP
                    + "), with which a JVM can start, but was " + maxHeap);
        }
        this.maxHeap = maxHeap;
        return this;
    }

    /**
     * Sets further options of the JVMs, which win over those that the pool sets; the pool
     * chooses no garbage collector if they do.
     * @param jvmOptions the options, each as one text or as two, as on a command line
     * @return this builder
     * @throws IllegalArgumentException if one is no option of a JVM, or would have
     * something else run; whether the JVM knows it turns out when it is started
     */
    public ProcessPoolBuilder jvmOptions(List<String> jvmOptions) {
        this.jvmOptions = LaunchChecks.jvmOptions(List.copyOf(jvmOptions));
        return this;
    }

    /**
     * Sets which environment variables of this JVM the processes have. The default is
     * all, {@code "*"}, apart from those that hold options of a JVM; with none they have
     * only those of {@link #environment} and the pool's own {@code FUTURES_WORKER_ID}. A
     * process needs none to get ready, unless its class path is not plain ASCII: then
     * {@code LANG} and {@code LC_*} say how file names are written. What tasks may miss
     * are {@code TZ}, {@code PATH} and {@code HOME}, for programs that they start, and
     * {@code LD_LIBRARY_PATH}.
     * <p>
     * What is left out, such as a password, is in no dump or report of a process, nor in
     * the hands of a library there. It is no wall: on Linux code that runs as the same
     * user can still read the environment of this JVM in {@code /proc}.
     * @param patterns names, or beginnings of names followed by {@code *}
     * @return this builder
     * @throws IllegalArgumentException if there can be no variable of that name
     */
    public ProcessPoolBuilder inheritedVariables(List<String> patterns) {
        this.inheritedVariables = new InheritedVariables(patterns);
        return this;
    }

    /**
     * Sets further environment variables of the processes.
     * @param environment the variables
     * @return this builder
     * @throws IllegalArgumentException if there can be no variable of that name or value
     */
    public ProcessPoolBuilder environment(Map<String, String> environment) {
        this.environment = LaunchChecks.environment(Map.copyOf(environment));
        return this;
    }

    /**
     * Sets the working directory of the processes. The default is that of this JVM.
     * @param workingDirectory the directory, which must exist
     * @return this builder
     * @throws IllegalArgumentException if it is no directory that exists
     */
    public ProcessPoolBuilder workingDirectory(@Nullable Path workingDirectory) {
        this.workingDirectory = (workingDirectory != null) ? LaunchChecks.workingDirectory(workingDirectory) : null;
        return this;
    }

    /**
     * Sets after how many tasks a process is replaced by a fresh one. The default is
     * never.
     * @param maxTasksPerChild the number, greater than 0
     * @return this builder
     */
    public ProcessPoolBuilder maxTasksPerChild(int maxTasksPerChild) {
        if (maxTasksPerChild < 1) {
            throw new IllegalArgumentException("maxTasksPerChild must be >= 1 but was " + maxTasksPerChild);
        }
        this.maxTasksPerChild = maxTasksPerChild;
        return this;
    }

    /**
     * Sets how much memory of a process may be resident after a task, heap and everything
     * else; one that has more is replaced by a fresh one before its next task. The
     * default is not to look. What a task needs in between is bounded by
     * {@link #maxHeap}, not by this. Looked up in {@code /proc}, so without effect, and
     * logged as a warning, where that does not exist.
     * @param maxMemoryPerChild the limit in bytes, greater than 0
     * @return this builder
     */
    public ProcessPoolBuilder maxMemoryPerChild(long maxMemoryPerChild) {
        if (maxMemoryPerChild < 1) {
            throw new IllegalArgumentException(
                    "maxMemoryPerChild is in bytes and must be >= 1 but was " + maxMemoryPerChild);
        }
        this.maxMemoryPerChild = maxMemoryPerChild;
        return this;
    }

    /**
     * Sets how long after it got ready a process is replaced by a fresh one, as soon as
     * it has no task. The default is never.
     * @param maxAgePerChild the time, greater than 0, or {@code null} for ever
     * @return this builder
     */
    public ProcessPoolBuilder maxAgePerChild(@Nullable Duration maxAgePerChild) {
        if (maxAgePerChild != null && (maxAgePerChild.isNegative() || maxAgePerChild.isZero())) {
            throw new IllegalArgumentException("maxAgePerChild must be greater than 0 but was " + maxAgePerChild);
        }
        this.maxAgePerChild = maxAgePerChild;
        return this;
    }

    /**
     * Sets how many processes are kept ready besides those of the workers, to take the
     * place of one that dies, is killed or is worn out, so that nobody waits until a
     * fresh one is ready. They exist as long as the pool has a worker, have run the
     * initializer, and cost memory like every other. The default is none.
     * @param warmSpares the number, at most 64
     * @return this builder
     */
    public ProcessPoolBuilder warmSpares(int warmSpares) {
        if (warmSpares < 0 || warmSpares > MAX_SPARES) {
            throw new IllegalArgumentException("warmSpares must be in [0, " + MAX_SPARES + "] but was " + warmSpares);
        }
        this.warmSpares = warmSpares;
        return this;
    }

    /**
     * Sets how long a task may go on that was cancelled or has exceeded its time limit.
     * It is interrupted first, and if it ends within that time its process is used again;
     * otherwise the process is killed, and everything that it has started. Its future
     * does not wait for that. The default is half a second; with 0 the process is killed
     * at once.
     * @param stopGrace the time, not negative
     * @return this builder
     */
    public ProcessPoolBuilder stopGrace(Duration stopGrace) {
        Objects.requireNonNull(stopGrace, "stopGrace");
        if (stopGrace.isNegative()) {
            throw new IllegalArgumentException("stopGrace must not be negative but was " + stopGrace);
        }
        this.stopGrace = stopGrace;
        return this;
    }

    /**
     * Sets the {@code java} launcher that the processes are started with, which must be
     * able to read the classes of this application. The default is that of this JVM.
     * @param java the executable, or {@code null} for that of this JVM
     * @return this builder
     * @throws IllegalArgumentException if it is no executable file
     */
    public ProcessPoolBuilder java(@Nullable Path java) {
        this.java = (java != null) ? LaunchChecks.java(java) : null;
        return this;
    }

    /**
     * Sets a directory in which the pool keeps what makes its processes ready sooner: an
     * AOT cache (JEP 483) or, before Java 25, an archive of class data (JEP 350). The
     * default is none.
     * <p>
     * The file is made once for this pool, class path, Java and options, by one further
     * process that starts in the background after the first one is ready, runs the
     * initializer as all others do and ends without having seen a task; it is the next
     * process, or the next run of the application, that profits. A file that is damaged,
     * or that others can have written, is deleted and made anew; a process that does not
     * come up with one is started again without.
     * <p>
     * A JVM runs what is in the file. The directory is therefore used only if nobody but
     * this user and root can write to it; it is made so if it is not there. Without
     * effect, and logged as a warning, if that cannot be made sure of, if the class path
     * has directories of classes, or with a {@link #java} of its own.
     * @param startupCache the directory, or {@code null} for none
     * @return this builder
     * @throws IllegalArgumentException if it is a file
     */
    public ProcessPoolBuilder startupCache(@Nullable Path startupCache) {
        this.startupCache = (startupCache != null) ? LaunchChecks.startupCache(startupCache) : null;
        return this;
    }

    /**
     * Sets how long a process may take to get ready, initializer included. The default is
     * a minute.
     * @param startTimeout the time
     * @return this builder
     */
    public ProcessPoolBuilder startTimeout(Duration startTimeout) {
        Objects.requireNonNull(startTimeout, "startTimeout");
        if (startTimeout.isNegative() || startTimeout.isZero()) {
            throw new IllegalArgumentException("startTimeout must be greater than 0 but was " + startTimeout);
        }
        this.startTimeout = startTimeout;
        return this;
    }

    /**
     * Sets how often in a row a worker's process may fail to get ready before the pool is
     * broken. The default is 5. Each is tried again after a pause, and its tasks wait;
     * the pauses grow, by more once a process of the pool has been ready: 0.1, 0.2, 0.4,
     * 0.8 seconds before, 0.1, 0.5, 2.5, 12.5 and then 15 seconds after. What trying
     * again cannot help, such as a wrong option or an initializer that has never
     * succeeded, breaks the pool at once, and so does any failure in
     * {@linkplain DeathPolicy#STRICT strict} mode. The death of a process that was ready
     * does not count: a task that was running there fails and is not run again.
     * @param restartLimit the number, greater than 0
     * @return this builder
     */
    public ProcessPoolBuilder restartLimit(int restartLimit) {
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
    public ProcessPoolBuilder maxPayload(int maxPayload) {
        if (maxPayload < 1) {
            throw new IllegalArgumentException("maxPayload must be >= 1 but was " + maxPayload);
        }
        this.maxPayload = maxPayload;
        return this;
    }

    /**
     * Sets the filter for what this JVM deserializes from the processes. The default
     * bounds depth and number of objects and refuses classes that are known to do harm;
     * an allow-list is safer. The filter of this JVM applies as well.
     * @param serialFilter the filter
     * @return this builder
     */
    public ProcessPoolBuilder serialFilter(@Nullable ObjectInputFilter serialFilter) {
        this.serialFilter = serialFilter;
        return this;
    }

    /**
     * Creates the pool. It has no process yet, unless {@code minWorkers} says so.
     * @return the pool
     * @throws IllegalArgumentException if a number is out of range
     */
    public ProcessPoolExecutor build() {
        ProcessPoolExecutor pool = new ProcessPoolExecutor(poolSettings(), processSettings());
        pool.open();
        return pool;
    }

    @Override
    protected int workerLimit() {
        return MAX_WORKERS;
    }

    PoolSettings poolSettings() {
        return settings(isNamed() ? "" : "ProcessPoolExecutor-" + unnamed.getAndIncrement());
    }

    ProcessSettings processSettings() {
        return new ProcessSettings(this.deathPolicy,
                new WorkerJvm(this.java, this.maxHeap, this.jvmOptions, this.inheritedVariables, this.environment,
                        this.workingDirectory, this.startupCache),
                new Recycling(this.maxTasksPerChild, this.maxMemoryPerChild, this.maxAgePerChild), this.warmSpares,
                this.startTimeout, this.stopGrace, this.restartLimit, this.maxPayload,
                SerialFilters.fromChild(this.serialFilter), initializer(), settingNames(ProcessSettings.NAMED));
    }

    @Override
    protected ProcessPoolBuilder self() {
        return this;
    }

}
