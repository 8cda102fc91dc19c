// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import dev.futures.pool.PoolExecutor;
import dev.futures.process.ProcessPoolExecutor;
import dev.futures.thread.ThreadPoolExecutor;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * The bean names of the pools in the properties. Where none of a kind is configured there
 * is a default one.
 */
final class PoolNames {

    // not "threadPoolExecutor", which applications call the JDK's
    static final String DEFAULT_THREAD_POOL = "futuresThreadPool";

    static final String DEFAULT_PROCESS_POOL = "futuresProcessPool";

    /** Names by which Spring looks for executors of its own. */
    private static final Set<String> RESERVED = Set.of("taskExecutor", "applicationTaskExecutor", "taskScheduler",
            "bootstrapExecutor");

    private final Map<String, Class<? extends PoolExecutor>> types = new LinkedHashMap<>();

    private final boolean defaultThreadPool;

    private final boolean defaultProcessPool;

    private PoolNames(FuturesProperties properties) {
        Set<String> threadPools = properties.getThreadPools().keySet();
        Set<String> processPools = properties.getProcessPools().keySet();
        this.defaultThreadPool = threadPools.isEmpty();
        this.defaultProcessPool = processPools.isEmpty();
        for (String name : threadPools) {
            add("thread-pools", name, ThreadPoolExecutor.class);
        }
        for (String name : processPools) {
            add("process-pools", name, ProcessPoolExecutor.class);
        }
        // whatever has one of these names is of the other kind
        if (this.defaultThreadPool) {
            add("process-pools", DEFAULT_THREAD_POOL, ThreadPoolExecutor.class);
        }
        if (this.defaultProcessPool) {
            add("thread-pools", DEFAULT_PROCESS_POOL, ProcessPoolExecutor.class);
        }
    }

    static PoolNames of(Environment environment) {
        return new PoolNames(UnknownProperties.areThere(environment, UnknownProperties.FUTURES)
                ? Binder.get(environment).bindOrCreate("futures", FuturesProperties.class) : new FuturesProperties());
    }

    private void add(String prefix, String name, Class<? extends PoolExecutor> type) {
        if (RESERVED.contains(name)) {
            throw new InvalidPoolException(
                    "A pool must not be named '" + name + "', a name by which Spring looks for its own executor.",
                    "Rename 'futures." + prefix + "." + name + "'.", null);
        }
        if (name.indexOf('/') >= 0 || name.indexOf('\\') >= 0) {
            throw new InvalidPoolException("A pool must not be named '" + name
                    + "': servers refuse a slash in the path of a request, so no " + "endpoint could show it.",
                    "Rename 'futures." + prefix + "." + name + "'.", null);
        }
        if (this.types.put(name, type) != null) {
            throw new InvalidPoolException("Two pools are named '" + name + "'.",
                    this.defaultThreadPool || this.defaultProcessPool
                            ? "Rename 'futures." + prefix + "." + name + "', which is the name of a default pool."
                            : "Rename either 'futures.thread-pools." + name + "' or 'futures.process-pools." + name
                                    + "'.",
                    null);
        }
    }

    Map<String, Class<? extends PoolExecutor>> all() {
        return Collections.unmodifiableMap(this.types);
    }

    /** Whether nobody has configured the pool of a name. */
    boolean isDefault(String name) {
        return (this.defaultThreadPool && name.equals(DEFAULT_THREAD_POOL))
                || (this.defaultProcessPool && name.equals(DEFAULT_PROCESS_POOL));
    }

}
