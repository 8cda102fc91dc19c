// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import dev.futures.Task;
import dev.futures.TaskOptions;

/**
 * What messages and statistics call tasks.
 */
final class ItemNames {

    /** Lets go of a name with its class. */
    private static final ClassValue<String> defaultNames = new ClassValue<>() {

        @Override
        protected String computeValue(Class<?> type) {
            return TaskOptions.defaultName(type);
        }

    };

    private ItemNames() {
    }

    /** Returns the name that a task was given, or one made of its class. */
    static String of(Task<?> task, TaskOptions options) {
        String name = options.name();
        if (name != null) {
            return printable(name);
        }
        Task<?> own = (task instanceof ContextTask<?> within) ? within.task() : task;
        return defaultNames.get(own.getClass());
    }

    /** A name may come from untrusted input, and must not forge lines of a log. */
    private static String printable(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (Character.isISOControl(name.charAt(i))) {
                return name.replaceAll("\\p{Cntrl}", "\ufffd");
            }
        }
        return name;
    }

}
