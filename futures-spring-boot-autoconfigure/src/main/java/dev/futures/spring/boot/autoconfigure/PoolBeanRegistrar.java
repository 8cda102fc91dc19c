// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.util.Set;
import java.util.function.BiFunction;

import dev.futures.pool.PoolExecutor;
import dev.futures.process.ProcessPoolExecutor;
import dev.futures.thread.ThreadPoolExecutor;

import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Registers a bean for each pool in the properties. Where none of a kind is configured
 * there is a default one, which any other bean of its type supersedes. It runs again at
 * run time in an application that was processed ahead of time, so pools stay dynamic.
 */
final class PoolBeanRegistrar implements BeanRegistrar {

    private static final System.Logger logger = System.getLogger(PoolBeanRegistrar.class.getName());

    // not "threadPoolExecutor", which applications call the JDK's
    static final String DEFAULT_THREAD_POOL = "futuresThreadPool";

    static final String DEFAULT_PROCESS_POOL = "futuresProcessPool";

    /** Names by which Spring looks for executors of its own. */
    private static final Set<String> RESERVED = Set.of("taskExecutor", "applicationTaskExecutor", "taskScheduler",
            "bootstrapExecutor");

    @Override
    public void register(BeanRegistry registry, Environment environment) {
        UnknownProperties.refuse(environment);
        UnknownProperties.suspicions(environment).forEach((each) -> logger.log(System.Logger.Level.WARNING, each));
        FuturesProperties properties = Binder.get(environment).bindOrCreate("futures", FuturesProperties.class);
        Set<String> threadPools = properties.getThreadPools().keySet();
        Set<String> processPools = properties.getProcessPools().keySet();
        threadPools.forEach((name) -> {
            check("futures.thread-pools", name);
            if (processPools.contains(name)) {
                throw new InvalidPoolException("Two pools are named '" + name + "'.",
                        "Rename either 'futures.thread-pools." + name + "' or 'futures.process-pools." + name + "'.",
                        null);
            }
        });
        processPools.forEach((name) -> check("futures.process-pools", name));
        register(registry, ThreadPoolExecutor.class, threadPools, DEFAULT_THREAD_POOL, PoolFactory::threadPool);
        register(registry, ProcessPoolExecutor.class, processPools, DEFAULT_PROCESS_POOL, PoolFactory::processPool);
    }

    private static void check(String prefix, String name) {
        if (RESERVED.contains(name)) {
            throw new InvalidPoolException(
                    "A pool must not be named '" + name + "', a name by which Spring looks for its own executor.",
                    "Rename '" + prefix + "." + name + "'.", null);
        }
    }

    private static <P extends PoolExecutor> void register(BeanRegistry registry, Class<P> type, Set<String> names,
            String defaultName, BiFunction<PoolFactory, String, P> factory) {
        if (names.isEmpty()) {
            registry.registerBean(defaultName, type, (spec) -> spec.fallback()
                .supplier((context) -> factory.apply(context.bean(PoolFactory.class), defaultName)));
        }
        for (String name : names) {
            registry.registerBean(name, type,
                    (spec) -> spec.supplier((context) -> factory.apply(context.bean(PoolFactory.class), name)));
        }
    }

}
