// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import dev.futures.PoolListener;
import dev.futures.TaskOptions;
import dev.futures.pool.PoolBuilder;
import dev.futures.pool.PoolExecutor;
import dev.futures.process.ProcessPoolBuilder;
import dev.futures.process.ProcessPoolExecutor;
import dev.futures.spring.SubmitAsyncBeanPostProcessor;
import dev.futures.spring.worker.WorkerInitializer;
import dev.futures.spring.worker.WorkerSettings;
import dev.futures.thread.ThreadPoolExecutor;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.thread.Threading;
import org.springframework.core.NativeDetector;
import org.springframework.core.env.Environment;

/**
 * Makes pools from properties.
 */
final class PoolFactory {

    private static final Log logger = LogFactory.getLog(PoolFactory.class);

    /** Bounded, so that a flood is refused rather than kept until the memory is full. */
    private static final int DEFAULT_QUEUE_CAPACITY = 1000;

    private final FuturesProperties properties;

    private final Environment environment;

    private final ObjectProvider<ThreadPoolBuilderCustomizer> threadPoolCustomizers;

    private final ObjectProvider<ProcessPoolBuilderCustomizer> processPoolCustomizers;

    private final ObjectProvider<PoolContext> context;

    private final ObjectProvider<PoolListener> listeners;

    private final SubmitAsyncBeanPostProcessor submitters;

    private final Consumer<PoolExecutor> made;

    /**
     * Creates a factory.
     * @param submitters knows the beans whose methods run in the workers of process pools
     * @param made told about each pool
     */
    PoolFactory(FuturesProperties properties, Environment environment,
            ObjectProvider<ThreadPoolBuilderCustomizer> threadPoolCustomizers,
            ObjectProvider<ProcessPoolBuilderCustomizer> processPoolCustomizers, ObjectProvider<PoolContext> context,
            ObjectProvider<PoolListener> listeners, SubmitAsyncBeanPostProcessor submitters,
            Consumer<PoolExecutor> made) {
        this.properties = properties;
        this.environment = environment;
        this.threadPoolCustomizers = threadPoolCustomizers;
        this.processPoolCustomizers = processPoolCustomizers;
        this.context = context;
        this.listeners = listeners;
        this.submitters = submitters;
        this.made = made;
    }

    ThreadPoolExecutor threadPool(String name) {
        PropertyApplier applier = new PropertyApplier("thread-pools", name, this.environment);
        ThreadPoolExecutor.Builder builder = threadPoolBuilder(name, applier);
        this.context.ifAvailable((each) -> builder.contextCapture(each.threads()));
        this.listeners.orderedStream().forEach(builder::listener);
        List<ThreadPoolBuilderCustomizer> customizers = this.threadPoolCustomizers.orderedStream().toList();
        customizers.forEach((each) -> each.customize(name, builder));
        ThreadPoolExecutor pool = applier.build(builder::build,
                customizers.isEmpty() ? "" : ThreadPoolBuilderCustomizer.class.getSimpleName());
        this.made.accept(pool);
        return pool;
    }

    ProcessPoolExecutor processPool(String name) {
        refuseInNativeImage(name);
        PropertyApplier applier = new PropertyApplier("process-pools", name, this.environment);
        ProcessPoolBuilder builder = processPoolBuilder(name, applier);
        this.context.ifAvailable((each) -> builder.contextCapture(each.processes()));
        this.listeners.orderedStream().forEach(builder::listener);
        List<ProcessPoolBuilderCustomizer> customizers = this.processPoolCustomizers.orderedStream().toList();
        customizers.forEach((each) -> each.customize(name, builder));
        builder.initializer(new WorkerInitializer(() -> worker(name), builder.initializer()));
        ProcessPoolExecutor pool = applier.build(builder::build,
                customizers.isEmpty() ? "" : ProcessPoolBuilderCustomizer.class.getSimpleName());
        if (!pool.isolatesTasks()) {
            logger.warn("process pool '" + name + "' is inline: its tasks run in this JVM and are isolated "
                    + "from nothing; that is for tests, so elsewhere remove 'futures.inline'");
        }
        this.made.accept(pool);
        return pool;
    }

    private static void refuseInNativeImage(String name) {
        if (NativeDetector.inNativeImage(NativeDetector.Context.RUN)) {
            throw new InvalidPoolException(
                    "The process pool '" + name + "' cannot be made: an application that is a native image has no "
                            + "JVM that it could start as a worker process.",
                    "Remove 'futures.process-pools." + name
                            + "' and use a thread pool, or run the application on a JVM.",
                    null);
        }
    }

