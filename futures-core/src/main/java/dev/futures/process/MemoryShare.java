// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * How much heap a worker may have when nobody said: an equal share of three quarters of
 * the memory of this machine or container, less what this JVM may take for its own heap,
 * and at least 64 MiB.
 */
final class MemoryShare {

    private static final long MIB = 1024 * 1024;

    private static final long FLOOR = 64 * MIB;

    private static final Pattern MAX_HEAP = Pattern.compile("(?:-Xmx|-XX:MaxHeapSize=)(\\d{1,12})([kKmMgGtT]?)");

    private static final Map<String, Integer> SHIFTS = Map.of("k", 10, "m", 20, "g", 30, "t", 40);

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

    /**
     * Says that the workers may together use more memory than there is, or null.
     * @param heap what is reserved for each
     * @param names what to call a setting
     */
    static @Nullable String overcommitment(int maxWorkers, long heap, long totalMemory, UnaryOperator<String> names) {
        if (heap <= totalMemory / maxWorkers) {
            return null;
        }
        return maxWorkers + " workers with a heap of up to " + heap / MIB + " MiB each may need more than the "
                + totalMemory / MIB + " MiB of memory of this machine or container, which then kills processes; "
                + "lower " + names.apply("maxWorkers") + " or " + names.apply("maxHeap");
    }

    /** The last option wins; a size that cannot be read is for the JVM to refuse. */
    static long heapOf(List<String> jvmOptions, long otherwise) {
        long heap = otherwise;
        for (String option : jvmOptions) {
            Matcher matcher = MAX_HEAP.matcher(option);
            if (matcher.matches()) {
                heap = Long.parseLong(matcher.group(1)) << SHIFTS
                    .getOrDefault(matcher.group(2).toLowerCase(Locale.ROOT), 0);
            }
        }
        return heap;
    }

    /** In a container, this is its limit. */
    static long totalMemory() {
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        if (system instanceof com.sun.management.OperatingSystemMXBean extended) {
            return extended.getTotalMemorySize();
        }
        return 4 * Runtime.getRuntime().maxMemory();
    }

}
