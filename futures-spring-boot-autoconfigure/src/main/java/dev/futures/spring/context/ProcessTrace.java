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

    /**
     * Records what the task that the calling thread runs is about to throw, if the task
     * is part of a trace. Never throws anything itself.
     * @param failure what the task throws
     */
    public static void failed(Throwable failure) {
        if (TravellingElement.TRACE.isPresent()) {
            try {
                TraceElement.failed(failure);
            }
            catch (RuntimeException | LinkageError ex) {
                Omissions.warn(TravellingElement.TRACE.element(), "record a failure in", ex);
            }
        }
    }

}
