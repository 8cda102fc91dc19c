// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.futures.process.DeathPolicy;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.util.unit.DataSize;

/**
 * What a pool of child JVMs can be told; what is {@code null} is inherited, and to what
 * is in a map the inherited entries are added.
 */
public class ProcessPoolProperties extends PoolProperties {

    /**
     * Heap limit of each process. By default an equal share of the memory that the
     * application leaves.
     */
    private @Nullable DataSize maxHeap;

    /**
     * Further options of the JVMs, which win over those that the pool sets. By default
     * none.
     */
    private @Nullable List<String> jvmOptions;

    /**
     * Launcher of the JVMs. By default that of the application.
     */
    private @Nullable Path java;

    /**
     * Directory in which the pool keeps what makes its processes start sooner. By default
     * nothing is kept.
     */
    private @Nullable Path startupCache;

    /**
     * Environment variables of the application that the processes have, as names or as
     * beginnings of names followed by an asterisk.
     */
    private @Nullable List<String> inheritedVariables;

    /**
     * Further environment variables of the processes. By default none.
     */
    private Map<String, String> environment = new LinkedHashMap<>();

    /**
     * Working directory of the processes. By default that of the application.
     */
    private @Nullable Path workingDirectory;

    /**
     * What the death of a process means for the pool.
     */
    private @Nullable DeathPolicy deathPolicy;

    /**
     * Number of tasks after which a process is replaced by a fresh one. By default never.
     */
    private @Nullable Integer maxTasksPerChild;

    /**
     * Resident memory after a task with which a process is replaced by a fresh one. Only
     * where there is /proc. By default never.
     */
    private @Nullable DataSize maxMemoryPerChild;

    /**
     * Age at which a process is replaced by a fresh one, as soon as it has no task. By
     * default never.
     */
    private @Nullable Duration maxAgePerChild;

    /**
     * Number of processes that are kept ready to take the place of one that dies or is
     * replaced.
     */
    private @Nullable Integer warmSpares;

    /**
     * Time that a process may take to get ready.
     */
    private @Nullable Duration startTimeout;

    /**
     * Number of times in a row that a process may fail to get ready before the pool is
     * broken.
     */
    private @Nullable Integer restartLimit;

    /**
     * Time that a task may go on after it was cancelled or has exceeded its time limit,
     * before its process is killed.
     */
    private @Nullable Duration stopGrace;

    /**
     * Limit on the size of a serialized task or result, less than 2GB.
     */
    private @Nullable DataSize maxPayload;

    /**
     * Pattern, as in jdk.serialFilter, of what the application accepts from processes. It
     * replaces the filter that refuses classes known to do harm; one that ends with !*
     * accepts only what it names. By default that filter.
     */
    private @Nullable String serialFilter;

    @NestedConfigurationProperty
    private final Worker worker = new Worker();

    /**
     * Creates properties that leave everything to the defaults.
     */
    public ProcessPoolProperties() {
    }

    public @Nullable DataSize getMaxHeap() {
        return this.maxHeap;
    }

    public void setMaxHeap(@Nullable DataSize maxHeap) {
        this.maxHeap = maxHeap;
    }

    public @Nullable List<String> getJvmOptions() {
        return this.jvmOptions;
    }

    public void setJvmOptions(@Nullable List<String> jvmOptions) {
        this.jvmOptions = jvmOptions;
    }

    public @Nullable Path getJava() {
        return this.java;
    }

    public void setJava(@Nullable Path java) {
        this.java = java;
    }

    public @Nullable Path getStartupCache() {
        return this.startupCache;
    }

    public void setStartupCache(@Nullable Path startupCache) {
        this.startupCache = startupCache;
    }

    public @Nullable List<String> getInheritedVariables() {
        return this.inheritedVariables;
    }

    public void setInheritedVariables(@Nullable List<String> inheritedVariables) {
        this.inheritedVariables = inheritedVariables;
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

    public @Nullable DeathPolicy getDeathPolicy() {
        return this.deathPolicy;
    }

    public void setDeathPolicy(@Nullable DeathPolicy deathPolicy) {
        this.deathPolicy = deathPolicy;
    }

    public @Nullable Integer getMaxTasksPerChild() {
        return this.maxTasksPerChild;
    }

    public void setMaxTasksPerChild(@Nullable Integer maxTasksPerChild) {
        this.maxTasksPerChild = maxTasksPerChild;
    }

    public @Nullable DataSize getMaxMemoryPerChild() {
        return this.maxMemoryPerChild;
    }

    public void setMaxMemoryPerChild(@Nullable DataSize maxMemoryPerChild) {
        this.maxMemoryPerChild = maxMemoryPerChild;
    }

    public @Nullable Duration getMaxAgePerChild() {
        return this.maxAgePerChild;
    }

    public void setMaxAgePerChild(@Nullable Duration maxAgePerChild) {
        this.maxAgePerChild = maxAgePerChild;
    }

    public @Nullable Integer getWarmSpares() {
        return this.warmSpares;
    }

    public void setWarmSpares(@Nullable Integer warmSpares) {
        this.warmSpares = warmSpares;
    }

    public @Nullable Duration getStartTimeout() {
        return this.startTimeout;
    }

    public void setStartTimeout(@Nullable Duration startTimeout) {
        this.startTimeout = startTimeout;
    }

    public @Nullable Integer getRestartLimit() {
        return this.restartLimit;
    }

    public void setRestartLimit(@Nullable Integer restartLimit) {
        this.restartLimit = restartLimit;
    }

    public @Nullable Duration getStopGrace() {
        return this.stopGrace;
    }

    public void setStopGrace(@Nullable Duration stopGrace) {
        this.stopGrace = stopGrace;
    }

    public @Nullable DataSize getMaxPayload() {
        return this.maxPayload;
    }

    public void setMaxPayload(@Nullable DataSize maxPayload) {
        this.maxPayload = maxPayload;
    }

    public @Nullable String getSerialFilter() {
        return this.serialFilter;
    }

    public void setSerialFilter(@Nullable String serialFilter) {
        this.serialFilter = serialFilter;
    }

    public Worker getWorker() {
        return this.worker;
    }

    /**
     * The application context of a worker process.
     */
    public static class Worker {

        /**
         * Configuration classes of the context in which beans run. By default there is
         * only the bean that is called, with the components that it needs.
         */
        private @Nullable List<Class<?>> configurationClasses;

        /**
         * Properties of that context, which win over those of the application. By default
         * none.
         */
        private Map<String, String> properties = new LinkedHashMap<>();

        /**
         * Creates properties that leave everything to the defaults.
         */
        public Worker() {
        }

        public @Nullable List<Class<?>> getConfigurationClasses() {
            return this.configurationClasses;
        }

        public void setConfigurationClasses(@Nullable List<Class<?>> configurationClasses) {
            this.configurationClasses = configurationClasses;
        }

        public Map<String, String> getProperties() {
            return this.properties;
        }

        public void setProperties(Map<String, String> properties) {
            this.properties = properties;
        }

    }

}
