// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.worker;

import java.util.HashMap;
import java.util.Map;

import dev.futures.process.ProcessPoolExecutor;
import dev.futures.spring.context.ProcessTrace;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.AotDetector;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.SpringProperties;
import org.springframework.util.ClassUtils;

/**
 * The application context of this worker process: without a web server, without
 * auto-configuration, with the configuration classes that the pool names and the beans
 * that are called. It reads the application's own configuration files; what the parent
 * forwards wins over these, and what is fixed here over that.
 */
final class WorkerContext {

    /**
     * What differs from the parent, which owns the log files, the port and the workers,
     * and prints the log lines.
     */
    private static final Map<String, Object> PROPERTIES = Map.ofEntries(
            Map.entry("logging.pattern.console", logPattern()), Map.entry("logging.file.name", ""),
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

    /**
     * The parent adds the time; of the logging context, which travels, it has its own.
     */
    private static String logPattern() {
        boolean logback = ClassUtils.isPresent("ch.qos.logback.classic.LoggerContext", null);
        return "%5p " + (logback ? "%replace(%mdc){'(.+)','[$1] '}" : "%X ") + "%-40.40logger{39} : %m%n%ex";
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
        boolean process = Boolean.getBoolean(ProcessPoolExecutor.WORKER_PROPERTY);
        if (process) {
            System.setProperty("spring.devtools.restart.enabled", "false");
        }
        SpringProperties.setProperty(AotDetector.AOT_ENABLED, "false");
        Map<String, Object> properties = new HashMap<>(PROPERTIES);
        properties.putAll(settings.properties());
        String[] arguments = properties.entrySet()
            .stream()
            .map((entry) -> "--" + entry.getKey() + "=" + entry.getValue())
            .toArray(String[]::new);
        SpringApplicationBuilder application = new SpringApplicationBuilder(Nothing.class)
            .sources(settings.loadConfigurationClasses())
            .web(WebApplicationType.NONE)
            .profiles(settings.profiles().toArray(String[]::new))
            .bannerMode(Banner.Mode.OFF)
            .logStartupInfo(false)
            .listeners(new ForwardedPropertySource(settings.forwarded()), new WorkerLogging());
        if (!process) {
            leaveJvmAlone(application.application());
        }
        ConfigurableApplicationContext started = StartFailures.explain(() -> application.run(arguments));
        WorkerComponents.register(started, settings.components());
        ProcessTrace.continueWith(started);
        return started;
    }

    /**
     * An interpreter worker shares the JVM's logging and its end with the application.
     */
    private static void leaveJvmAlone(SpringApplication application) {
        application.setRegisterShutdownHook(false);
        application.setListeners(application.getListeners()
            .stream()
            .filter((listener) -> !(listener instanceof LoggingApplicationListener))
            .toList());
    }

    /**
     * Returns the bean of a class; one that no configuration declares is made from it.
     * @param components the class names of what it needs, by bean name, which are there
     * unless configuration classes say what is
     */
    static Object bean(Class<?> type, Map<String, String> components) {
        ConfigurableApplicationContext current = start();
        WorkerSettings configured = configured();
        return WorkerComponents.get(current, type, configured.configurationClasses().isEmpty() ? components : Map.of(),
                configured.pool());
    }

    private static synchronized WorkerSettings configured() {
        return settings;
    }

    /** The only configuration of a context whose pool names none. */
    @Configuration(proxyBeanMethods = false)
    static class Nothing {

    }

}
