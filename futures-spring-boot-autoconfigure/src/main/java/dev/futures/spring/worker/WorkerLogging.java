// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.worker;

import java.util.Map;

import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.ClassUtils;

/**
 * Has Logback in a worker process write warnings and errors to standard error, which the
 * parent logs as warnings, and all else to standard output. The application's own
 * configuration file is not used, since its appenders would write to the files of the
 * parent; levels come from the properties as ever. What the pool says in the properties
 * of its workers stands.
 */
final class WorkerLogging implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

    static final String CONFIGURATION = "classpath:dev/futures/spring/worker/logback-worker.xml";

    private static final String LOGBACK = "ch.qos.logback.classic.LoggerContext";

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        ConfigurableEnvironment environment = event.getEnvironment();
        ClassLoader loader = event.getSpringApplication().getClassLoader();
        if (ClassUtils.isPresent(LOGBACK, loader) && System.getProperty(LoggingSystem.SYSTEM_PROPERTY) == null) {
            environment.getPropertySources()
                .addAfter(CommandLinePropertySource.COMMAND_LINE_PROPERTY_SOURCE_NAME, new MapPropertySource(
                        "futuresLogging", Map.of(LoggingApplicationListener.CONFIG_PROPERTY, CONFIGURATION)));
        }
    }

    /** After configuration files have been read, before logging is set up. */
    @Override
    public int getOrder() {
        return LoggingApplicationListener.DEFAULT_ORDER - 1;
    }

}
