// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.worker;

import java.util.HashMap;
import java.util.Map;

import dev.futures.process.ProcessPoolExecutor;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.AotDetector;
import org.springframework.beans.BeansException;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.SpringProperties;

/**
 * The application context of this worker process: without a web server, without
 * auto-configuration, with the configuration classes that the pool names and, from the
 * first call on, the beans that are called. It reads the application's own configuration
 * files; what the parent forwards wins over these, and what is fixed here over that.
 */
final class WorkerContext {

    /**
     * What differs from the parent, which owns the log files, the port and the workers,
     * and prints the log lines.
     */
    private static final Map<String, Object> PROPERTIES = Map.ofEntries(
            Map.entry("logging.pattern.console", "%5p %-40.40logger{39} : %m%n%ex"), Map.entry("logging.file.name", ""),
            Map.entry("logging.file.path", ""), Map.entry("logging.structured.format.console", ""),
            Map.entry("spring.jmx.enabled", "false"), Map.entry("spring.main.keep-alive", "false"),
            Map.entry("spring.main.web-application-type", "none"), Map.entry("spring.output.ansi.enabled", "never"),
            Map.entry(ProcessPoolExecutor.WORKER_PROPERTY, "true"));

    // guarded by the lock of this class
    private static WorkerSettings settings = WorkerSettings.NONE;

    // guarded by the lock of this class
    private static @Nullable ConfigurableApplicationContext context;

    private WorkerContext() {
    }

    /** Remembers what the context is to be like when it is started. */
    static synchronized void configure(WorkerSettings workerSettings) {
        settings = workerSettings;
    }

    /** Starts the context, once. */
    static synchronized ConfigurableApplicationContext start() {
        ConfigurableApplicationContext current = context;
        if (current == null) {
            current = run(settings);
            context = current;
        }
        return current;
    }

    private static ConfigurableApplicationContext run(WorkerSettings settings) {
        // read where no property of the environment counts: there is no main class to
        // restart, and nothing was generated for a context that is put together here
        System.setProperty("spring.devtools.restart.enabled", "false");
        SpringProperties.setProperty(AotDetector.AOT_ENABLED, "false");
        Map<String, Object> properties = new HashMap<>(PROPERTIES);
        properties.putAll(settings.properties());
        String[] arguments = properties.entrySet()
            .stream()
            .map((entry) -> "--" + entry.getKey() + "=" + entry.getValue())
            .toArray(String[]::new);
        return new SpringApplicationBuilder(Nothing.class).sources(settings.loadConfigurationClasses())
            .web(WebApplicationType.NONE)
            .profiles(settings.profiles().toArray(String[]::new))
            .bannerMode(Banner.Mode.OFF)
            .logStartupInfo(false)
            .listeners(new ForwardedPropertySource(settings.forwarded()))
            .run(arguments);
    }

    /**
     * Returns the bean of a class; one that no configuration declares is made from it.
     */
    static Object bean(Class<?> type) {
        ConfigurableApplicationContext current = start();
        try {
            if (current.getBeanNamesForType(type).length == 0) {
                ((GenericApplicationContext) current).registerBean(type);
            }
            return current.getBean(type);
        }
        catch (BeansException ex) {
            // without the cause, which may not be able to travel
            throw new IllegalStateException("a worker process could not make a bean of " + type.getName() + ": "
                    + ex.getMessage() + "; declare what it needs in configuration classes, and name them in the "
                    + "property 'futures.process-pools.<pool>.worker.configuration-classes'");
        }
    }

    /** The only configuration of a context whose pool names none. */
    @Configuration(proxyBeanMethods = false)
    static class Nothing {

    }

}
