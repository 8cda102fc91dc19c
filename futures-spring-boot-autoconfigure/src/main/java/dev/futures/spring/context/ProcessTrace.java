// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.context;

import org.springframework.beans.factory.ListableBeanFactory;

/**
 * Has the tasks that are sent to this process join the traces of those who sent them.
 */
public final class ProcessTrace {

    private ProcessTrace() {
    }

    /**
     * Has tasks join with the tracer and the propagator of this process from now on. Does
     * nothing where Micrometer's tracing is not there.
     * @param beans the beans of this process
     */
    public static void continueWith(ListableBeanFactory beans) {
        if (TravellingElement.TRACE.isPresent()) {
            TraceElement.continueWith(beans);
        }
    }

}
