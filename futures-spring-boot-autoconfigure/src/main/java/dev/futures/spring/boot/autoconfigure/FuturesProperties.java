// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.futures.process.DeathPolicy;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.util.unit.DataSize;

/**
 * {@link ConfigurationProperties Properties} of executors.
 */
@ConfigurationProperties("futures")
public class FuturesProperties {

    /**
     * Settings that pools inherit.
     */
    @NestedConfigurationProperty
    private final PoolProperties defaults = new PoolProperties();

    /**
     * Pools of threads by bean name.
     */
    private final Map<String, ThreadPool> threadPools = new LinkedHashMap<>();

    /**
     * Pools of child JVMs by bean name.
     */
    private final Map<String, ProcessPool> processPools = new LinkedHashMap<>();

    @NestedConfigurationProperty
    private final Shutdown shutdown = new Shutdown();

    /**
     * Creates properties with the defaults.
     */
    public FuturesProperties() {
    }

    public PoolProperties getDefaults() {
        return this.defaults;
    }

    public Map<String, ThreadPool> getThreadPools() {
        return this.threadPools;
    }

    public Map<String, ProcessPool> getProcessPools() {
        return this.processPools;
    }

    public Shutdown getShutdown() {
        return this.shutdown;
    }

    /**
     * A pool of threads.
     */
    public static class ThreadPool extends PoolProperties {

        /**
         * Creates properties that leave everything to the defaults.
         */
        public ThreadPool() {
        }

    }

    /**
     * A pool of child JVMs.
     */
    public static class ProcessPool extends PoolProperties {

        /**
         * Heap limit of each process. By default an equal share of the memory that the
         * application leaves.
         */
        private @Nullable DataSize maxHeap;

        /**
         * Further options of the JVMs.
         */
        private List<String> jvmOptions = new ArrayList<>();

        /**
         * Further environment variables of the processes.
         */
        private Map<String, String> environment = new LinkedHashMap<>();

        /**
         * Working directory of the processes. By default that of the application.
         */
        private @Nullable Path workingDirectory;

        /**
         * Number of tasks after which a process is replaced by a fresh one. By default
         * never.
         */
        private @Nullable Integer maxTasksPerChild;

        /**
         * What the death of a process means for the pool.
         */
        private DeathPolicy deathPolicy = DeathPolicy.HEAL;

        /**
         * Time that a process may take to get ready.
         */
        private Duration startTimeout = Duration.ofSeconds(60);

        /**
         * Number of processes in a row that may fail to start, or die idle, before the
         * pool is broken.
         */
        private int restartLimit = 5;

        /**
         * Limit on the size of a serialized task or result.
         */
        private DataSize maxPayload = DataSize.ofMegabytes(256);

        @NestedConfigurationProperty
        private final Worker worker = new Worker();

        /**
         * Creates properties that leave everything to the defaults.
         */
        public ProcessPool() {
        }

        public @Nullable DataSize getMaxHeap() {
            return this.maxHeap;
        }

        public void setMaxHeap(@Nullable DataSize maxHeap) {
            this.maxHeap = maxHeap;
        }

        public List<String> getJvmOptions() {
            return this.jvmOptions;
        }

        public void setJvmOptions(List<String> jvmOptions) {
            this.jvmOptions = jvmOptions;
        }

        public Map<String, String> getEnvironment() {
            return this.environment;
        }

        public void setEnvironment(Map<String, String> environment) {
            this.environment = environment;
        }

        public @Nullable Path getWorkingDirectory() {
            return this.workingDirectory;
        }

        public void setWorkingDirectory(@Nullable Path workingDirectory) {
            this.workingDirectory = workingDirectory;
        }

        public @Nullable Integer getMaxTasksPerChild() {
            return this.maxTasksPerChild;
        }

        public void setMaxTasksPerChild(@Nullable Integer maxTasksPerChild) {
            this.maxTasksPerChild = maxTasksPerChild;
        }

        public DeathPolicy getDeathPolicy() {
            return this.deathPolicy;
        }

        public void setDeathPolicy(DeathPolicy deathPolicy) {
            this.deathPolicy = deathPolicy;
        }

        public Duration getStartTimeout() {
            return this.startTimeout;
        }

        public void setStartTimeout(Duration startTimeout) {
            this.startTimeout = startTimeout;
        }

        public int getRestartLimit() {
            return this.restartLimit;
        }

        public void setRestartLimit(int restartLimit) {
            this.restartLimit = restartLimit;
        }

        public DataSize getMaxPayload() {
            return this.maxPayload;
        }

        public void setMaxPayload(DataSize maxPayload) {
            this.maxPayload = maxPayload;
        }

        public Worker getWorker() {
            return this.worker;
        }

    }

    /**
     * The application context of a worker process.
     */
    public static class Worker {

        /**
         * Configuration classes of the context in which beans run. By default there is
         * only the bean that is called.
         */
        private List<Class<?>> configurationClasses = new ArrayList<>();

        /**
         * Properties of that context, which win over those of the application.
         */
        private Map<String, String> properties = new LinkedHashMap<>();

        /**
         * Creates properties with the defaults.
         */
        public Worker() {
        }

        public List<Class<?>> getConfigurationClasses() {
            return this.configurationClasses;
        }

        public void setConfigurationClasses(List<Class<?>> configurationClasses) {
            this.configurationClasses = configurationClasses;
        }

        public Map<String, String> getProperties() {
            return this.properties;
        }

        public void setProperties(Map<String, String> properties) {
            this.properties = properties;
        }

    }

    /**
     * What happens to tasks when the application stops.
     */
    public static class Shutdown {

        /**
         * Time that tasks are given to end. It should be shorter than
         * 'spring.lifecycle.timeout-per-shutdown-phase'.
         */
        private Duration awaitTermination = Duration.ofSeconds(20);

        /**
         * Creates properties with the defaults.
         */
        public Shutdown() {
        }

        public Duration getAwaitTermination() {
            return this.awaitTermination;
        }

        public void setAwaitTermination(Duration awaitTermination) {
            this.awaitTermination = awaitTermination;
        }

    }

}
