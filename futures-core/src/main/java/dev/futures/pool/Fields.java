// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Access to volatile fields that are written for each task: a write that need not be seen
 * before the next read of something else is done in release mode, as a full fence costs
 * more than most of what is between two of them.
 */
final class Fields {

    private Fields() {
    }

    /**
     * Returns the handle of a field.
     * @param lookup that of the class that has the field
     */
    static VarHandle of(MethodHandles.Lookup lookup, String name, Class<?> type) {
        try {
            return lookup.findVarHandle(lookup.lookupClass(), name, type);
        }
        catch (ReflectiveOperationException ex) {
            throw new ExceptionInInitializerError(ex);
        }
    }

}
