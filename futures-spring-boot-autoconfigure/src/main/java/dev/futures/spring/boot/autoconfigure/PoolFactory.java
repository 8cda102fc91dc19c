// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

import dev.futures.pool.PoolExecutor;
import dev.futures.process.ProcessPoolBuilder;
import dev.futures.process.ProcessPoolExecutor;
import dev.futures.spring.worker.WorkerInitializer;
import dev.futures.spring.worker.WorkerSettings;
import dev.futures.thread.ThreadPoolExecutor;

import org.springframework.core.env.Environment;
import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;

/**
 * Makes pools from properties.
 */
final class PoolFactory {

    private final FuturesProperties properties;

    private final Environment environment;

    private final Predicate<String> runsBeans;

    private final Consumer<PoolExecutor> made;

    /**
     * Creates a factory.
     * @param runsBeans whether methods of beans are submitted to the pool of a name
     * @param made told about each pool
     */
    PoolFactory(FuturesProperties properties, Environment environment, Predicate<String> runsBeans,
            Consumer<PoolExecutor> made) {
        this.properties = properties;
        this.environment = environment;
        this.runsBeans = runsBeans;
        this.made = made;
    }

    ThreadPoolExecutor threadPool(String name) {
        FuturesProperties.ThreadPool settings = this.properties.getThreadPools()
            .getOrDefault(name, new FuturesProperties.ThreadPool());
        return checked("futures.thread-pools." + name, () -> {
            ThreadPoolExecutor.Builder builder = ThreadPoolExecutor.builder().name(name);
            settings.applyTo(builder, this.properties.getDefaults());
            return builder.build();
        });
    }

    ProcessPoolExecutor processPool(String name) {
        FuturesProperties.ProcessPool settings = this.properties.getProcessPools()
            .getOrDefault(name, new FuturesProperties.ProcessPool());
        return checked("futures.process-pools." + name, () -> {
            ProcessPoolBuilder builder = ProcessPoolExecutor.builder().name(name);
            settings.applyTo(builder, this.properties.getDefaults());
            apply(settings, builder);
            builder.initializer(new WorkerInitializer(() -> worker(name, settings.getWorker())));
            return builder.build();
        });
    }

    private void apply(FuturesProperties.ProcessPool settings, ProcessPoolBuilder builder) {
        if (settings.getMaxHeap() != null) {
            builder.maxHeap(settings.getMaxHeap().toBytes());
        }
        if (settings.getMaxTasksPerChild() != null) {
            builder.maxTasksPerChild(settings.getMaxTasksPerChild());
        }
        builder.jvmOptions(settings.getJvmOptions())
            .environment(settings.getEnvironment())
            .workingDirectory(settings.getWorkingDirectory())
            .deathPolicy(settings.getDeathPolicy())
            .startTimeout(settings.getStartTimeout())
            .restartLimit(settings.getRestartLimit())
            .maxPayload(payload(settings.getMaxPayload()));
    }

    private static int payload(DataSize size) {
        Assert.isTrue(size.toBytes() <= Integer.MAX_VALUE,
                () -> "maxPayload must be less than 2GB, since a message is an array of bytes, but was "
                        + size.toMegabytes() + "MB");
        return (int) size.toBytes();
    }

    private WorkerSettings worker(String pool, FuturesProperties.Worker settings) {
        List<String> classes = settings.getConfigurationClasses().stream().map(Class::getName).toList();
        return new WorkerSettings(classes, Arrays.asList(this.environment.getActiveProfiles()),
                ForwardedProperties.of(this.environment), settings.getProperties(),
                !classes.isEmpty() || this.runsBeans.test(pool));
    }

    private <P extends PoolExecutor> P checked(String prefix, Supplier<P> factory) {
        try {
            P pool = factory.get();
            this.made.accept(pool);
            return pool;
        }
        catch (IllegalArgumentException ex) {
            throw new InvalidPoolException("The properties '" + prefix + ".*' are not valid: " + ex.getMessage(),
                    "Correct the property, or the one that it inherits from 'futures.defaults.*'.", ex);
        }
    }

}
