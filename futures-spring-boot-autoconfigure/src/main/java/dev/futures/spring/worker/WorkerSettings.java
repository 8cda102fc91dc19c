// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.futures.TaskAction;

import org.springframework.util.ClassUtils;

/**
 * The initializer of a worker process of a Spring application. The context is started at
 * once if the pool names configuration classes, and otherwise with the first call of a
 * bean, so that a pool without beans does not pay for it.
 *
 * @param configurationClasses the names of the configuration classes
 * @param profiles the active profiles
 * @param properties properties that win over those of the application
 */
@SuppressWarnings("serial")
public record WorkerSettings(List<String> configurationClasses, List<String> profiles,
        Map<String, String> properties) implements TaskAction {

    static final WorkerSettings NONE = new WorkerSettings(List.of(), List.of(), Map.of());

    @Override
    public void run() {
        WorkerContext.configure(this);
        if (!this.configurationClasses.isEmpty()) {
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