    /** Returns a builder that knows what the properties say, and no more. */
    ThreadPoolExecutor.Builder threadPoolBuilder(String name, PropertyApplier applier) {
        FuturesProperties.ThreadPool own = this.properties.getThreadPools()
            .getOrDefault(name, new FuturesProperties.ThreadPool());
        FuturesProperties.Defaults defaults = this.properties.getDefaults();
        ThreadPoolExecutor.Builder builder = ThreadPoolExecutor.builder().name(name).inline(this.properties.isInline());
        applyCommon(applier, own, defaults, builder);
        applier.apply("max-workers", "4", own.getMaxWorkers(), defaults.getMaxWorkers(), builder::maxWorkers);
        applyMinimum(applier, own, this.properties.getThreadPools().containsKey(name), builder);
        applier.apply("queue-full-policy", "reject", own.getQueueFullPolicy(), defaults.getQueueFullPolicy(),
                builder::queueFullPolicy);
        builder.virtualThreads(false);
        applier.apply("virtual-threads", "false", own.getVirtualThreads(),
                (defaults.getVirtualThreads() != null) ? defaults.getVirtualThreads() : asBootDoes(),
                builder::virtualThreads);
        return builder;
    }

    private boolean asBootDoes() {
        return Threading.VIRTUAL.isActive(this.environment);
    }

    /** Returns a builder that knows what the properties say, and no more. */
    ProcessPoolBuilder processPoolBuilder(String name, PropertyApplier applier) {
        ProcessPoolProperties own = this.properties.getProcessPools()
            .getOrDefault(name, new FuturesProperties.ProcessPool());
        ProcessPoolProperties defaults = this.properties.getDefaults();
        ProcessPoolBuilder builder = ProcessPoolExecutor.builder().name(name).inline(this.properties.isInline());
        applyCommon(applier, own, defaults, builder);
        Integer inherited = defaults.getMaxWorkers();
        // a number that is meant for threads, even virtual ones
        applier.apply("max-workers", "4", own.getMaxWorkers(),
                (inherited != null) ? Math.min(inherited, ProcessPoolBuilder.MAX_WORKERS) : null, builder::maxWorkers);
        applyMinimum(applier, own, this.properties.getProcessPools().containsKey(name), builder);
        ProcessPropertiesMapper.apply(applier, own, defaults, builder);
        return builder;
    }

    private static void applyCommon(PropertyApplier applier, PoolProperties own, PoolProperties defaults,
            PoolBuilder<?> builder) {
        builder.settingNames(applier::property);
        builder.queueCapacity(DEFAULT_QUEUE_CAPACITY);
        applier.apply("keep-alive", "60s", own.getKeepAlive(), defaults.getKeepAlive(), builder::keepAlive);
        applier.apply("queue-capacity", "100", own.getQueueCapacity(), defaults.getQueueCapacity(),
                builder::queueCapacity);
        applier.apply("log-unobserved-failures", "true", own.getLogUnobservedFailures(),
                defaults.getLogUnobservedFailures(), builder::logUnobservedFailures);
        TaskOptions options = TaskOptions.none()
            .withPriority((own.getPriority() != null) ? own.getPriority() : defaults.getPriority());
        options = applier.with(options, "time-limit", "60s", own.getTimeLimit(), defaults.getTimeLimit(),
                TaskOptions::withTimeLimit);
        options = applier.with(options, "queue-time-limit", "10s", own.getQueueTimeLimit(),
                defaults.getQueueTimeLimit(), TaskOptions::withQueueTimeLimit);
        builder.taskDefaults(options);
    }

    /** A pool that nobody has asked for costs nothing until its first task. */
    private void applyMinimum(PropertyApplier applier, PoolProperties own, boolean configured, PoolBuilder<?> builder) {
        applier.apply("min-workers", "1", own.getMinWorkers(),
                configured ? this.properties.getDefaults().getMinWorkers() : null, builder::minWorkers);
    }

    private WorkerSettings worker(String pool) {
        ProcessPoolProperties.Worker own = this.properties.getProcessPools()
            .getOrDefault(pool, new FuturesProperties.ProcessPool())
            .getWorker();
        ProcessPoolProperties.Worker defaults = this.properties.getDefaults().getWorker();
        List<Class<?>> configured = (own.getConfigurationClasses() != null) ? own.getConfigurationClasses()
                : defaults.getConfigurationClasses();
        List<String> classes = (configured != null) ? configured.stream().map(Class::getName).toList() : List.of();
        Map<String, String> properties = new LinkedHashMap<>(defaults.getProperties());
        properties.putAll(own.getProperties());
        return new WorkerSettings(pool, classes, this.submitters.componentsFor(pool, classes.isEmpty()),
                Arrays.asList(this.environment.getActiveProfiles()), ForwardedProperties.of(this.environment),
                properties);
    }

}
