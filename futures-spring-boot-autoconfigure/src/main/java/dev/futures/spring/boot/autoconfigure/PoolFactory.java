// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

import dev.futures.process.ProcessPoolExecutor;
import dev.futures.spring.worker.WorkerInitializer;
import dev.futures.spring.worker.WorkerSettings;
import dev.futures.thread.ThreadPoolExecutor;

import org.springframework.core.env.Environment;

/**
 * Makes pools from properties.
 */
final class PoolFactory {

    private final FuturesProperties properties;

    private final Environment environment;

    private final Predicate<String> runsBeans;

    /**
     * Creates a factory.
     * @param runsBeans whether methods of beans are submitted to the pool of a name
     */
    PoolFactory(FuturesProperties properties, Environment environment, Predicate<String> runsBeans) {
        this.properties = properties;
        this.environment = environment;
        this.runsBeans = runsBeans;
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
            ProcessPoolExecutor.Builder builder = ProcessPoolExecutor.builder().name(name);
            settings.applyTo(builder, this.properties.getDefaults());
            apply(settings, builder);
            builder.initializer(new WorkerInitializer(() -> worker(name, settings.getWorker())));
            return builder.build();
        });
    }

    private void apply(FuturesProperties.ProcessPool settings, ProcessPoolExecutor.Builder builder) {
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
            .maxPayload(Math.toIntExact(settings.getMaxPayload().toBytes()));
    }

    private WorkerSettings worker(String pool, FuturesProperties.Worker settings) {
        List<String> classes = settings.getConfigurationClasses().stream().map(Class::getName).toList();
        return new WorkerSettings(classes, Arrays.asList(this.environment.getActiveProfiles()),
                settings.getProperties(), !classes.isEmpty() || this.runsBeans.test(pool));
    }

    private static <T> T checked(String prefix, Supplier<T> pool) {
        try {
            return pool.get();
        }
        catch (IllegalArgumentException | ArithmeticException ex) {
            throw new InvalidPoolException("The properties '" + prefix + ".*' are not valid: " + ex.getMessage(),
                    "Correct the property, or the one that it inherits from 'futures.defaults.*'.", ex);
        }
    }

}
