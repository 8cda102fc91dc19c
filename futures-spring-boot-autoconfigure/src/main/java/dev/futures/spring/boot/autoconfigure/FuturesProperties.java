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

    @NestedConfigurationProperty
    private final Context context = new Context();

    @NestedConfigurationProperty
    private final Observations observations = new Observations();

    /**
     * Whether each task of these pools runs in the thread that submits it, before the
     * call returns, without a thread or process of its own. For tests.
     */
    private boolean inline;

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

    public boolean isInline() {
        return this.inline;
    }

    public void setInline(boolean inline) {
        this.inline = inline;
    }

    public Context getContext() {
        return this.context;
    }

    public Observations getObservations() {
        return this.observations;
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

        /**
         * Returns the properties of an entry without any, such as <code>mail: {}</code>,
         * whose value is an empty text. Before Spring Boot 4.1 the binder needs this.
         * @param text nothing
         * @return properties that leave everything to the defaults
         * @throws IllegalArgumentException if the text is not empty
         */
        public static ThreadPool of(String text) {
            requireEmpty(text);
            return new ThreadPool();
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

        /**
         * Returns the properties of an entry without any, such as <code>mail: {}</code>,
         * whose value is an empty text. Before Spring Boot 4.1 the binder needs this.
         * @param text nothing
         * @return properties that leave everything to the defaults
         * @throws IllegalArgumentException if the text is not empty
         */
        public static ProcessPool of(String text) {
            requireEmpty(text);
            return new ProcessPool();
        }

    }

    private static void requireEmpty(String text) {
        if (!text.isBlank()) {
            throw new IllegalArgumentException(
                    "a pool is a map of settings such as 'max-workers: 4' but was '" + text + "'");
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

    /**
     * What tasks get of the context of the thread that submits them.
     */
    public static class Context {

        /**
         * Whether tasks run in the context of the thread that submits them.
         */
        private boolean propagate = true;

        /**
         * Whether the logging context (MDC of SLF4J) is part of it.
         */
        private boolean mdc = true;

        /**
         * Whether the locale and the time zone are part of it.
         */
        private boolean locale = true;

        /**
         * Whether the web request is part of it, in threads, which needs Micrometer's
         * context propagation. A task that outlives the request finds only a copy of its
         * attributes.
         */
        private boolean requestAttributes;

        /**
         * Whether the security context is part of it in processes, with the principal and
         * its credentials if it still has them. In threads it always is if Micrometer's
         * context propagation is there.
         */
        private boolean securityInProcesses;

        /**
         * Creates properties with the defaults.
         */
        public Context() {
        }

        public boolean isPropagate() {
            return this.propagate;
        }

        public void setPropagate(boolean propagate) {
            this.propagate = propagate;
        }

        public boolean isMdc() {
            return this.mdc;
        }

        public void setMdc(boolean mdc) {
            this.mdc = mdc;
        }

        public boolean isLocale() {
            return this.locale;
        }

        public void setLocale(boolean locale) {
            this.locale = locale;
        }

        public boolean isRequestAttributes() {
            return this.requestAttributes;
        }

        public void setRequestAttributes(boolean requestAttributes) {
            this.requestAttributes = requestAttributes;
        }

        public boolean isSecurityInProcesses() {
            return this.securityInProcesses;
        }

        public void setSecurityInProcesses(boolean securityInProcesses) {
            this.securityInProcesses = securityInProcesses;
        }

    }

    /**
     * Settings of the observations of tasks.
     */
    public static class Observations {

        /**
         * Whether each task is an observation, and so a span and a timer where there are
         * handlers for these. Needs Micrometer's observation.
         */
        private boolean enabled;

        /**
         * Creates properties with the defaults.
         */
        public Observations() {
        }

        public boolean isEnabled() {
            return this.enabled;
        }

        public void setEnabled(boolean enabled) {
            this.enabled = enabled;
        }

    }

}
