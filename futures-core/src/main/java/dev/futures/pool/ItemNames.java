// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import dev.futures.Task;
import dev.futures.TaskOptions;

/**
 * What messages and statistics call tasks.
 */
final class ItemNames {

    private ItemNames() {
    }

    /** Returns the name that a task was given, or one made of its class. */
    static String of(Task<?> task, TaskOptions options) {
        String name = options.name();
        return (name != null) ? printable(name) : TaskOptions.defaultName(task.getClass());
    }

    /** A name may come from untrusted input, and must not forge lines of a log. */
    private static String printable(String name) {
        return name.chars().noneMatch(Character::isISOControl) ? name : name.replaceAll("\\p{Cntrl}", "\ufffd");
    }

}
