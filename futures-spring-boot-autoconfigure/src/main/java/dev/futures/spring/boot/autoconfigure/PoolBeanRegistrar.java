// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.util.Map;
import java.util.function.BiFunction;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import dev.futures.pool.PoolExecutor;
import dev.futures.process.ProcessPoolExecutor;
import dev.futures.spring.PoolDefinitions;
import dev.futures.thread.ThreadPoolExecutor;

import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.beans.factory.support.BeanDefinitionOverrideException;
import org.springframework.core.NativeDetector;
import org.springframework.core.env.Environment;

/**
 * Registers a bean for each pool in the properties. A default one is made when somebody
 * asks for it, and any other bean of its type or of its name supersedes it. It runs again
 * at run time in an application that was processed ahead of time, so pools stay dynamic.
 */
final class PoolBeanRegistrar implements BeanRegistrar {

    private static final Log logger = LogFactory.getLog(PoolBeanRegistrar.class);

    @Override
    public void register(BeanRegistry registry, Environment environment) {
        if (UnknownProperties.areThere(environment, UnknownProperties.FUTURES)) {
            UnknownProperties.refuse(environment);
            MisspeltSections.refuse(environment, logger::warn);
        }
        PoolNames names = PoolNames.of(environment);
        for (Map.Entry<String, Class<? extends PoolExecutor>> entry : names.all().entrySet()) {
            String name = entry.getKey();
            boolean isDefault = names.isDefault(name);
            if (entry.getValue() == ThreadPoolExecutor.class) {
                register(registry, name, ThreadPoolExecutor.class, isDefault, PoolFactory::threadPool);
            }
            else if (!isDefault || !NativeDetector.inNativeImage(NativeDetector.Context.RUN)) {
                // a native image has no JVM to start, and one that nobody has asked for
                // must not be in the way of those who inject all executors
                register(registry, name, ProcessPoolExecutor.class, isDefault, PoolFactory::processPool);
            }
        }
    }

    private static <P extends PoolExecutor> void register(BeanRegistry registry, String name, Class<P> type,
            boolean isDefault, BiFunction<PoolFactory, String, P> factory) {
        try {
            registry.registerBean(name, type, (spec) -> {
                spec.description(PoolDefinitions.DESCRIPTION)
                    .supplier((context) -> factory.apply(context.bean(PoolFactory.class), name));
                if (isDefault) {
                    spec.fallback().lazyInit();
                }
            });
        }
        catch (BeanDefinitionOverrideException ex) {
            if (!isDefault) {
                String property = "futures." + ((type == ThreadPoolExecutor.class) ? "thread-pools." : "process-pools.")
                        + name;
                throw new InvalidPoolException(
                        "The pool '" + name + "' of the property '" + property + "' has the name of another bean: "
                                + ex.getExistingDefinition() + ".",
                        "Rename '" + property + "' or the bean, or remove one of the two.", ex);
            }
        }
    }

}
