// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;

/**
 * {@link ConfigurationProperties Properties} of executors.
 */
@ConfigurationProperties("futures")
public class FuturesProperties {

    @NestedConfigurationProperty
    private final Defaults defaults = new Defaults();

    /**
     * Pools of threads by bean name. By default one, 'futuresThreadPool'.
     */
    private final Map<String, ThreadPool> threadPools = new LinkedHashMap<>();

    /**
     * Pools of child JVMs by bean name. By default one, 'futuresProcessPool'.
     */
    private final Map<String, ProcessPool> processPools = new LinkedHashMap<>();

    @NestedConfigurationProperty
    private final Shutdown shutdown = new Shutdown();

    /**
     * Creates properties with the defaults.
     */
    public FuturesProperties() {
    }

    public Defaults getDefaults() {
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
     * What pools inherit: each kind takes what it has itself.
     */
    public static class Defaults extends ProcessPoolProperties {

        /**
         * Whether the workers of thread pools are virtual threads, which needs Java 21
         * and does not keep the application running. By default as
         * 'spring.threads.virtual.enabled' says.
         */
        private @Nullable Boolean virtualThreads;

        /**
         * Creates properties that leave everything to the builders.
         */
        public Defaults() {
        }

        public @Nullable Boolean getVirtualThreads() {
            return this.virtualThreads;
        }

        public void setVirtualThreads(@Nullable Boolean virtualThreads) {
            this.virtualThreads = virtualThreads;
        }

    }

    /**
     * A pool of threads.
     */
    public static class ThreadPool extends PoolProperties {

        /**
         * Whether the workers are virtual threads, which needs Java 21 and does not keep
         * the application running. By default as 'spring.threads.virtual.enabled' says.
         */
        private @Nullable Boolean virtualThreads;

        /**
         * Creates properties that leave everything to the defaults.
         */
        public ThreadPool() {
        }

        public @Nullable Boolean getVirtualThreads() {
            return this.virtualThreads;
        }

        public void setVirtualThreads(@Nullable Boolean virtualThreads) {
            this.virtualThreads = virtualThreads;
        }

    }

    /**
     * A pool of child JVMs.
     */
    public static class ProcessPool extends ProcessPoolProperties {

        /**
         * Creates properties that leave everything to the defaults.
         */
        public ProcessPool() {
        }

    }

    /**
     * What happens to tasks when the application stops.
     */
    public static class Shutdown {

        /**
         * Time that tasks are given to end, shorter than
         * 'spring.lifecycle.timeout-per-shutdown-phase'. By default two thirds of that.
         */
        private @Nullable Duration awaitTermination;

        /**
         * Creates properties with the defaults.
         */
        public Shutdown() {
        }

        public @Nullable Duration getAwaitTermination() {
            return this.awaitTermination;
        }

        public void setAwaitTermination(@Nullable Duration awaitTermination) {
            this.awaitTermination = awaitTermination;
        }

    }

}
