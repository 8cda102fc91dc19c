// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.lang.management.ManagementFactory;

import com.sun.management.ThreadMXBean;

/**
 * What targets of fuzzing have in common: wrong bytes may be refused, by an exception
 * that is declared, and must not cost more memory than they are worth.
 */
final class FuzzProperty {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private FuzzProperty() {
    }

    /** Reads something, and the same when it is called again. */
    interface Reading {

        void read() throws Exception;

    }

    /** The second time counts if the first was too much: classes are loaded only once. */
    static void allocatesAtMost(long limit, Reading reading) throws Exception {
        if (allocatedBy(reading) > limit) {
            long allocated = allocatedBy(reading);
            if (allocated > limit) {
                throw new AssertionError("allocated " + allocated + " bytes, which is more than " + limit);
            }
        }
    }

    private static long allocatedBy(Reading reading) throws Exception {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        reading.read();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

}
