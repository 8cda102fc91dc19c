// SPDX-License-Identifier: Apache-2.0

package dev.futures.serial;

import java.io.ObjectInputFilter;

/**
 * The deserialization filter of this JVM, {@code jdk.serialFilter}, which a stream with a
 * filter of its own would not ask. For authors of executors only.
 */
public final class JvmFilter {

    private JvmFilter() {
    }

    /**
     * Returns a filter that refuses what that of this JVM refuses, and nothing else.
     * @return the filter
     */
    public static ObjectInputFilter alone() {
        return and((info) -> ObjectInputFilter.Status.UNDECIDED);
    }

    /**
     * Returns a filter that refuses what that of this JVM or the given one refuses.
     * @param filter the filter
     * @return both
     */
    public static ObjectInputFilter and(ObjectInputFilter filter) {
        ObjectInputFilter ofThisJvm = ObjectInputFilter.Config.getSerialFilter();
        if (ofThisJvm == null) {
            return filter;
        }
        return (info) -> {
            ObjectInputFilter.Status status = ofThisJvm.checkInput(info);
            return (status != ObjectInputFilter.Status.REJECTED) ? filter.checkInput(info) : status;
        };
    }

}
