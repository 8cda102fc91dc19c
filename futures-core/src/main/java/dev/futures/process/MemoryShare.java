// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;

/**
 * How much heap a worker may have when nobody said: an equal share of three quarters of
 * the memory of this machine or container, less what this JVM may take for its own heap,
 * and at least 64 MiB.
 */
final class MemoryShare {

    private static final long FLOOR = 64L * 1024 * 1024;

    private MemoryShare() {
    }

    static long maxHeap(WorkerJvm jvm, int maxWorkers) {
        if (jvm.maxHeap() > 0) {
            return jvm.maxHeap();
        }
        return share(totalMemory(), Runtime.getRuntime().maxMemory(), maxWorkers);
    }

    static long share(long totalMemory, long ownHeap, int maxWorkers) {
        return Math.max(FLOOR, (totalMemory / 4 * 3 - ownHeap) / maxWorkers);
    }

    private static long totalMemory() {
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        if (system instanceof com.sun.management.OperatingSystemMXBean extended) {
            return extended.getTotalMemorySize();
        }
        return 4 * Runtime.getRuntime().maxMemory();
    }

}
