// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.worker;

import java.util.List;
import java.util.Map;

import dev.futures.TaskAction;

import org.springframework.util.ClassUtils;

/**
 * What the application context of a worker process is to be like. It is started, and its
 * beans are made, before the first task if the pool is known to have beans to run, so
 * that no task pays for it with its time limit. If the bean is only created later, as
 * lazy ones are, a worker that is already there starts its context with the first call,
 * within that call's time limit. A pool with neither beans nor configuration classes
 * starts none.
 *
 * @param pool the name of the pool, for messages
 * @param configurationClasses the names of the configuration classes
 * @param components the names of the classes of beans that are called, and of what these
 * need, by bean name; those of a type that a configuration class declares are not made
 * @param profiles the active profiles
 * @param forwarded properties from the command line of the application and the like
 * @param properties properties that win over all others
 */
@SuppressWarnings("serial")
public record WorkerSettings(String pool, List<String> configurationClasses, Map<String, String> components,
        List<String> profiles, Map<String, String> forwarded, Map<String, String> properties) implements TaskAction {

    static final WorkerSettings NONE = new WorkerSettings("", List.of(), Map.of(), List.of(), Map.of(), Map.of());

    @Override
    public void run() {
        WorkerContext.configure(this);
        if (!this.configurationClasses.isEmpty() || !this.components.isEmpty()) {
            WorkerContext.start();
        }
    }

    Class<?>[] loadConfigurationClasses() {
        return this.configurationClasses.stream().map((name) -> load(name)).toArray(Class<?>[]::new);
    }

    private static Class<?> load(String name) {
        try {
            return ClassUtils.forName(name, Thread.currentThread().getContextClassLoader());
        }
        catch (ClassNotFoundException ex) {
            throw new IllegalArgumentException("configuration class " + name + " of the worker is not there", ex);
        }
    }

}
