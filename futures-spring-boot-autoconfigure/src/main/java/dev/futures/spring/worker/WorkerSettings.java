// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.futures.TaskAction;

import org.springframework.util.ClassUtils;

/**
 * What the application context of a worker process is to be like. It is started before
 * the first task if the pool is known to have beans to run, so that no task pays for it
 * with its time limit. If the bean is only created later, as lazy ones are, a worker that
 * is already there starts its context with the first call, within that call's time limit.
 * A pool with neither beans nor configuration classes starts none.
 *
 * @param configurationClasses the names of the configuration classes
 * @param profiles the active profiles
 * @param forwarded properties from the command line of the application and the like
 * @param properties properties that win over all others
 * @param eager whether the context is started before the first task
 */
@SuppressWarnings("serial")
public record WorkerSettings(List<String> configurationClasses, List<String> profiles, Map<String, String> forwarded,
        Map<String, String> properties, boolean eager) implements TaskAction {

    static final WorkerSettings NONE = new WorkerSettings(List.of(), List.of(), Map.of(), Map.of(), false);

    @Override
    public void run() {
        WorkerContext.configure(this);
        if (this.eager) {
            WorkerContext.start();
        }
    }

    Class<?>[] loadConfigurationClasses() {
        List<Class<?>> classes = new ArrayList<>();
        for (String name : this.configurationClasses) {
            try {
                classes.add(ClassUtils.forName(name, Thread.currentThread().getContextClassLoader()));
            }
            catch (ClassNotFoundException ex) {
                throw new IllegalArgumentException("configuration class " + name + " of the worker is not there", ex);
            }
        }
        return classes.toArray(Class<?>[]::new);
    }

}
